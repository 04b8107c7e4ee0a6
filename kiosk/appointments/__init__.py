"""Appointments and call-backs: booking, the signed ticket, check-in; gone with their visit."""
