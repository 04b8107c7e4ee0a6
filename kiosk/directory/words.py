"""Times and opening hours in the French words that a resident reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from kiosk.directory.hours import Day

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

#: « 8 h 30 » must not be torn apart at the end of a line.
NBSP = "\N{NO-BREAK SPACE}"

#: From here on a day's name alone could mean this week's or the next; days.
NAME_IS_ENOUGH_DAYS = 7


def clock(moment: time) -> str:
    """Return a time of day: « 9 h », « 8 h 30 », « 14 h 05 »."""
    minutes = f"{NBSP}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def calendar_day(day: date) -> str:
    """Return a date without its year: « mardi 3 novembre », « vendredi 1er janvier »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number}{NBSP}{MONTHS[day.month - 1]}"


def opening(at: datetime | None, now: datetime) -> str:
    """Return when something opens, to follow « Ouvre »; empty when `at` is None.

    « à 14 h », « demain à 9 h », « lundi à 8 h 30 », « mardi 3 novembre à 9 h ». Both times are
    aware; the day is told apart in the zone of `at`.
    """
    if at is None:
        return ""
    hour = f"à {clock(at.time())}"
    days = (at.date() - now.astimezone(at.tzinfo).date()).days
    if days <= 0:
        return hour
    if days == 1:
        return f"demain {hour}"
    if days < NAME_IS_ENOUGH_DAYS:
        return f"{DAYS[at.weekday()]} {hour}"
    return f"{calendar_day(at.date())} {hour}"


def week(days: Iterable[Day]) -> tuple[tuple[str, str], ...]:
    """Return each day's name and hours, Monday first: (« Lundi », « 9 h – 12 h, 14 h – 17 h »)."""
    ordered = sorted(days, key=lambda day: day.date.weekday())
    return tuple((DAYS[day.date.weekday()].capitalize(), _hours_of(day)) for day in ordered)


def _hours_of(day: Day) -> str:
    if day.holiday:
        return "fermé, jour férié"
    if not day.spans:
        return "fermé"
    if day.spans == ((time(), time()),):
        return f"24{NBSP}h sur 24"
    return ", ".join(f"{clock(begin)}{NBSP}–{NBSP}{_until(end)}" for begin, end in day.spans)


def _until(end: time) -> str:
    return f"24{NBSP}h" if end == time() else clock(end)
