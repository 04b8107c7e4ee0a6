"""Tests of the visit: its table, its idle watch, and the reception that lives it."""
