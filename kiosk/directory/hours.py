"""When an agency is open, by its timetable in OpenStreetMap's `opening_hours` syntax."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The wheel's stubs forget ParserError.
from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]

#: An opening further away than this is as good as none; it also bounds the search.
HORIZON_DAYS = 365

#: The longest real timetable met in OpenStreetMap is about this long; characters.
MAX_EXPRESSION_CHARS = 255


class HoursError(ValueError):
    """An expression that is not in the `opening_hours` syntax."""


@dataclass(frozen=True, slots=True)
class Day:
    """One date of a timetable."""

    date: date
    spans: tuple[tuple[time, time], ...]
    """Opening and closing times in order; a closing time of 00:00 is the end of the day."""
    holiday: bool
    """The public holidays' rule is what closes it."""


class Timetable:
    """Opening hours at one place: its time zone and its country's public holidays.

    Times given must be aware; times returned are aware, in the place's zone.
    Syntax: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
    """

    def __init__(self, expression: str, zone: ZoneInfo, country: str = "FR") -> None:
        """Read `expression`; `country` is an ISO 3166-1 code.

        Raises:
            HoursError: it is not in that syntax; the message says from which character on.
        """
        self.zone = zone
        self._hours = _parse(expression, zone, country)
        self._without_holidays = _parse(expression, zone, None)

    def is_open(self, now: datetime) -> bool:
        """Return whether the timetable says open; « may be open » counts as not."""
        return self._hours.is_open(_local(now, self.zone))

    def next_opening(self, now: datetime) -> datetime | None:
        """Return when it next turns from closed to open, or None within `HORIZON_DAYS`."""
        start = _local(now, self.zone)
        end = _local(start + timedelta(HORIZON_DAYS), self.zone)
        was_open = self.is_open(start)
        for begin, _, state, _ in self._hours.intervals(start, end):
            if state == State.OPEN and not was_open:
                return begin
            was_open = state == State.OPEN
        return None

    def week(self, now: datetime) -> tuple[Day, ...]:
        """Return the seven days that begin today, each with what is true on that very date."""
        today = now.astimezone(self.zone).date()
        return tuple(self._day(today + timedelta(offset)) for offset in range(7))

    def _day(self, day: date) -> Day:
        spans = _spans(self._hours, day, self.zone)
        holiday = not spans and bool(_spans(self._without_holidays, day, self.zone))
        return Day(day, spans, holiday)


def _parse(expression: str, zone: ZoneInfo, country: str | None) -> OpeningHours:
    if len(expression) > MAX_EXPRESSION_CHARS:
        raise HoursError(f"{len(expression)} characters, {MAX_EXPRESSION_CHARS} at most")
    try:
        return OpeningHours(
            expression,
            timezone=zone,
            country=country,
            auto_country=False,
            max_interval_days=HORIZON_DAYS + 1,
        )
    except ParserError as error:
        raise HoursError(f"not opening hours, {_place_of(error, expression)}") from None


def _place_of(error: Exception, expression: str) -> str:
    """Say where the parser stopped; its own message is a drawing of several lines."""
    _, _, after = str(error).partition("--> 1:")
    digits = after.split("\n", 1)[0]
    column = int(digits) if digits.isdecimal() else 1
    return f"from character {column} on: {expression[column - 1 :][:40]!r}"


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return `moment` in `zone`, moved out of the hour that a spring change of clock skips.

    The parser raises TypeError for a local time that never was; the way through UTC mends it.
    """
    return moment.astimezone(UTC).astimezone(zone)


def _spans(hours: OpeningHours, day: date, zone: ZoneInfo) -> tuple[tuple[time, time], ...]:
    """Return the open times of `day`, neighbours joined, cut at its two midnights."""
    start = _local(datetime.combine(day, time(), zone), zone)
    end = _local(datetime.combine(day + timedelta(1), time(), zone), zone)
    spans: list[tuple[time, time]] = []
    for begin, until, state, _ in hours.intervals(start, end):
        if state != State.OPEN:
            continue
        if spans and spans[-1][1] == begin.time():
            spans[-1] = (spans[-1][0], until.time())
        else:
            spans.append((begin.time(), until.time()))
    return tuple(spans)
