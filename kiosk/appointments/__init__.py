"""Appointments and call-backs: booking, the signed ticket, check-in; nothing of it outlives a visit."""
