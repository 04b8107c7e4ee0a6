"""The days on which an event of a calendar repeats: RFC 5545, section 3.3.10, as people use it.

Looked at day by day, so that the work is bounded whatever a rule says: a library that searches for
the next day that fits would search for « 30 February » until the end of time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_UNDERSTOOD = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}
)
_MOST_BY = 40


class NotUnderstood(ValueError):
    """A rule that says more than is read here."""


class Budget:
    """How many days may still be looked at, of all events together."""

    def __init__(self, left: int) -> None:
        self._left = left

    def spend(self) -> bool:
        """Take one, and tell whether there was one."""
        self._left -= 1
        return self._left >= 0


@dataclass(frozen=True, slots=True)
class Repeats:
    """A rule, checked."""

    frequency: str
    interval: int
    count: int | None
    until: date | datetime | None
    """A moment counts to the second, a day as a whole."""
    weekdays: tuple[tuple[int, int], ...]
    """(which one of the month, 0 for each; weekday)."""
    month_days: tuple[int, ...]
    months: tuple[int, ...]

    @classmethod
    def read(cls, rule: Mapping[str, object]) -> Self:
        """Return the rule that `icalendar` parsed.

        Raises:
            NotUnderstood: it has parts that are not read here, or values that are none.
        """
        if {name.upper() for name in rule} - _UNDERSTOOD:
            raise NotUnderstood("an unknown part")
        frequency = str(_one(rule, "FREQ", ""))
        counted = _one(rule, "COUNT", None)
        until = _one(rule, "UNTIL", None)
        read = cls(
            frequency,
            _number(_one(rule, "INTERVAL", 1), 1, 1_000),
            None if counted is None else _number(counted, 1, 100_000),
            None if until is None else _end(until),
            tuple(_weekday(str(each)) for each in _several(rule, "BYDAY")),
            tuple(_number(each, -31, 31) for each in _several(rule, "BYMONTHDAY")),
            tuple(_number(each, 1, 12) for each in _several(rule, "BYMONTH")),
        )
        numbered = any(nth for nth, _ in read.weekdays)
        yearly_weekdays = frequency == "YEARLY" and read.weekdays and not read.months
        if frequency not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
            raise NotUnderstood("repeats too often, or never")
        if (numbered and frequency not in {"MONTHLY", "YEARLY"}) or yearly_weekdays:
            raise NotUnderstood("weekdays of a whole year")
        return read

    def days(self, first: date, since: date, last: date, budget: Budget) -> Iterator[date]:
        """Yield the days from `since` to `last` of an event that is first on `first`.

        Where the rule ends at a moment there may be a day too many: `reaches` knows the hour.
        """
        # Only a count has to be counted from the beginning.
        day = first if self.count is not None else max(first, since)
        left = self.count
        while day <= last and budget.spend():
            if left == 0 or self._is_past(day):
                return
            if day == first or self._fits(first, day):
                left = None if left is None else left - 1
                if day >= since:
                    yield day
            day += timedelta(days=1)

    def reaches(self, moment: datetime) -> bool:
        """Tell whether the rule has not ended before `moment`, an aware time."""
        match self.until:
            case datetime() as end:
                zoned = end if end.tzinfo is not None else end.replace(tzinfo=moment.tzinfo)
                return moment <= zoned
            case date() as day:
                return moment.date() <= day
            case None:
                return True

    def _is_past(self, day: date) -> bool:
        match self.until:
            case datetime() as end:
                # The moment may be named in a zone in which it is still the day before.
                return day - timedelta(days=1) > end.date()
            case date() as last:
                return day > last
            case None:
                return False

    def _fits(self, first: date, day: date) -> bool:
        return (
            self._periods(first, day) % self.interval == 0
            and (not self.months or day.month in self.months)
            and self._fits_month_day(first, day)
            and self._fits_weekday(first, day)
            and (self.frequency != "YEARLY" or bool(self.months) or day.month == first.month)
        )

    def _periods(self, first: date, day: date) -> int:
        match self.frequency:
            case "DAILY":
                return (day - first).days
            case "WEEKLY":
                monday = first - timedelta(days=first.weekday())
                return (day - monday).days // 7
            case "MONTHLY":
                return (day.year - first.year) * 12 + day.month - first.month
            case _:
                return day.year - first.year

    def _fits_month_day(self, first: date, day: date) -> bool:
        length = calendar.monthrange(day.year, day.month)[1]
        if self.month_days:
            return day.day in self.month_days or day.day - length - 1 in self.month_days
        given = self.frequency in {"MONTHLY", "YEARLY"} and not self.weekdays
        return not given or day.day == first.day

    def _fits_weekday(self, first: date, day: date) -> bool:
        if not self.weekdays:
            return self.frequency != "WEEKLY" or day.weekday() == first.weekday()
        length = calendar.monthrange(day.year, day.month)[1]
        ranks = {0, (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)}
        return any(weekday == day.weekday() and nth in ranks for nth, weekday in self.weekdays)


def _several(rule: Mapping[str, object], name: str) -> list[object]:
    value = rule.get(name, [])
    found = list(value) if isinstance(value, (list, tuple)) else [value]
    if len(found) > _MOST_BY:
        raise NotUnderstood("too long")
    return found


def _one(rule: Mapping[str, object], name: str, default: object) -> object:
    found = _several(rule, name)
    return found[0] if found else default


def _number(value: object, least: int, most: int) -> int:
    number = int(str(value))
    if not least <= number <= most or number == 0:
        raise NotUnderstood("a number out of range")
    return number


def _weekday(text: str) -> tuple[int, int]:
    found = _BYDAY.fullmatch(text.upper())
    if found is None:
        raise NotUnderstood("not a weekday")
    return int(found[1] or 0), _WEEKDAYS.index(found[2])


def _end(value: object) -> date:
    if isinstance(value, date):
        return value
    raise NotUnderstood("not a day")
