"""On a full day what was given up makes room, and what a ticket still leads to stays."""

from __future__ import annotations

from desk.agenda.edits import Wanted, book, booking_of
from kiosk.link.bookings import MOST_OF_A_DAY, Booking, Day
from kiosk.link.errands import AppointmentState, Outcome
from tests.desk.agenda.conftest import PARIS, at, rules

RULES = rules("awa")
OLD, NEW = f"{0:032x}", "f" * 32


def full_day(*first: AppointmentState) -> Day:
    """Return a day with these bookings first, filled up with honoured ones."""
    states = [*first, *[AppointmentState.HONOURED] * (MOST_OF_A_DAY - len(first))]
    bookings = tuple(
        Booking(
            appointment=f"{n:032x}",
            kiosk="pvp-1",
            subject="dossier",
            starts_at=at("09:00"),
            minutes=20,
            lane=f"pool-{n}",
            code=f"{n:06}",
            state=state,
        )
        for n, state in enumerate(states)
    )
    return Day(date="2026-11-24", bookings=bookings)


def moved(day: Day) -> tuple[Day, Booking | Outcome]:
    """Move the first appointment of the day to another hour of it."""
    subject = RULES.subject("dossier")
    assert subject is not None
    wanted = Wanted(NEW, "pvp-1", "Mairie", subject, at("10:00"), "999999", replaces=OLD)
    return book(day, wanted, RULES, PARIS)


def test_what_has_just_been_moved_makes_no_room() -> None:
    states = AppointmentState.BOOKED, AppointmentState.MOVED, AppointmentState.CANCELLED
    day, made = moved(full_day(*states))
    old = booking_of(day, OLD)
    assert isinstance(made, Booking)
    assert old is not None
    assert (old.state, old.closed_by) == (AppointmentState.MOVED, NEW)
    assert len(day.bookings) == MOST_OF_A_DAY
    # A moved one's ticket leads on to another; a cancelled one's leads nowhere.
    assert booking_of(day, f"{1:032x}") is not None
    assert booking_of(day, f"{2:032x}") is None


def test_a_day_full_of_what_stands_takes_no_more() -> None:
    before = full_day(AppointmentState.BOOKED)
    assert moved(before) == (before, Outcome.TAKEN)
