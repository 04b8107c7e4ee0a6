"""Appointments: for now the pass that a resident shows at the booth, signed and checked offline."""
