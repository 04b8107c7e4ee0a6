"""What becomes of an agency's appointments, told once each to the statistics and the webhook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened to an appointment."""

    BOOKED = "booked"
    """Also of the one that takes another's place, beside the other's `MOVED`."""
    PERSON_TOLD = "person_told"
    """A first name or telephone number came after the booking; `sealed` has it."""
    MOVED = "moved"
    CANCELLED = "cancelled"
    ARRIVED = "arrived"
    HONOURED = "honoured"
    MISSED = "missed"
    CALLED_BACK = "called_back"
    """A call-back was done; `appointment` is the number of the errand that asked for it."""


@dataclass(frozen=True, slots=True)
class AppointmentChange:
    """One change of one appointment.

    Whoever keeps the bookings may tell a change again, after a crash say: it is counted and sent
    once for each kind and appointment.
    """

    kind: ChangeKind
    appointment: str
    """Its number, an `AppointmentId`."""
    agency: str
    kiosk: str
    """Where the resident comes, or asked to be called back."""
    subject: str | None
    starts_at: int
    """Unix seconds; of a call-back, when it was asked for."""
    sealed: str | None = None
    """Of `Person`, to the agency's key, where it is known."""
    replaced_by: str | None = None
    """Of `MOVED`: the appointment that took its place."""


OnChange = Callable[[AppointmentChange], None]
"""Hears of each change, on the loop; never raises and does not block."""
