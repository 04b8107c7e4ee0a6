"""What becomes of an agency's appointments, told once each to the statistics and the webhook."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import httpx

from desk.webhook import GIVE_UP_S, Notice, Unseal, WebhookSender
from kiosk.link.event_stream import EventSender, letter_of
from kiosk.link.events import Event, EventKind, desk_events
from kiosk.link.line import Line
from kiosk.link.outbox import Letter, Outbox


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

#: What of it is counted; `ARRIVED` and `PERSON_TOLD` are not.
_EVENTS: Final = {
    ChangeKind.BOOKED: EventKind.BOOKED,
    ChangeKind.MOVED: EventKind.MOVED,
    ChangeKind.CANCELLED: EventKind.CANCELLED,
    ChangeKind.HONOURED: EventKind.HONOURED,
    ChangeKind.MISSED: EventKind.MISSED,
    ChangeKind.CALLED_BACK: EventKind.CALLED_BACK,
}

#: After these nobody is reminded any more.
_ENDS: Final = frozenset(ChangeKind) - {
    ChangeKind.BOOKED,
    ChangeKind.PERSON_TOLD,
    ChangeKind.CALLED_BACK,
}

#: Seconds for which what arrived is known again: longer than any appointment is ahead.
_REMEMBER_S: Final = 90 * 86_400.0

_HOUR_S: Final = 3_600

#: Seconds from an appointment's start to where it counts as missed: until then its resident may
#: come late and be served, and what is honoured is not counted as missed too.
MISSED_AFTER_S: Final = 86_400


@dataclass(frozen=True, slots=True)
class Post:
    """What an agency's webhook needs."""

    url: str
    secret: bytes
    unseal: Unseal
    client: httpx.AsyncClient
    """Closed by whoever opened it."""
    personal: bool = False
    reminder_hours: tuple[int, ...] = (48, 2)


class AppointmentRecords:
    """One agency's; `changed` is its `OnChange`. `start` and `close` bound its life."""

    def __init__(
        self,
        folder: Path,
        line: Line,
        agency: str,
        post: Post | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`folder` keeps the outboxes; `line` is the agency's; no `post`: nobody is told."""
        self._clock = clock
        self._post = post
        self._events = Outbox(folder / f"events-{agency}.sqlite", remember_s=_REMEMBER_S)
        self._sender = EventSender(line, self._events, desk_events(agency), clock=clock)
        self._notices: Outbox | None = None
        self._webhook: WebhookSender | None = None
        if post is not None:
            self._notices = Outbox(folder / f"webhook-{agency}.sqlite", remember_s=_REMEMBER_S)
            self._webhook = WebhookSender(
                self._notices,
                post.url,
                post.secret,
                post.unseal,
                client=post.client,
                clock=clock,
            )

    def start(self) -> None:
        """Begin to send."""
        self._sender.start()
        if self._webhook is not None:
            self._webhook.start()

    async def close(self) -> None:
        """Write what was told, and stop."""
        await self._sender.close()
        await self._events.close()
        if self._webhook is not None:
            await self._webhook.close()
        if self._notices is not None:
            await self._notices.close()

    def changed(self, change: AppointmentChange) -> None:
        """Count the change, and tell the agency's system; on the loop, at once.

        One missed is counted where it is told `MISSED_AFTER_S` after its start or later, in the
        hour of that start.
        """
        kind, at = _EVENTS.get(change.kind), self._clock()
        if kind is EventKind.MISSED:
            kind = kind if at >= change.starts_at + MISSED_AFTER_S else None
            at = change.starts_at
        if kind is not None:
            event = Event(
                event=event_number(change),
                kind=kind,
                hour=int(at // _HOUR_S),
                agency=change.agency,
                kiosk=change.kiosk,
                subject=change.subject,
            )
            self._events.put(letter_of(event))
        if self._notices is not None and self._post is not None:
            self._tell(self._notices, self._post, change)

    def _tell(self, notices: Outbox, post: Post, change: AppointmentChange) -> None:
        if change.kind is ChangeKind.CALLED_BACK:
            return
        if change.kind is ChangeKind.PERSON_TOLD and not post.personal:
            return
        now = int(self._clock())
        told = _notice(change, change.kind, now, now + int(GIVE_UP_S), personal=post.personal)
        letters = [told.letter()]
        if change.kind not in _ENDS:
            letters += _reminders(change, post, now)
        # Whoever ends it needs no reminder; whoever gave their name gets one that has it.
        booked = change.kind is ChangeKind.BOOKED
        notices.put(*letters, replacing="" if booked else change.appointment)


def _reminders(change: AppointmentChange, post: Post, now: int) -> list[Letter]:
    """Return those whose time has not passed."""
    notices = (
        _notice(
            change,
            f"reminder_{hours}h",
            change.starts_at - hours * _HOUR_S,
            change.starts_at,
            personal=post.personal,
        )
        for hours in post.reminder_hours
    )
    return [notice.letter(change.appointment) for notice in notices if notice.at > now]


def _notice(change: AppointmentChange, kind: str, at: int, until: int, *, personal: bool) -> Notice:
    return Notice(
        id=_number(change, kind),
        kind=kind,
        at=max(at, 0),
        until=until,
        appointment=change.appointment,
        starts_at=change.starts_at,
        agency=change.agency,
        booth=change.kiosk,
        subject=change.subject,
        replaced_by=change.replaced_by,
        sealed=change.sealed if personal else None,
    )


def event_number(change: AppointmentChange) -> str:
    """Return the number under which a change is counted: always the same."""
    return _number(change, change.kind)


def _number(change: AppointmentChange, kind: str) -> str:
    """Return the same 32 digits whenever the same is told of the same appointment."""
    told = f"{change.kind}.{kind}.{change.agency}.{change.appointment}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]
