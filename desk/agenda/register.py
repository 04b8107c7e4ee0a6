"""The register of an agency's appointments: what stands there, and what becomes of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from desk.agenda.edits import (
    OPEN,
    booking_of,
    close,
    confirm,
    forget_cards,
    link_card,
    refusal,
)
from desk.agenda.persons import Persons
from desk.agenda.rules import HORIZON_DAYS
from desk.agenda.shared import Shared
from desk.agenda.slots import local_date
from desk.records import AppointmentChange, ChangeKind, OnChange
from kiosk.link.bookings import Booking, Day, bucket_name, day_key
from kiosk.link.errands import AppointmentState, Outcome
from kiosk.link.line import Line
from kiosk.link.store import Bucket

KEPT_DAYS = 90
"""How long a day stays after it is over: the agency's rates are of the last quarter."""
_DAY_S = 86_400
_MOST_MOVES = 20
"""Of one appointment, as far as its first ticket leads."""

Result = TypeVar("Result")

KINDS: Final = {
    AppointmentState.ARRIVED: ChangeKind.ARRIVED,
    AppointmentState.HONOURED: ChangeKind.HONOURED,
    AppointmentState.MISSED: ChangeKind.MISSED,
    AppointmentState.CANCELLED: ChangeKind.CANCELLED,
    AppointmentState.MOVED: ChangeKind.MOVED,
}


class Register:
    """All appointments of an agency that can still matter; every gateway of it sees the same."""

    def __init__(
        self,
        line: Line,
        agency: str,
        zone: ZoneInfo,
        on_change: OnChange,
        *,
        touched: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`touched` is called whenever something changed, whoever did it."""
        self.agency = agency
        self.zone = zone
        self.clock = clock
        self.persons = Persons(line, agency, clock)
        self._on_change = on_change
        self._touched = touched
        bucket = Bucket(line, bucket_name(agency), Day)
        self._days = Shared(bucket, _empty_day, self._day_ttl_s, self._heard)
        self._where: dict[str, str] = {}
        self._open: set[str] = set()
        self._looked_back = False

    async def load(self) -> None:
        """See all days on which something can still happen; at first also all that are kept.

        No gateway may have been there on the last of them, to say who has missed their appointment.

        Raises:
            LineDown: not all could be seen.
        """
        today = local_date(self.clock(), self.zone)
        first = -1 if self._looked_back else -KEPT_DAYS
        await self.load_days(today + timedelta(days=n) for n in range(first, HORIZON_DAYS + 2))
        self._looked_back = True
        self.persons.look_again()

    async def load_days(self, days: Iterable[date]) -> None:
        """See these days.

        Raises:
            LineDown: not all could be seen.
        """
        keys = [day_key(day.isoformat()) for day in days]
        before = [self._days.get(key) for key in keys]
        await self._days.load(keys)
        for key, known in zip(keys, before, strict=True):
            if self._days.get(key) != known:
                self._heard(key)

    def hear(self, key: str, day: Day | None, revision: int) -> None:
        """Take what the broker told of a day."""
        self._days.hear(key, day, revision)

    def day(self, day: str) -> Day:
        """Return a day as last seen."""
        return self._days.get(day_key(day))

    def all(self) -> list[Booking]:
        """Return all bookings of the days seen."""
        return [booking for key in self._days.keys for booking in self._days.get(key).bookings]

    def find(self, appointment: str) -> Booking | None:
        """Return an appointment of the days seen."""
        key = self._where.get(appointment)
        return booking_of(self._days.get(key), appointment) if key else None

    def current(self, appointment: str) -> Booking | None:
        """Return an appointment, or what has taken its place: a moved one's ticket stays good."""
        booking = self.find(appointment)
        for _ in range(_MOST_MOVES):
            if booking is None or booking.state is not AppointmentState.MOVED:
                break
            booking = self.find(booking.closed_by) if booking.closed_by else None
        return booking

    def day_of(self, booking: Booking) -> Day:
        """Return the day of a booking: it has the names."""
        return self._days.get(self.key(booking.starts_at))

    async def close(
        self,
        appointment: str,
        state: AppointmentState,
        by: str | None = None,
        *,
        only: Iterable[AppointmentState] = OPEN,
    ) -> Booking | Outcome:
        """Bring an appointment into `state`, from `only` those states.

        Raises:
            LineDown: not known whether it was done.
        """
        key = self._where.get(appointment)
        if key is None:
            return Outcome.UNKNOWN
        # Before they are erased: the agency's system may hear who came.
        await self.persons.get(appointment)
        edit = partial(close, appointment=appointment, state=state, by=by, only=tuple(only))
        done = await self._days.change(key, edit)
        if isinstance(done, Booking) and done.state is state:
            self.tell(done, KINDS[state])
            # Who moves comes along to the new appointment, and is erased from the old one then.
            if state not in {*OPEN, AppointmentState.MOVED}:
                await self.persons.erase(appointment)
        return done

    async def change(self, key: str, edit: Callable[[Day], tuple[Day, Result]]) -> Result:
        """Replace a day by what `edit` makes of it; see `Shared.change`.

        Raises:
            LineDown: not known whether it was done.
        """
        return await self._days.change(key, edit)

    async def forget_cards(self) -> None:
        """Erase the cards of the days that are over.

        Raises:
            LineDown: not known whether it was done.
        """
        today = self.key(self.clock())
        for key in self._days.keys:
            if key < today and any(each.card for each in self._days.get(key).bookings):
                await self._days.change(key, forget_cards)

    async def confirm(self, appointment: str, sealed: str) -> Booking | Outcome:
        """Keep who comes; from then on the appointment stands.

        Raises:
            LineDown: not known whether it was done.
        """
        key = self._where.get(appointment)
        booking = self.find(appointment)
        if key is None or booking is None:
            return Outcome.UNKNOWN
        if booking.state not in OPEN:
            return refusal(booking.state)
        await self.persons.keep(booking, sealed)
        done = await self._days.change(key, partial(confirm, appointment=appointment))
        if isinstance(done, Booking):
            self.tell(done, ChangeKind.BOOKED)
            self.tell(done, ChangeKind.PERSON_TOLD)
        else:
            await self.persons.erase(appointment)
        return done

    async def link_card(self, appointment: str, card: str) -> Booking | Outcome:
        """Let a card stand for an appointment.

        Raises:
            LineDown: not known whether it was done.
        """
        key = self._where.get(appointment)
        if key is None:
            return Outcome.UNKNOWN
        return await self._days.change(key, partial(link_card, appointment=appointment, card=card))

    def by_card(self, card: str) -> Booking | None:
        """Return the soonest appointment of today or later that a card stands for."""
        today = local_date(self.clock(), self.zone)
        found = [
            booking
            for booking in self.all()
            if booking.card == card and local_date(booking.starts_at, self.zone) >= today
        ]
        return min(found, key=lambda each: (each.state not in OPEN, each.starts_at), default=None)

    def key(self, starts_at: float) -> str:
        """Return the key of the day of a start."""
        return day_key(local_date(starts_at, self.zone).isoformat())

    def _day_ttl_s(self, key: str) -> int:
        day = date.fromisoformat(key.removeprefix("day."))
        over = (day - local_date(self.clock(), self.zone)).days + 1 + KEPT_DAYS
        return max(1, over) * _DAY_S

    def _heard(self, key: str) -> None:
        for booking in self._days.get(key).bookings:
            self._where[booking.appointment] = key
            if booking.state in OPEN:
                self._open.add(booking.appointment)
            elif booking.appointment in self._open:
                # Whoever ended it: its reminders may be in this gateway's outbox.
                self._open.remove(booking.appointment)
                self.tell(booking, KINDS[booking.state])
        self._touched()

    def tell(self, booking: Booking, kind: ChangeKind) -> None:
        """Tell the statistics and the agency's own system; again, where it may not have been."""
        if booking.held_until is not None:
            # Nothing has been booked yet; what is given up now never was.
            return
        moved = kind is ChangeKind.MOVED
        self._on_change(
            AppointmentChange(
                kind=kind,
                appointment=booking.appointment,
                agency=self.agency,
                kiosk=booking.kiosk,
                subject=booking.subject,
                starts_at=booking.starts_at,
                sealed=self.persons.known(booking.appointment),
                replaced_by=booking.closed_by if moved else None,
            )
        )


def _empty_day(key: str) -> Day:
    return Day(date=key.removeprefix("day."))
