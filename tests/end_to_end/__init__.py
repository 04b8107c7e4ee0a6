"""Whole visits on real parts only: the booth's window, the broker, the desk, a browser."""
