"""The readiness report: how the whole booth is, in one page, and whether the public may come."""
