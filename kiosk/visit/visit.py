"""All that one visit knows of one resident; dropping this object is the wipe."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.visit.snapshot import CallView, EndedView, WaitingView


@dataclass(slots=True, weakref_slot=True)
class Visit:
    """In memory only, from the first touch to Home; never written, never logged but its number."""

    agency: str
    """Empty until one is chosen."""
    number: int
    """Counts visits since the booth's start; it stands in the log for the visit."""
    appointment: str | None = None
    """The appointment that the resident has come for."""
    call_back: str | None = None
    """The call-back that they answer."""
    assisted: bool = False
    """A mediator's card was presented."""
    waiting: WaitingView = field(default_factory=WaitingView)
    call: CallView = field(default_factory=CallView)
    ended: EndedView = field(default_factory=EndedView)
