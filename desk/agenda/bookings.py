"""An agency's appointments: made, moved, begun and ended, each once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from desk.agenda.codes import Codes
from desk.agenda.edits import OPEN, Wanted, book, booking_of, refusal
from desk.agenda.register import KINDS, Register
from desk.agenda.rules import Rules, SubjectRule
from desk.agenda.slots import bookable, free_lanes, local_date, may_book
from desk.records import MISSED_AFTER_S, ChangeKind, OnChange
from kiosk.link.bookings import Booking, Day
from kiosk.link.errands import HOLD_S, AppointmentState, Book, Errand, Outcome
from kiosk.link.line import Line

EARLY_S = 10 * 60
"""Check-in opens so long before the start."""
LATE_S = 10 * 60
"""Who has not come by so long after the start has missed it."""
MOST_OPEN_OF_A_BOOTH = 400
"""Appointments to come at one booth: a busy one has 20 a day. No booth can book an agency out."""
_DAY_S = 86_400
_TOLD_AGAIN_S = 4 * _DAY_S
"""After a start, what began longer ago is not told again: a weekend with a holiday beside it. Who
came to it the broker has erased by then."""


def appointment_number(agency: str, kiosk: str, errand: str) -> str:
    """Return the number of the appointment that an errand makes: the same, however often asked.

    The booth is part of it, so that none can ask under a number that is another's.
    """
    return hashlib.sha256(f"{agency} {kiosk} {errand}".encode()).hexdigest()[:32]


class Bookings(Register):
    """The register, with all that is done to it."""

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
        """`rules` are asked each time; `touched` is as the register's."""
        super().__init__(line, agency, zone, on_change, touched=touched, clock=clock)
        self._rules = rules
        self._codes = Codes(line, agency, clock)
        self._counted: set[str] = set()
        """Missed ones that were told again when they count as missed."""

    async def by_code(self, code: str) -> Booking | None:
        """Return the appointment that has these six digits.

        Raises:
            LineDown: not known.
        """
        number = await self._codes.appointment(code)
        return self.current(number) if number else None

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
            self.tell(known, ChangeKind.BOOKED)
            old = self.find(known.replaces) if known.replaces else None
            if old is not None and old.state is AppointmentState.MOVED:
                self.tell(old, ChangeKind.MOVED)
        return await self._settle(known)

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
            now = self.clock()
            if now > booking.starts_at + _DAY_S:
                self.persons.forget(booking.appointment)
            if booking.state is AppointmentState.MISSED:
                self._count_missed(booking, now)
            if booking.state not in OPEN:
                continue
            if booking.replaces is not None:
                await self._settle(booking)
            if booking.held_until is not None and now > booking.held_until:
                await self.close(booking.appointment, AppointmentState.CANCELLED)
                continue
            if booking.state is AppointmentState.BOOKED:
                over = now > booking.starts_at + LATE_S
            else:
                # Came, and was not answered: an agent may still say otherwise.
                over = self.key(booking.starts_at) < self.key(now)
            if over:
                only = {booking.state}
                await self.close(booking.appointment, AppointmentState.MISSED, only=only)
        await self.forget_cards()

    def _count_missed(self, booking: Booking, now: float) -> None:
        """Tell once more of one that nobody will be served for any more: only now it counts."""
        age_s = now - booking.starts_at
        if MISSED_AFTER_S <= age_s < _TOLD_AGAIN_S and booking.appointment not in self._counted:
            self._counted.add(booking.appointment)
            self.tell(booking, ChangeKind.MISSED)

    async def recover(self) -> None:
        """Tell again what may not have been told, and erase what should have been: after a start.

        Raises:
            LineDown: not all was done.
        """
        since = self.clock() - _TOLD_AGAIN_S
        recent = [each.appointment for each in self.all() if each.starts_at >= since]
        for number in recent:
            person = await self.persons.get(number)
            booking = self.find(number)
            if booking is None:
                continue
            self.tell(booking, ChangeKind.BOOKED)
            if booking.state in OPEN and person is not None:
                self.tell(booking, ChangeKind.PERSON_TOLD)
            if booking.state in KINDS:
                self.tell(booking, KINDS[booking.state])
            if booking.state not in OPEN:
                await self.persons.erase(number)

    async def _book(self, number: str, errand: Errand, wish: Book) -> Booking | Outcome:
        rules, old = self._rules(), None
        now = self.clock()
        soonest, latest = bookable(now)
        if not soonest <= wish.starts_at <= latest:
            return Outcome.TAKEN
        subject = rules.subject(wish.subject)
        if subject is None or not may_book(rules, subject, wish.starts_at, self.zone):
            return Outcome.UNKNOWN
        if wish.replaces is not None:
            old = self.find(wish.replaces)
            if old is None or old.state not in OPEN:
                return refusal(old.state) if old else Outcome.UNKNOWN
            await self.persons.get(old.appointment)
        elif self._open_at(errand.kiosk) >= MOST_OPEN_OF_A_BOOTH:
            return Outcome.REFUSED
        key = self.key(wish.starts_at)
        if not await self._may_be_free(key, number, rules, subject, wish):
            return Outcome.TAKEN
        code = await self._codes.reserve(number, wish.starts_at)
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
        made = await self.change(key, partial(book, wanted=wanted, rules=rules, zone=self.zone))
        if isinstance(made, Outcome):
            await self._codes.release(code)
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

        return possible(self.day(key.removeprefix("day.")))[1] or await self.change(key, possible)

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
        """The person comes along, and the agency's system hears who comes to the new time."""
        if booking.replaces is None:
            return
        if await self.persons.come_along(booking.replaces, booking):
            # Before the old one is erased: after a crash in between it is told again.
            self.tell(booking, ChangeKind.PERSON_TOLD)
        await self.persons.erase(booking.replaces)

    def _open_at(self, kiosk: str) -> int:
        return sum(each.kiosk == kiosk and each.state in OPEN for each in self.all())
