"""An agency's appointments: made, moved, given up, begun and ended, each once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from desk.agenda.edits import (
    OPEN,
    Wanted,
    book,
    booking_of,
    close,
    confirm,
    forget_cards,
    link_card,
    refusal,
)
from desk.agenda.persons import Persons
from desk.agenda.rules import HORIZON_DAYS, SOONEST_S, Rules, SubjectRule
from desk.agenda.shared import Shared
from desk.agenda.slots import free_lanes, local_date, may_book
from desk.records import AppointmentChange, ChangeKind, OnChange
from kiosk.link.bookings import Booking, Day, KeptCode, bucket_name, code_key, day_key
from kiosk.link.errands import HOLD_S, AppointmentState, Book, Errand, Outcome
from kiosk.link.line import Line, LineDown
from kiosk.link.store import Bucket, KeyExists

KEPT_DAYS = 90
"""How long a day stays after it is over: the agency's rates are of the last quarter."""
EARLY_S = 10 * 60
"""Check-in opens so long before the start."""
LATE_S = 10 * 60
"""Who has not come by so long after the start has missed it."""
MOST_OPEN_OF_A_BOOTH = 400
"""Appointments to come at one booth: a busy one has 20 a day. No booth can book an agency out."""

_CODES_TRIED = 40
_DAY_S = 86_400

_KINDS = {
    AppointmentState.ARRIVED: ChangeKind.ARRIVED,
    AppointmentState.HONOURED: ChangeKind.HONOURED,
    AppointmentState.MISSED: ChangeKind.MISSED,
    AppointmentState.CANCELLED: ChangeKind.CANCELLED,
    AppointmentState.MOVED: ChangeKind.MOVED,
}


def appointment_number(agency: str, kiosk: str, errand: str) -> str:
    """Return the number of the appointment that an errand makes: the same, however often asked.

    The booth is part of it, so that none can ask under a number that is another's.
    """
    return hashlib.sha256(f"{agency} {kiosk} {errand}".encode()).hexdigest()[:32]


class Bookings:
    """All appointments of an agency that can still matter; every gateway of it sees the same."""

    def __init__(
        self,
        line: Line,
        agency: str,
        zone: ZoneInfo,
        rules: Callable[[], Rules],
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
        self._rules = rules
        self._on_change = on_change
        self._touched = touched
        name = bucket_name(agency)
        self.bucket = Bucket(line, name, Day)
        self._codes = Bucket(line, name, KeptCode)
        self._days = Shared(self.bucket, _empty_day, self._day_ttl_s, self._heard)
        self._where: dict[str, str] = {}

    async def load(self) -> None:
        """See all days on which something can still happen.

        Raises:
            LineDown: not all could be seen.
        """
        today = local_date(self.clock(), self.zone)
        await self.load_days(today + timedelta(days=n) for n in range(-1, HORIZON_DAYS + 2))

    async def load_days(self, days: Iterable[date]) -> None:
        """See these days.

        Raises:
            LineDown: not all could be seen.
        """
        keys = [day_key(day.isoformat()) for day in days]
        await self._days.load(keys)
        for key in keys:
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

    def day_of(self, booking: Booking) -> Day:
        """Return the day of a booking: it has the names."""
        return self._days.get(self._key(booking.starts_at))

    async def by_code(self, code: str) -> Booking | None:
        """Return the appointment that has these six digits.

        Raises:
            LineDown: not known.
        """
        entry = await self._codes.get(code_key(code))
        if entry is None or entry.message is None:
            return None
        return self.find(entry.message.appointment)

    async def book(self, errand: Errand, wish: Book) -> Booking | Outcome:
        """Book, and give up what is replaced once this one is held; again: the same booking.

        Raises:
            LineDown: not known whether it was done.
        """
        number = appointment_number(self.agency, errand.kiosk, errand.errand)
        known = self.find(number)
        if known is None:
            made = await self._book(number, errand, wish)
            if isinstance(made, Outcome):
                return made
            known = made
            self._tell(known, ChangeKind.BOOKED)
            old = self.find(known.replaces) if known.replaces else None
            if old is not None and old.state is AppointmentState.MOVED:
                self._tell(old, ChangeKind.MOVED)
        return await self._settle(known)

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
        edit = partial(close, appointment=appointment, state=state, by=by, only=tuple(only))
        done = await self._days.change(key, edit)
        if isinstance(done, Booking) and done.state is state:
            self._tell(done, _KINDS[state])
            # Who moves comes along to the new appointment, and is erased from the old one then.
            if state not in {*OPEN, AppointmentState.MOVED}:
                await self.persons.erase(appointment)
        return done

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
            self._tell(done, ChangeKind.BOOKED)
            self._tell(done, ChangeKind.PERSON_TOLD)
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

    async def check_in(self, appointment: str, kiosk: str) -> Outcome:
        """Note that the resident has come to `kiosk`, where that is as it should be.

        Raises:
            LineDown: not known whether it was done.
        """
        booking = self.find(appointment)
        if booking is None:
            return Outcome.UNKNOWN
        now = self.clock()
        outcome = self.standing(booking, kiosk, now)
        if outcome is Outcome.MISSED and booking.state is AppointmentState.BOOKED:
            await self.close(appointment, AppointmentState.MISSED)
        if outcome is not Outcome.DONE:
            return outcome
        done = await self.close(
            appointment, AppointmentState.ARRIVED, only={AppointmentState.BOOKED}
        )
        return Outcome.DONE if isinstance(done, Booking) else done

    def standing(self, booking: Booking, kiosk: str, now: float) -> Outcome:
        """Return what a check-in at `kiosk` would come to now."""
        if booking.state not in OPEN:
            return refusal(booking.state)
        if local_date(booking.starts_at, self.zone) != local_date(now, self.zone):
            return Outcome.WRONG_DAY
        if booking.kiosk != kiosk:
            return Outcome.WRONG_BOOTH
        if now < booking.starts_at - EARLY_S:
            return Outcome.TOO_EARLY
        if booking.state is AppointmentState.BOOKED and now > booking.starts_at + LATE_S:
            return Outcome.MISSED
        return Outcome.DONE

    async def tidy(self) -> None:
        """Do what time, or a crash in the middle of something, has left to be done.

        Raises:
            LineDown: not all was done; once more later does the rest.
        """
        for booking in self.all():
            if booking.state not in OPEN:
                continue
            if booking.replaces is not None:
                await self._settle(booking)
            now = self.clock()
            if booking.held_until is not None and now > booking.held_until:
                await self.close(booking.appointment, AppointmentState.CANCELLED)
                continue
            late = now > booking.starts_at + LATE_S
            if late and booking.state is AppointmentState.BOOKED:
                only = {AppointmentState.BOOKED}
                await self.close(booking.appointment, AppointmentState.MISSED, only=only)
        today = day_key(local_date(self.clock(), self.zone).isoformat())
        for key in self._days.keys:
            if key < today and any(each.card for each in self._days.get(key).bookings):
                await self._days.change(key, forget_cards)

    async def recover(self) -> None:
        """Tell again what may not have been told, and erase what should have been: after a start.

        Raises:
            LineDown: not all was done.
        """
        for booking in self.all():
            self._tell(booking, ChangeKind.BOOKED)
            if booking.state in _KINDS:
                self._tell(booking, _KINDS[booking.state])
            if booking.state not in OPEN:
                await self.persons.erase(booking.appointment)

    async def _book(self, number: str, errand: Errand, wish: Book) -> Booking | Outcome:
        rules, old = self._rules(), None
        now = self.clock()
        if not now + SOONEST_S <= wish.starts_at <= now + HORIZON_DAYS * _DAY_S:
            return Outcome.TAKEN
        subject = rules.subject(wish.subject)
        if subject is None or not may_book(rules, subject, wish.starts_at, self.zone):
            return Outcome.UNKNOWN
        if wish.replaces is not None:
            old = self.find(wish.replaces)
            if old is None or old.state not in OPEN:
                return refusal(old.state) if old else Outcome.UNKNOWN
        elif self._open_at(errand.kiosk) >= MOST_OPEN_OF_A_BOOTH:
            return Outcome.REFUSED
        key = self._key(wish.starts_at)
        if not await self._may_be_free(key, number, rules, subject, wish):
            return Outcome.TAKEN
        code = await self._reserve_code(number, wish.starts_at)
        wanted = Wanted(
            number,
            errand.kiosk,
            errand.place_name,
            subject,
            wish.starts_at,
            code,
            wish.replaces,
            held_until=int(now) + HOLD_S if old is None else None,
            card=old.card if old else None,
        )
        made = await self._days.change(
            key, partial(book, wanted=wanted, rules=rules, zone=self.zone)
        )
        if isinstance(made, Outcome):
            await self._codes.delete(code_key(code))
        return made

    async def _may_be_free(
        self, key: str, number: str, rules: Rules, subject: SubjectRule, wish: Book
    ) -> bool:
        """Tell whether it is worth while to reserve a code; a no is confirmed by the broker."""

        def possible(day: Day) -> tuple[Day, bool]:
            mine = booking_of(day, number) is not None
            lanes = free_lanes(rules, subject, wish.starts_at, day, self.zone)
            # What is replaced may itself be in the way.
            same_day = wish.replaces is not None and booking_of(day, wish.replaces) is not None
            return day, mine or bool(lanes) or same_day

        return possible(self._days.get(key))[1] or await self._days.change(key, possible)

    async def _settle(self, booking: Booking) -> Booking | Outcome:
        """Give up what `booking` replaces; where that is over already, this one has no ground."""
        if booking.replaces is None or booking.state not in OPEN:
            return booking
        number = booking.appointment
        old = self.find(booking.replaces)
        if old is None or (old.state is AppointmentState.MOVED and old.closed_by == number):
            await self._hand_over(booking)
            return booking
        done = await self.close(old.appointment, AppointmentState.MOVED, number)
        if isinstance(done, Booking):
            await self._hand_over(booking)
            return booking
        await self.close(number, AppointmentState.CANCELLED, old.appointment)
        return done

    async def _hand_over(self, booking: Booking) -> None:
        """The person comes along."""
        if booking.replaces is not None:
            await self.persons.move(booking.replaces, booking)

    async def _reserve_code(self, number: str, starts_at: int) -> str:
        """Return six digits that no other appointment has, the same ones for the same number."""
        ttl_s = max(1, int(starts_at - self.clock())) + _DAY_S
        for attempt in range(_CODES_TRIED):
            digest = hashlib.sha256(f"{number} {attempt}".encode()).digest()
            code = f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06}"
            kept = KeptCode(code=code, appointment=number, starts_at=starts_at)
            try:
                await self._codes.create(kept.key, kept, ttl_s)
            except KeyExists:
                entry = await self._codes.get(kept.key)
                if entry is None or entry.message != kept:
                    continue
            return code
        raise LineDown("no code is free")

    def _open_at(self, kiosk: str) -> int:
        return sum(each.kiosk == kiosk and each.state in OPEN for each in self.all())

    def _key(self, starts_at: float) -> str:
        return day_key(local_date(starts_at, self.zone).isoformat())

    def _day_ttl_s(self, key: str) -> int:
        day = date.fromisoformat(key.removeprefix("day."))
        over = (day - local_date(self.clock(), self.zone)).days + 1 + KEPT_DAYS
        return max(1, over) * _DAY_S

    def _heard(self, key: str) -> None:
        for booking in self._days.get(key).bookings:
            self._where[booking.appointment] = key
        self._touched()

    def _tell(self, booking: Booking, kind: ChangeKind) -> None:
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
