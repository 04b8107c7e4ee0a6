"""Appointments and call-backs of the agencies that this gateway serves."""
