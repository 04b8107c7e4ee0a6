"""Changes of one day's bookings: pure functions from a day to the day after the change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from desk.agenda.rules import Rules, SubjectRule
from desk.agenda.slots import free_lanes
from kiosk.link.bookings import MOST_NAMES, MOST_OF_A_DAY, Booking, Day
from kiosk.link.errands import AppointmentState, Outcome
from kiosk.link.messages import encode

MAX_DAY_BYTES = 64_000
"""A message less its margin: a day that would be larger takes no more bookings."""

OPEN = frozenset({AppointmentState.BOOKED, AppointmentState.ARRIVED})
"""States in which something can still come of an appointment."""
_GIVEN_UP = frozenset({AppointmentState.CANCELLED, AppointmentState.MOVED})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A booking to be made."""

    appointment: str
    kiosk: str
    place_name: str
    subject: SubjectRule
    starts_at: int
    code: str
    replaces: str | None = None
    held_until: int | None = None
    card: str | None = None


def refusal(state: AppointmentState) -> Outcome:
    """Return what is said to who wants something of an appointment that is over."""
    match state:
        case AppointmentState.HONOURED:
            return Outcome.USED
        case AppointmentState.MISSED:
            return Outcome.MISSED
        case AppointmentState.CANCELLED | AppointmentState.MOVED:
            return Outcome.CANCELLED
        case AppointmentState.BOOKED | AppointmentState.ARRIVED:
            return Outcome.DONE


def booking_of(day: Day, appointment: str) -> Booking | None:
    """Return the booking of that number, if it is of this day."""
    return next((each for each in day.bookings if each.appointment == appointment), None)


def book(day: Day, wanted: Wanted, rules: Rules, zone: ZoneInfo) -> tuple[Day, Booking | Outcome]:
    """Take a lane for `wanted`; the one that it replaces, where it is of this day, gives way.

    A booking that is there already under this number is the same one.
    """
    known = booking_of(day, wanted.appointment)
    if known is not None:
        return day, known
    before = day
    if wanted.replaces is not None and (old := booking_of(day, wanted.replaces)) is not None:
        if old.state not in OPEN:
            return before, refusal(old.state)
        day = _with(day, _closed(old, AppointmentState.MOVED, wanted.appointment))
    lanes = free_lanes(rules, wanted.subject, wanted.starts_at, day, zone)
    if not lanes:
        return before, Outcome.TAKEN
    booking = Booking(
        appointment=wanted.appointment,
        kiosk=wanted.kiosk,
        subject=wanted.subject.subject,
        starts_at=wanted.starts_at,
        minutes=wanted.subject.minutes,
        lane=lanes[0],
        code=wanted.code,
        replaces=wanted.replaces,
        held_until=wanted.held_until,
        card=wanted.card,
    )
    after = _named(_roomy(day, wanted), booking, wanted)
    if after is None or len(encode(after)) > MAX_DAY_BYTES:
        return before, Outcome.TAKEN
    return after, booking


def close(
    day: Day,
    appointment: str,
    state: AppointmentState,
    by: str | None = None,
    *,
    only: Iterable[AppointmentState] = OPEN,
) -> tuple[Day, Booking | Outcome]:
    """Bring an appointment into `state`, from `only` those; twice `by` the same is done once."""
    old = booking_of(day, appointment)
    if old is None:
        return day, Outcome.UNKNOWN
    if old.state is state and old.closed_by == by:
        return day, old
    if old.state not in only:
        return day, refusal(old.state)
    new = _closed(old, state, by)
    return _with(day, new), new


def confirm(day: Day, appointment: str) -> tuple[Day, Booking | Outcome]:
    """Hold an appointment for good: somebody has said who comes."""
    old = booking_of(day, appointment)
    if old is None:
        return day, Outcome.UNKNOWN
    if old.state not in OPEN:
        return day, refusal(old.state)
    new = old.model_copy(update={"held_until": None})
    return _with(day, new), new


def link_card(day: Day, appointment: str, card: str) -> tuple[Day, Booking | Outcome]:
    """Let a card stand for an appointment, in place of any before."""
    old = booking_of(day, appointment)
    if old is None:
        return day, Outcome.UNKNOWN
    if old.state not in OPEN:
        return day, refusal(old.state)
    new = old.model_copy(update={"card": card})
    after = _with(day, new)
    return (after, new) if len(encode(after)) <= MAX_DAY_BYTES else (day, Outcome.REFUSED)


def forget_cards(day: Day) -> tuple[Day, None]:
    """Erase the cards of a day that is over."""
    bookings = tuple(each.model_copy(update={"card": None}) for each in day.bookings)
    return day.model_copy(update={"bookings": bookings}), None


def _closed(old: Booking, state: AppointmentState, by: str | None) -> Booking:
    return old.model_copy(update={"state": state, "closed_by": by})


def _with(day: Day, new: Booking) -> Day:
    bookings = tuple(new if b.appointment == new.appointment else b for b in day.bookings)
    return day.model_copy(update={"bookings": bookings})


def _roomy(day: Day, wanted: Wanted) -> Day:
    """Return the day without the oldest given up bookings, as far as it is too full for one more.

    Without this, one who books and cancels all day long would close the day to everybody.
    """
    # What gave way to another in this very change is still needed by whoever asks next.
    given_up = [
        each
        for each in day.bookings
        if each.state in _GIVEN_UP and each.closed_by != wanted.appointment
    ]
    # The ticket of one that was moved still leads to what took its place.
    given_up.sort(key=lambda each: each.state is AppointmentState.MOVED)
    bookings = list(day.bookings)
    for booking in given_up:
        if len(bookings) < MOST_OF_A_DAY and len(encode(day)) < MAX_DAY_BYTES - 1_000:
            break
        bookings.remove(booking)
        day = day.model_copy(update={"bookings": tuple(bookings)})
    return day


def _named(day: Day, booking: Booking, wanted: Wanted) -> Day | None:
    places = {**day.places, wanted.kiosk: wanted.place_name}
    subjects = {**day.subjects, wanted.subject.subject: wanted.subject.name}
    if len(places) > MOST_NAMES or len(subjects) > MOST_NAMES:
        return None
    if len(day.bookings) >= MOST_OF_A_DAY:
        return None
    bookings = (*day.bookings, booking)
    return day.model_copy(update={"places": places, "subjects": subjects, "bookings": bookings})
