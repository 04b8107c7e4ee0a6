"""Rendered desks with paper on them, whose corners are known: for simulation, tests and bench."""
