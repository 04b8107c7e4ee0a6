"""Appointments made some time ago: at hours for which a booth could not book any more."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from desk.agenda.bookings import Bookings
from desk.agenda.keys import KeyRing
from desk.agenda.rules import Opening, Rules, SubjectRule
from kiosk.link.bookings import Booking
from kiosk.link.errands import AppointmentState, Book, Errand, Person
from kiosk.link.line import Line
from kiosk.link.sealed import seal
from tests.end_to_end.other_booth import BrokerAccount

SUBJECT = "Le point sur mon dossier"
PLACE = "Point visio-public de démonstration"
_ZONE = ZoneInfo("Europe/Paris")
_MADE_BEFORE = timedelta(hours=2)
_MINUTES = 5

_Result = TypeVar("_Result")


class MadeBefore:
    """A second gateway of the agency, whose clock stands two hours before each appointment."""

    def __init__(self, account: BrokerAccount, desk_folder: Path, agency: str = "caf") -> None:
        """`account` is the desk's; its keys are in `desk_folder`."""
        self._account = account
        self._agency = agency
        self.keys = KeyRing(desk_folder / f"agenda-{agency}.keys")

    def make(
        self, start: datetime, *, kiosk: str = "pvp-demo", lane: str = "pool-9"
    ) -> tuple[Booking, str]:
        """Return an appointment that begins at `start` (aware, on five minutes), and its pass."""
        person = Person(first_name="Lucie", telephone="0612345678")

        async def book(bookings: Bookings) -> Booking:
            errand = Errand(
                errand=secrets.token_hex(16),
                agency=self._agency,
                kiosk=kiosk,
                place_name=PLACE,
                asked_at=bookings.clock(),
                body=Book(subject="dossier", starts_at=int(start.timestamp())),
            )
            made = await bookings.book(errand, errand.body)  # type: ignore[arg-type]
            if not isinstance(made, Booking):
                raise TypeError(made)
            sealed = seal(person.model_dump_json().encode(), self.keys.public.sealing)
            confirmed = await bookings.confirm(made.appointment, sealed)
            if not isinstance(confirmed, Booking):
                raise TypeError(confirmed)
            return confirmed

        made = self._with_bookings(start, lane, book)
        return made, self.keys.pass_of(self._agency, made)

    def end(self, made: Booking, state: AppointmentState) -> None:
        """Say how it ended."""
        start = datetime.fromtimestamp(made.starts_at, UTC)

        async def close(bookings: Bookings) -> None:
            await bookings.close(made.appointment, state, only=set(AppointmentState))

        self._with_bookings(start, made.lane, close)

    def _with_bookings(
        self, start: datetime, lane: str, work: Callable[[Bookings], Coroutine[Any, Any, _Result]]
    ) -> _Result:
        now = (start - _MADE_BEFORE).timestamp()

        async def run() -> _Result:
            line = await Line.connect(self._account)
            try:
                rules = _rules(start.astimezone(_ZONE), lane)
                bookings = Bookings(
                    line, self._agency, _ZONE, lambda: rules, lambda _: None, clock=lambda: now
                )
                await bookings.load()
                return await work(bookings)
            finally:
                await line.close()

        # Playwright's own loop runs in this thread.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, run()).result()


def soon() -> datetime:
    """Return a start within five minutes of now, and of today for the agency."""
    now = datetime.now(_ZONE)
    last = now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0)
    coming = last + timedelta(minutes=5)
    return coming if coming.date() == now.date() else last


def _rules(start: datetime, lane: str) -> Rules:
    """Return rules that open this one time."""
    opening = Opening(
        weekday=start.weekday(),
        opens=f"{start:%H:%M}",
        closes=f"{start + timedelta(minutes=_MINUTES):%H:%M}",
        lane=lane,
    )
    subject = SubjectRule(subject="dossier", name=SUBJECT, minutes=_MINUTES)
    return Rules(version=1, subjects=(subject,), week=(opening,))
