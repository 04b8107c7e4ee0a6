"""Measurements of the booth against what a user would pick instead, on the same work."""
