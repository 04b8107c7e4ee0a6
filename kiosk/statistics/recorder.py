"""Counts visits as they go: a listener of the visit that tells the outbox, and knows no person."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from kiosk.appointments.view import CallBackStep
from kiosk.link.event_stream import letter_of
from kiosk.link.events import Event, EventKind, new_event_id
from kiosk.link.outbox import Outbox
from kiosk.visit.snapshot import Screen, VisitSnapshot

_AT_REST: Final = (Screen.HOME, Screen.TECHNICIAN, Screen.FAIL_SAFE)
_QUEUED: Final = (Screen.WAITING, Screen.CONNECTING)
_ASKED: Final = (CallBackStep.DONE_BOOTH, CallBackStep.DONE_TELEPHONE)

_MOST_S: Final = 86_400
_MOST_COUNTED: Final = 1_000


@dataclass(slots=True)
class _Counted:
    """What was told of the present visit, and since when what lasts lasts."""

    agency: str = ""
    assisted: bool = False
    told: set[EventKind] = field(default_factory=set)
    provided: bool = False
    """The resident left the queue with an appointment or a call-back: that is no abandonment."""
    waiting_since: float | None = None
    answered_at: float | None = None
    in_call_since: float | None = None
    face: int = 0
    """Of the survey, as it stands; the farewell tells it only where the survey runs its course."""


class VisitStatistics:
    """Turns snapshots into events; lives on the loop."""

    def __init__(
        self,
        outbox: Outbox,
        kiosk_id: str,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`clock` in seconds, for durations; `now` Unix seconds, of which the hour is told."""
        self._outbox = outbox
        self._kiosk = kiosk_id
        self._clock = clock
        self._now = now
        self._visit: _Counted | None = None

    def snapshot(self, snapshot: VisitSnapshot) -> None:
        """The visit is in another state; for `VisitControls.subscribe`."""
        if snapshot.screen in _AT_REST:
            self.close()
            return
        visit = self._visit = self._visit or _Counted()
        visit.assisted = visit.assisted or snapshot.assisted
        if snapshot.agency is not None:
            visit.agency = snapshot.agency.agency
        self._follow(visit, snapshot)

    def count(self, kind: EventKind, count: int, *, agency: str = "") -> None:
        """Something countable happened: `SCANNED`, `PRINTED`, `TAKEN_AWAY` or `SATISFACTION`.

        `agency`: where it is not that of the visit. Nothing is told of no agency, nor after Home.
        """
        visit = self._visit
        agency = agency or (visit.agency if visit else "")
        if visit is not None and agency:
            visit.told.add(kind)
            self._put(visit, kind, agency=agency, count=min(max(count, 0), _MOST_COUNTED))

    def close(self) -> None:
        """The visit is over, also because the booth stops: tell what is told at its end."""
        visit, self._visit = self._visit, None
        if visit is not None:
            self._end(visit)

    def _follow(self, visit: _Counted, snapshot: VisitSnapshot) -> None:
        now = self._clock()
        screen = snapshot.screen
        visit.face = snapshot.survey.face or visit.face
        if screen is Screen.REHEARSING or screen in _QUEUED:
            self._once(visit, EventKind.STARTED)
        if screen in _QUEUED and visit.waiting_since is None:
            visit.waiting_since = now
        if screen is Screen.CONNECTING:
            visit.answered_at = now if visit.answered_at is None else visit.answered_at
        elif screen is Screen.WAITING:
            # The agent took the claim back: the wait goes on.
            visit.answered_at = None
        elif screen is Screen.IN_CALL:
            visit.in_call_since = now if visit.in_call_since is None else visit.in_call_since
            self._once(visit, EventKind.WAITED, _length(visit.waiting_since, visit.answered_at))
        elif screen is Screen.BOOKED:
            visit.provided = True
        elif screen is Screen.CALL_BACK and snapshot.appointments.call_back.step in _ASKED:
            visit.provided = True
            self._once(visit, EventKind.CALL_BACK_ASKED)
        if screen is not Screen.IN_CALL:
            self._end_call(visit, now)

    def _end(self, visit: _Counted) -> None:
        now = self._clock()
        self._end_call(visit, now)
        left = EventKind.STARTED in visit.told and EventKind.WAITED not in visit.told
        if left and not visit.provided:
            self._once(visit, EventKind.ABANDONED, _length(visit.waiting_since, now))
        if visit.face:
            self._once(visit, EventKind.SATISFACTION, count=visit.face)

    def _end_call(self, visit: _Counted, now: float) -> None:
        if visit.in_call_since is not None:
            self._once(visit, EventKind.SERVED, _length(visit.in_call_since, now))

    def _once(
        self, visit: _Counted, kind: EventKind, duration_s: int | None = None, count: int = 1
    ) -> None:
        if kind not in visit.told and visit.agency:
            visit.told.add(kind)
            self._put(visit, kind, duration_s=duration_s, count=count)

    def _put(
        self,
        visit: _Counted,
        kind: EventKind,
        *,
        agency: str = "",
        duration_s: int | None = None,
        count: int = 1,
    ) -> None:
        event = Event(
            event=new_event_id(),
            kind=kind,
            hour=max(0, int(self._now() // 3_600)),
            agency=agency or visit.agency,
            kiosk=self._kiosk,
            assisted=visit.assisted,
            duration_s=duration_s,
            count=count,
        )
        self._outbox.put(letter_of(event))


def _length(since: float | None, until: float | None) -> int:
    """Return whole seconds; 0 for what never began."""
    if since is None or until is None:
        return 0
    return int(min(max(until - since, 0), _MOST_S))
