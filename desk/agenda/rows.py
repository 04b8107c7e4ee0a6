"""What the page is shown of an office: rows made of bookings, rules and lists."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from desk.agenda.edits import OPEN
from desk.agenda.office import AgendaOffice
from desk.agenda.shapes import (
    Action,
    AppointmentRow,
    BoothRate,
    CallBackRow,
    DayRow,
    FreeTime,
    Rate,
    Rates,
    Week,
)
from desk.agenda.slots import HOLDING, bookable, free_times, local_date, spans
from kiosk.link.bookings import Booking, KeptCallBack
from kiosk.link.errands import AppointmentState

_ACTIONS: dict[AppointmentState, tuple[Action, ...]] = {
    AppointmentState.BOOKED: ("honoured", "missed", "cancel", "move"),
    AppointmentState.ARRIVED: ("honoured", "missed", "cancel", "move"),
    # Late, or noted by mistake.
    AppointmentState.MISSED: ("honoured",),
}
_WEEK_DAYS = 7


def days_from(first: date, days: int = _WEEK_DAYS) -> list[date]:
    """Return so many days from that one."""
    return [first + timedelta(days=n) for n in range(days)]


async def appointment_row(office: AgendaOffice, booking: Booking) -> AppointmentRow:
    """Return an appointment as the agent sees it.

    Raises:
        LineDown: who comes is not known.
    """
    day = office.bookings.day_of(booking)
    still = booking.state in OPEN
    person = office.keys.person(
        await office.bookings.persons.get(booking.appointment) if still else None
    )
    return AppointmentRow(
        appointment=booking.appointment,
        starts_at=booking.starts_at,
        minutes=booking.minutes,
        lane=booking.lane,
        kiosk=booking.kiosk,
        place_name=day.places.get(booking.kiosk, ""),
        subject=booking.subject,
        subject_name=day.subjects.get(booking.subject, ""),
        state=booking.state,
        code=booking.code if still else "",
        first_name=person.first_name,
        telephone=person.telephone,
        actions=_ACTIONS.get(booking.state, ()),
    )


def call_back_row(office: AgendaOffice, call_back: KeptCallBack) -> CallBackRow:
    """Return a call-back as the agent sees it."""
    person = office.keys.person(call_back.sealed)
    ringing = office.waiting.is_ringing(call_back)
    return CallBackRow(
        call_back=call_back.call_back,
        where=call_back.where,
        kiosk=call_back.kiosk,
        place_name=call_back.place_name,
        asked_at=call_back.asked_at,
        first_name=person.first_name,
        telephone=person.telephone if call_back.where == "telephone" else "",
        ringing=ringing,
        agent_name=call_back.agent_name if ringing else "",
    )


async def week(office: AgendaOffice, first: date) -> Week:
    """Return seven days from `first`.

    Raises:
        LineDown: not all is known.
    """
    days = days_from(first)
    await office.bookings.load_days(days)
    rows = [await _day_row(office, day) for day in days]
    lanes = {row.lane for each in rows for row in each.appointments}
    rules = office.rules.rules
    lanes |= {hours.lane for hours in rules.week}
    lanes |= {hours.lane for other in rules.exceptions for hours in other.hours}
    return Week(
        now=office.clock(),
        time_zone=office.zone.key,
        rules_version=rules.version,
        lanes=tuple(sorted(lanes)),
        days=tuple(rows),
        call_backs=tuple(call_back_row(office, each) for each in office.waiting.waiting),
    )


async def rates(office: AgendaOffice, days: Sequence[date]) -> Rates:
    """Return how the appointments of these days ended.

    Raises:
        LineDown: not all is known.
    """
    await office.bookings.load_days(days)
    places: dict[str, str] = {}
    by_booth: dict[str, list[Booking]] = {}
    for day in days:
        kept = office.bookings.day(day.isoformat())
        places |= kept.places
        for booking in kept.bookings:
            by_booth.setdefault(booking.kiosk, []).append(booking)
    return Rates(
        agency=Rate(**_counted(each for booth in by_booth.values() for each in booth)),
        booths=tuple(
            BoothRate(kiosk=kiosk, place_name=places.get(kiosk, ""), **_counted(booth))
            for kiosk, booth in sorted(by_booth.items())
        ),
    )


async def _day_row(office: AgendaOffice, day: date) -> DayRow:
    kept = office.bookings.day(day.isoformat())
    # What was only touched, and given up, was no appointment.
    there = [each for each in kept.bookings if each.state in HOLDING or each.held_until is None]
    ordered = sorted(there, key=lambda each: (each.starts_at, each.lane))
    rows = await asyncio.gather(*(appointment_row(office, booking) for booking in ordered))
    return DayRow(
        date=day.isoformat(),
        opens=bool(spans(office.rules.rules, day, office.zone)),
        appointments=tuple(rows),
        free=tuple(_free(office, day)),
    )


def _free(office: AgendaOffice, day: date) -> Iterable[FreeTime]:
    # As booths are offered, and as a booking is taken: nothing that would be refused.
    soonest, latest = bookable(office.clock())
    if day > local_date(latest, office.zone):
        return
    rules = office.rules.rules
    for rule in rules.subjects:
        for start, lanes in free_times(rules, rule, [day], office.bookings.day, office.zone):
            if soonest <= start <= latest:
                yield FreeTime(
                    subject=rule.subject, starts_at=start, minutes=rule.minutes, lanes=lanes
                )


def _counted(bookings: Iterable[Booking]) -> dict[str, int | float | None]:
    # As the statistics: what nobody confirmed has not been booked yet (docs/decisions/0019).
    states = [booking.state for booking in bookings if booking.held_until is None]
    honoured = states.count(AppointmentState.HONOURED)
    missed = states.count(AppointmentState.MISSED)
    ended = honoured + missed
    return {
        "honoured": honoured,
        "missed": missed,
        "cancelled": states.count(AppointmentState.CANCELLED),
        "honoured_share": honoured / ended if ended else None,
    }
