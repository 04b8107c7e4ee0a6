"""From rules and bookings to free times: pure functions, the same at every gateway."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from desk.agenda.rules import HORIZON_DAYS, SOONEST_S, Rules, SubjectRule
from kiosk.link.bookings import Booking, Day
from kiosk.link.errands import MOST_STARTS, Agenda, AppointmentState, Subject
from kiosk.link.messages import encode

MAX_AGENDA_BYTES = 24_000
"""Two thousand free times; every booth hears it every 12 s, also over a thin line in a call."""

HOLDING = frozenset(
    {
        AppointmentState.BOOKED,
        AppointmentState.ARRIVED,
        AppointmentState.HONOURED,
        AppointmentState.MISSED,
    }
)
"""States in which an appointment has its lane to itself: what is over is not given twice."""

DayOf = Callable[[str], Day]
"""Tells the bookings of a date."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time at which a lane is open, Unix seconds, the end not included."""

    begins: int
    ends: int
    lane: str
    subjects: tuple[str, ...]


def local_date(moment: float, zone: ZoneInfo) -> date:
    """Return the day of the agency's calendar."""
    return datetime.fromtimestamp(moment, zone).date()


def spans(rules: Rules, day: date, zone: ZoneInfo) -> tuple[Span, ...]:
    """Return what is open on a day, absences not yet taken out.

    A time that a clock change skips is taken as the zone's database does (PEP 495, fold 0); what
    is empty then is left out.
    """
    found = []
    for hours in rules.hours(day):
        begins, ends = (int(datetime.combine(day, clock, zone).timestamp()) for clock in hours.span)
        if begins < ends:
            found.append(Span(begins, ends, hours.lane, hours.subjects))
    return tuple(found)


def free_lanes(
    rules: Rules, subject: SubjectRule, starts_at: int, day: Day, zone: ZoneInfo
) -> list[str]:
    """Return the lanes that can take the subject then, the one with least to do first."""
    return _free(rules, spans(rules, date.fromisoformat(day.date), zone), subject, starts_at, day)


def is_free(day: Day, lane: str, begins: int, ends: int, but: str | None = None) -> bool:
    """Tell whether nothing but the appointment `but` has the lane between `begins` and `ends`."""
    return not any(
        booking.lane == lane
        and booking.starts_at < ends
        and begins < booking.ends_at
        and booking.state in HOLDING
        and booking.appointment != but
        for booking in day.bookings
    )


def free_times(
    rules: Rules, subject: SubjectRule, days: Iterable[date], day_of: DayOf, zone: ZoneInfo
) -> Iterator[tuple[int, int]]:
    """Yield (start, number of lanes that have it) of the days, soonest first."""
    for day in days:
        open_then = spans(rules, day, zone)
        kept = day_of(day.isoformat())
        for start in sorted(set(_grid(open_then, subject))):
            lanes = _free(rules, open_then, subject, start, kept)
            if lanes:
                yield start, len(lanes)


def bookable(now: float) -> tuple[float, float]:
    """Return between which moments an appointment may begin that is booked now."""
    return now + SOONEST_S, now + HORIZON_DAYS * 86_400


def agenda(agency: str, rules: Rules, day_of: DayOf, zone: ZoneInfo, now: float) -> Agenda:
    """Return what booths are offered: up to the horizon, later times left out of a full message."""
    today = local_date(now, zone)
    days = [today + timedelta(days=ahead) for ahead in range(HORIZON_DAYS + 1)]
    soonest, latest = bookable(now)
    starts = {
        rule.subject: [
            start
            for start, _ in free_times(rules, rule, days, day_of, zone)
            if soonest <= start <= latest
        ][:MOST_STARTS]
        for rule in rules.subjects
    }
    ordered = sorted(start for several in starts.values() for start in several)
    while True:
        told = _agenda(agency, rules, starts)
        excess = len(encode(told)) - MAX_AGENDA_BYTES
        if excess <= 0 or not ordered:
            return told
        # Eleven characters each.
        cut = ordered[max(0, len(ordered) - 1 - excess // 11)]
        ordered = [start for start in ordered if start < cut]
        starts = {name: [s for s in several if s < cut] for name, several in starts.items()}


def may_book(rules: Rules, subject: SubjectRule, starts_at: int, zone: ZoneInfo) -> bool:
    """Tell whether the rules know of this time at all, taken or not."""
    day = local_date(starts_at, zone)
    empty = Day(date=day.isoformat())
    open_then = spans(rules, day, zone)
    on_grid = starts_at in set(_grid(open_then, subject))
    return on_grid and bool(_free(rules, open_then, subject, starts_at, empty))


def overlapping(bookings: Iterable[Booking]) -> list[tuple[Booking, Booking]]:
    """Return pairs that have one lane at one time: there must never be any."""
    held = [booking for booking in bookings if booking.state in HOLDING]
    held.sort(key=lambda booking: (booking.lane, booking.starts_at))
    return [
        (one, other)
        for one, other in pairwise(held)
        if one.lane == other.lane and other.starts_at < one.ends_at
    ]


def _agenda(agency: str, rules: Rules, starts: dict[str, list[int]]) -> Agenda:
    subjects = tuple(
        Subject(
            subject=rule.subject,
            name=rule.name,
            minutes=rule.minutes,
            starts=tuple(starts[rule.subject]),
        )
        for rule in rules.subjects
    )
    return Agenda(agency=agency, subjects=subjects)


def _grid(open_then: Iterable[Span], subject: SubjectRule) -> Iterator[int]:
    """Yield the starts that a subject may have: one after another from each opening on."""
    step = 60 * subject.minutes
    for span in open_then:
        if not span.subjects or subject.subject in span.subjects:
            yield from range(span.begins, span.ends - step + 1, step)


def _free(
    rules: Rules, open_then: tuple[Span, ...], subject: SubjectRule, starts_at: int, day: Day
) -> list[str]:
    ends = starts_at + 60 * subject.minutes
    lanes = {
        span.lane
        for span in open_then
        if span.begins <= starts_at
        and ends <= span.ends
        and (starts_at - span.begins) % (60 * subject.minutes) == 0
        and (not span.subjects or subject.subject in span.subjects)
    }
    away = {
        absence.lane
        for absence in rules.absences
        if absence.begins < ends and starts_at < absence.ends
    }
    if None in away:
        return []
    free = [lane for lane in lanes - away if is_free(day, lane, starts_at, ends)]
    busy = [booking.lane for booking in day.bookings if booking.state in HOLDING]
    return sorted(free, key=lambda lane: (busy.count(lane), lane))
