"""Who waits to be called back: a list that all gateways of an agency share."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from desk.agenda.shared import Shared
from desk.records import AppointmentChange, ChangeKind, OnChange
from kiosk.link.bookings import (
    CALL_BACKS_KEY,
    MOST_CALL_BACKS,
    CallBacks,
    KeptCallBack,
    bucket_name,
)
from kiosk.link.errands import AskCallBack, Errand, Outcome
from kiosk.link.line import Line
from kiosk.link.messages import encode
from kiosk.link.store import Bucket

KEPT_S = 7 * 86_400
"""Longest that somebody waits to be called back; then it is of no use to them any more."""
RING_S = 60
"""How long a booth rings: the resident is near, or somebody fetches them."""
_MAX_BYTES = 62_000


class WaitingList:
    """The agency's call-backs."""

    def __init__(
        self,
        line: Line,
        agency: str,
        on_change: OnChange,
        *,
        touched: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._agency = agency
        self._on_change = on_change
        self._clock = clock
        self._shared = Shared(
            Bucket(line, bucket_name(agency), CallBacks),
            lambda _key: CallBacks(),
            lambda _key: KEPT_S,
            lambda _key: touched(),
        )

    @property
    def waiting(self) -> tuple[KeptCallBack, ...]:
        """All of them, longest waiting first."""
        return self._shared.get(CALL_BACKS_KEY).waiting

    def find(self, call_back: str) -> KeptCallBack | None:
        """Return one of them."""
        return next((each for each in self.waiting if each.call_back == call_back), None)

    def is_ringing(self, call_back: KeptCallBack) -> bool:
        """Tell whether the booth rings for it now."""
        return call_back.ringing_until > self._clock()

    async def load(self) -> None:
        """See the list.

        Raises:
            LineDown: it could not be seen.
        """
        await self._shared.load([CALL_BACKS_KEY])

    def hear(self, message: CallBacks | None, revision: int) -> None:
        """Take what the broker told."""
        self._shared.hear(CALL_BACKS_KEY, message, revision)

    async def ask(self, errand: Errand, wish: AskCallBack) -> Outcome:
        """Put somebody on the list; asked again, they stand there once.

        Raises:
            LineDown: not known whether it was done.
        """
        if wish.where == "telephone" and wish.sealed is None:
            return Outcome.REFUSED
        asked = KeptCallBack(
            call_back=errand.errand,
            kiosk=errand.kiosk,
            place_name=errand.place_name,
            where=wish.where,
            asked_at=self._clock(),
            sealed=wish.sealed,
        )
        return await self._shared.change(CALL_BACKS_KEY, partial(_added, asked=asked))

    async def take(self, call_back: str, kiosk: str | None = None) -> KeptCallBack | None:
        """Take somebody off the list: withdrawn, or (at `kiosk`, where named) with an agent.

        Raises:
            LineDown: not known whether it was done.
        """
        known = self.find(call_back)
        if known is None or kiosk not in (None, known.kiosk):
            return None
        return await self._shared.change(CALL_BACKS_KEY, partial(_taken, call_back=call_back))

    async def done(self, call_back: str, kiosk: str | None = None) -> bool:
        """Take somebody off the list whom an agent has called back.

        Raises:
            LineDown: not known whether it was done; it is counted all the same, once.
        """
        known = self.find(call_back)
        if known is None or kiosk not in (None, known.kiosk):
            return False
        # First: once it is off the list, nothing would tell anybody that it was not counted.
        self._on_change(
            AppointmentChange(
                kind=ChangeKind.CALLED_BACK,
                appointment=call_back,
                agency=self._agency,
                kiosk=known.kiosk,
                subject=None,
                starts_at=int(known.asked_at),
            )
        )
        return await self.take(call_back) is not None

    async def ring(self, call_back: str, agent_name: str | None) -> KeptCallBack | None:
        """Let the booth ring for them, or (None) no more; None where there is nobody to ring for.

        Raises:
            LineDown: not known whether it was done.
        """
        until = self._clock() + RING_S if agent_name is not None else 0
        new = {"ringing_until": until, "agent_name": agent_name or ""}
        edit = partial(_rung, call_back=call_back, new=new, now=self._clock())
        return await self._shared.change(CALL_BACKS_KEY, edit)

    async def tidy(self) -> None:
        """Erase who has waited too long.

        Raises:
            LineDown: not known whether it was done.
        """
        oldest = self._clock() - KEPT_S
        if any(each.asked_at < oldest for each in self.waiting):
            await self._shared.change(CALL_BACKS_KEY, partial(_since, oldest=oldest))


def _added(before: CallBacks, asked: KeptCallBack) -> tuple[CallBacks, Outcome]:
    if any(each.call_back == asked.call_back for each in before.waiting):
        return before, Outcome.DONE
    if len(before.waiting) >= MOST_CALL_BACKS:
        return before, Outcome.REFUSED
    after = CallBacks(waiting=(*before.waiting, asked))
    return (after, Outcome.DONE) if len(encode(after)) <= _MAX_BYTES else (before, Outcome.REFUSED)


def _taken(before: CallBacks, call_back: str) -> tuple[CallBacks, KeptCallBack | None]:
    found = next((each for each in before.waiting if each.call_back == call_back), None)
    rest = tuple(each for each in before.waiting if each is not found)
    return CallBacks(waiting=rest), found


def _rung(
    before: CallBacks, call_back: str, new: dict[str, float | str], now: float
) -> tuple[CallBacks, KeptCallBack | None]:
    found = next((each for each in before.waiting if each.call_back == call_back), None)
    if found is None or found.where != "booth":
        return before, None
    rung = found.model_copy(update=new)
    # A booth rings for one at a time: the other agent's stops.
    quiet = {"ringing_until": 0, "agent_name": ""}
    waiting = (
        rung
        if each is found
        else each.model_copy(update=quiet)
        if each.kiosk == found.kiosk and each.ringing_until > now
        else each
        for each in before.waiting
    )
    return CallBacks(waiting=tuple(waiting)), rung


def _since(before: CallBacks, oldest: float) -> tuple[CallBacks, None]:
    return CallBacks(waiting=tuple(e for e in before.waiting if e.asked_at >= oldest)), None
