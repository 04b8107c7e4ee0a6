"""What is counted of visits, and never of a person: the events of stream `EVENTS`.

A booth's go to `events.booth.<kiosk>`, a desk's to `events.desk.<agency>`, each once: from an
outbox on disk, under the event's number as message id, until the broker has acknowledged it.
"""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from kiosk.link.messages import Message, Slug, TicketId

Seconds = Annotated[int, Field(ge=0, le=86_400)]


class EventKind(StrEnum):
    """What happened. Of the booth, but for those that say so."""

    STARTED = "started"
    """A resident chose an agency and agreed to be seen and heard."""
    WAITED = "waited"
    """An agent answered; `duration_s` is the wait."""
    SERVED = "served"
    """A call ended after somebody was seen or heard; `duration_s` is the call."""
    ABANDONED = "abandoned"
    """The visit ended before an agent was there; `duration_s` is the wait."""
    CALL_BACK_ASKED = "call_back_asked"
    CALLED_BACK = "called_back"
    """Of the desk: a call-back was done."""
    BOOKED = "booked"
    """Of the desk, as the four that follow."""
    MOVED = "moved"
    CANCELLED = "cancelled"
    HONOURED = "honoured"
    MISSED = "missed"
    SCANNED = "scanned"
    """Pages went to the agent; `count` of them."""
    PRINTED = "printed"
    """A document or slip came out; `count` sheets."""
    TAKEN_AWAY = "taken_away"
    SATISFACTION = "satisfaction"
    """`count`: 1 (not) to 3 (well)."""


class Event(Message):
    """One event; `event` is its number, by which it is counted once."""

    event: TicketId
    kind: EventKind
    hour: int = Field(ge=0, le=10_000_000)
    """Hours since 1970: finer would lay a line beside somebody's diary."""
    agency: Slug
    kiosk: Slug
    subject: Slug | None = None
    assisted: bool = False
    """A mediator's card was presented in the visit."""
    duration_s: Seconds | None = None
    count: int = Field(default=1, ge=0, le=1_000)


STREAM: Final = "EVENTS"


def booth_events(kiosk: str) -> str:
    """Return the subject of a booth's events."""
    return f"events.booth.{kiosk}"


def desk_events(agency: str) -> str:
    """Return the subject of the events of an agency's desk."""
    return f"events.desk.{agency}"


def new_event_id() -> str:
    """Return 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)
