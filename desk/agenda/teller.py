"""Tells booths what can be booked, and each booth who is expected there; keeps both alive."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from kiosk.link.bookings import Booking, KeptCallBack
from kiosk.link.errands import Agenda, AppointmentState, Expected
from kiosk.link.line import Line
from kiosk.link.refresh import Refresher
from kiosk.link.store import Bucket

AGENDA_TTL_S = 30
AGENDA_EVERY_S = 12.0
"""A watcher misses an entry after 15 s; sooner would be a load on thin lines."""
EXPECTED_TTL_S = 6
EXPECTED_EVERY_S = 2.0
AHEAD_S = 2 * 3_600
LATE_S = 10 * 60
_MOST_STARTS = 20


class Teller:
    """Publishes from `start` to `close`; `told_anew` when something changed."""

    def __init__(
        self,
        line: Line,
        agency: str,
        make_agenda: Callable[[], Agenda],
        make_expected: Callable[[], dict[str, Expected]],
    ) -> None:
        self._agency = agency
        self._make_agenda = make_agenda
        self._make_expected = make_expected
        self._agendas = Bucket(line, "agendas", Agenda)
        self._expected = Bucket(line, "expected", Expected)
        self._told: dict[str, Expected] = {}
        self._agenda: Agenda | None = None
        self._agenda_told_at = float("-inf")
        self._refresher = Refresher(line, self._refresh, EXPECTED_EVERY_S, f"agenda-{agency}")

    def start(self) -> None:
        """Begin to tell."""
        self._refresher.start()

    async def close(self) -> None:
        """Tell no more: what was told runs out by itself."""
        await self._refresher.stop()

    def soon(self) -> None:
        """Tell now rather than at the next turn: a call-back begins or ends."""
        self._refresher.soon()

    async def _refresh(self) -> None:
        expected = self._make_expected()
        for kiosk in self._told.keys() - expected.keys():
            # Said once more, so that a booth stops ringing now; then it runs out.
            expected[kiosk] = Expected(agency=self._agency, kiosk=kiosk)
        for entry in expected.values():
            await self._expected.keep(entry.key, entry, EXPECTED_TTL_S)
        self._told = {kiosk: e for kiosk, e in expected.items() if e.starts or e.calling}
        now = asyncio.get_running_loop().time()
        latest = self._make_agenda()
        if latest != self._agenda or now >= self._agenda_told_at + AGENDA_EVERY_S:
            await self._agendas.keep(self._agency, latest, AGENDA_TTL_S)
            self._agenda, self._agenda_told_at = latest, now


def expected(
    agency: str, bookings: Iterable[Booking], ringing: Iterable[KeptCallBack], now: float
) -> dict[str, Expected]:
    """Return who is expected at each booth within two hours, and for whom it rings."""
    starts: dict[str, list[int]] = {}
    for booking in bookings:
        coming = booking.state is AppointmentState.BOOKED and booking.held_until is None
        if coming and now - LATE_S <= booking.starts_at <= now + AHEAD_S:
            starts.setdefault(booking.kiosk, []).append(booking.starts_at)
    calling = {each.kiosk: each for each in ringing}
    return {
        kiosk: Expected(
            agency=agency,
            kiosk=kiosk,
            starts=tuple(sorted(starts.get(kiosk, ()))[:_MOST_STARTS]),
            calling=calling[kiosk].call_back if kiosk in calling else None,
            agent_name=calling[kiosk].agent_name if kiosk in calling else "",
        )
        for kiosk in starts.keys() | calling.keys()
    }
