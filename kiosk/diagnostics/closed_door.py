"""The technician's door of a booth that has none: nobody is let in."""

from __future__ import annotations

from kiosk.diagnostics.controls import TechnicianControls


class _ClosedDoor(TechnicianControls):
    """The protocol's own empty methods."""


def closed_door() -> TechnicianControls:
    """Return what a technician asks of a booth that is only watched, without an effect."""
    return _ClosedDoor()  # type: ignore[abstract]
