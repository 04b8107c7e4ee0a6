"""Appointments as an iCalendar file, and busy times out of one (RFC 5545); nothing personal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event

from desk.agenda.edits import OPEN
from desk.agenda.repeats import Budget, Repeats
from desk.agenda.rules import HORIZON_DAYS, MOST_ABSENCES, Absence
from desk.agenda.slots import bookable
from kiosk.link.bookings import Booking

MAX_CALENDAR_BYTES = 524_288
"""Years of one agent's calendar."""
LAID_OUT_DAYS = 2 * HORIZON_DAYS
"""How far ahead busy times are taken: imported every four weeks, none is missing from any offer."""
_KEPT_FREE = 100
"""Absences that times beyond the horizon leave room for: others' imports, and typed ones."""
_MOST_EVENTS = 5_000
_MOST_DAYS_LOOKED_AT = 200_000
"""Of all repetitions together: 0.3 s."""
_LONGEST = timedelta(days=366)
_FREE = frozenset({"TRANSPARENT"})
_NOT_UNDERSTOOD = (ValueError, TypeError, AttributeError, OverflowError, KeyError, IndexError)


class NotACalendar(ValueError):
    """What was sent is no iCalendar file that can be read."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the events of one calendar are read with."""

    zone: ZoneInfo
    now: float
    budget: Budget
    replaced: Mapping[str, set[float]]
    """By series: the moments of occurrences that have an event of their own, moved say."""


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

    Times of the coming `LAID_OUT_DAYS` count, repetitions laid out; free, cancelled and
    nameless-time events do not. An unzoned time is the agency's own.

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
    found: set[tuple[int, int]] = set()
    reading = _Reading(zone, now, Budget(_MOST_DAYS_LOOKED_AT), _replaced(events, zone))
    left_out = 0
    for event in events:
        before = len(found)
        try:
            found.update(_spans(event, reading))
        except _NOT_UNDERSTOOD:
            # One event that is not understood does not cost the others.
            left_out += 1
            continue
        left_out += len(found) == before
    # One more than can be kept: who asks sees that they are too many.
    soonest = sorted(found)[: MOST_ABSENCES + 1]
    return tuple(Absence(begins=b, ends=e, lane=lane, imported=True) for b, e in soonest), left_out


def fitting(absences: Sequence[Absence], now: float) -> tuple[Absence, ...]:
    """Leave imported times out that no booth offers yet, the latest, as far as all are too many."""
    _, horizon = bookable(now)
    ordered = sorted(absences, key=lambda each: each.begins)
    far = [each for each in ordered if each.imported and each.begins > horizon]
    room = max(0, MOST_ABSENCES - _KEPT_FREE - (len(absences) - len(far)))
    dropped = {id(each) for each in far[room:]}
    return tuple(each for each in absences if id(each) not in dropped)


def _replaced(events: Iterable[Component], zone: ZoneInfo) -> dict[str, set[float]]:
    found: dict[str, set[float]] = {}
    for event in events:
        with suppress(*_NOT_UNDERSTOOD):
            if "RECURRENCE-ID" in event and not _of_many(event):
                moment = _moment(event.decoded("RECURRENCE-ID"), zone)
                found.setdefault(str(event["UID"]), set()).add(moment.timestamp())
    return found


def _of_many(event: Component) -> bool:
    """Tell whether an event stands for an occurrence and all that follow it."""
    return "RANGE" in event["RECURRENCE-ID"].params


def _spans(event: Component, reading: _Reading) -> Iterator[tuple[int, int]]:
    if str(event.get("TRANSP", "")).upper() in _FREE:
        return
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    start = _moment(event.decoded("DTSTART"), reading.zone)
    length = _length(event, start, reading.zone)
    if not timedelta() < length <= _LONGEST:
        return
    for moment in _starts(event, start, length, reading):
        begins, ends = int(moment.timestamp()), int((moment + length).timestamp())
        if begins >= ends:
            raise ValueError("in an hour that a clock change skips")
        if ends > reading.now and begins <= reading.now + LAID_OUT_DAYS * 86_400:
            yield begins, ends


def _starts(
    event: Component, start: datetime, length: timedelta, reading: _Reading
) -> Iterator[datetime]:
    gone = {_moment(each, reading.zone).timestamp() for each in _dates(event.get("EXDATE"))}
    if "RECURRENCE-ID" not in event:
        gone |= reading.replaced.get(str(event.get("UID", "")), set())
    elif _of_many(event):
        raise ValueError("a part of a series")
    more = [_moment(each, reading.zone) for each in _dates(event.get("RDATE"))]
    for moment in (*more, *_repeated(event, start, length, reading)):
        if moment.timestamp() not in gone:
            yield moment


def _repeated(
    event: Component, start: datetime, length: timedelta, reading: _Reading
) -> Iterator[datetime]:
    rule = event.get("RRULE")
    if rule is None:
        yield start
        return
    if not isinstance(rule, Mapping):
        raise NotACalendar("several rules for one event")
    repeats = Repeats.read(rule)
    today = datetime.fromtimestamp(reading.now, reading.zone).date()
    since = today - timedelta(days=1 + length.days)
    last = today + timedelta(days=LAID_OUT_DAYS + 1)
    for day in repeats.days(start.date(), since, last, reading.budget):
        moment = datetime.combine(day, start.timetz())
        if repeats.reaches(moment):
            yield moment


def _dates(value: object) -> Iterator[object]:
    """Yield the dates of an EXDATE or RDATE, of which there may be none, one line or several."""
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
