"""Appointments as an iCalendar file, and busy times out of one (RFC 5545); nothing personal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event

from desk.agenda.edits import OPEN
from desk.agenda.repeats import Budget, Repeats
from desk.agenda.rules import HORIZON_DAYS, MOST_ABSENCES, Absence
from kiosk.link.bookings import Booking

MAX_CALENDAR_BYTES = 524_288
"""Years of one agent's calendar."""
_MOST_EVENTS = 5_000
_MOST_DAYS_LOOKED_AT = 200_000
"""Of all repetitions together: 0.3 s."""
_LONGEST = timedelta(days=366)
_FREE = frozenset({"TRANSPARENT"})


class NotACalendar(ValueError):
    """What was sent is no iCalendar file that can be read."""


def export(agency: str, name: str, bookings: Iterable[Booking], now: float) -> bytes:
    """Return the appointments to come as a calendar: when and for how long, not who or what for."""
    calendar = Calendar()
    calendar.add("prodid", "-//visio-guichet//agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Rendez-vous {name}")
    for booking in sorted(bookings, key=lambda each: each.starts_at):
        if booking.state not in OPEN:
            continue
        event = Event()
        event.add("uid", f"{booking.appointment}@{agency}.visio-guichet")
        event.add("dtstamp", datetime.fromtimestamp(int(now), UTC))
        event.add("dtstart", datetime.fromtimestamp(booking.starts_at, UTC))
        event.add("dtend", datetime.fromtimestamp(booking.ends_at, UTC))
        event.add("summary", "Rendez-vous visio-guichet")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def busy_times(
    data: bytes, lane: str | None, zone: ZoneInfo, now: float
) -> tuple[tuple[Absence, ...], int]:
    """Return the times in a hostile calendar at which nobody is there, and how many were left out.

    Times from now to the horizon count, repetitions laid out; free, cancelled and nameless-time
    events do not. An unzoned time is the agency's own.

    Raises:
        NotACalendar: it is none, or larger than can be read.
    """
    if len(data) > MAX_CALENDAR_BYTES:
        raise NotACalendar("too large")
    try:
        events = list(Calendar.from_ical(data).walk("VEVENT"))[: _MOST_EVENTS + 1]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        # icalendar promises ValueError and keeps it for most of what is wrong.
        raise NotACalendar("not read") from None
    if len(events) > _MOST_EVENTS:
        raise NotACalendar("too many events")
    found: dict[tuple[int, int], Absence] = {}
    left_out, budget = 0, Budget(_MOST_DAYS_LOOKED_AT)
    for event in events:
        before = len(found)
        try:
            for begins, ends in _spans(event, zone, now, budget):
                if len(found) < MOST_ABSENCES:
                    found[begins, ends] = Absence(
                        begins=begins, ends=ends, lane=lane, imported=True
                    )
        except (ValueError, TypeError, AttributeError, OverflowError, KeyError, IndexError):
            # One event that is not understood does not cost the others.
            left_out += 1
            continue
        left_out += len(found) == before
    return tuple(sorted(found.values(), key=lambda each: each.begins)), left_out


def _spans(
    event: Component, zone: ZoneInfo, now: float, budget: Budget
) -> Iterator[tuple[int, int]]:
    if str(event.get("TRANSP", "")).upper() in _FREE:
        return
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    start = _moment(event.decoded("DTSTART"), zone)
    length = _length(event, start, zone)
    if not timedelta() < length <= _LONGEST:
        return
    for begins in _starts(event, start, length, zone, now, budget):
        ends = begins + length
        if ends.timestamp() > now and begins.timestamp() <= now + HORIZON_DAYS * 86_400:
            yield int(begins.timestamp()), int(ends.timestamp())


def _starts(
    event: Component, start: datetime, length: timedelta, zone: ZoneInfo, now: float, budget: Budget
) -> Iterator[datetime]:
    rule = event.get("RRULE")
    if rule is None:
        yield start
        return
    if not isinstance(rule, Mapping):
        raise NotACalendar("several rules for one event")
    left_out = {_moment(each, zone).timestamp() for each in _dates(event.get("EXDATE"))}
    today = datetime.fromtimestamp(now, zone).date()
    since = today - timedelta(days=1 + length.days)
    last = today + timedelta(days=HORIZON_DAYS + 1)
    for day in Repeats.read(rule).days(start.date(), since, last, budget):
        moment = datetime.combine(day, start.timetz())
        if moment.timestamp() not in left_out:
            yield moment


def _dates(value: object) -> Iterator[object]:
    """Yield the dates of an EXDATE, of which there may be none, one line or several."""
    lines = value if isinstance(value, list) else [value]
    for line in lines:
        yield from (each.dt for each in getattr(line, "dts", ()))


def _length(event: Component, start: datetime, zone: ZoneInfo) -> timedelta:
    if "DTEND" in event:
        return _moment(event.decoded("DTEND"), zone) - start
    if "DURATION" in event:
        length = event.decoded("DURATION")
        return length if isinstance(length, timedelta) else timedelta()
    whole_day = not isinstance(event.decoded("DTSTART"), datetime)
    return timedelta(days=1) if whole_day else timedelta()


def _moment(value: object, zone: ZoneInfo) -> datetime:
    """Return a DATE or DATE-TIME as an aware time; a day begins at its midnight."""
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(), zone)
    raise ValueError("not a time")
