"""An agency's free times as buttons: subjects, days in a row, and the hours of one day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from kiosk.appointments.view import Choice
from kiosk.appointments.words import local
from kiosk.directory.words import DAYS, NBSP, calendar_day, clock
from kiosk.link.errands import Agenda, Subject


def free(subject: Subject, now: datetime, gone: Collection[int] = ()) -> tuple[int, ...]:
    """Return the starts that can still be had, soonest first; `gone` are known to be taken."""
    soonest = now.timestamp()
    return tuple(sorted({start for start in subject.starts if start > soonest} - set(gone)))


def subject_of(agenda: Agenda | None, key: str) -> Subject | None:
    """Return the subject with this key, if it is offered."""
    subjects = agenda.subjects if agenda is not None else ()
    return next((subject for subject in subjects if subject.subject == key), None)


def subject_choices(agenda: Agenda, now: datetime) -> tuple[Choice, ...]:
    """Return the subjects for which there is a time; one without would lead nowhere."""
    return tuple(
        Choice(subject.subject, subject.name, f"{subject.minutes}{NBSP}minutes")
        for subject in agenda.subjects
        if free(subject, now)
    )


def days_of(starts: Iterable[int], zone: ZoneInfo) -> dict[str, tuple[int, ...]]:
    """Return the starts of each day of the agency's calendar, by its ISO date, in order."""
    by_day = groupby(sorted(starts), key=lambda start: local(start, zone).date().isoformat())
    return {day: tuple(its) for day, its in by_day}


def day_choices(days: Iterable[str], chosen: str) -> tuple[Choice, ...]:
    """Return the row of days: « mardi », « 24 novembre »."""
    return tuple(_day(date.fromisoformat(day), chosen=day == chosen) for day in days)


def hour_choices(starts: Iterable[int], zone: ZoneInfo) -> tuple[Choice, ...]:
    """Return the hours of a day: « 9 h 30 »; the key is the start in Unix seconds."""
    return tuple(Choice(str(start), clock(local(start, zone).time())) for start in starts)


def _day(day: date, *, chosen: bool) -> Choice:
    name = DAYS[day.weekday()]
    return Choice(
        day.isoformat(), name, calendar_day(day).removeprefix(name).lstrip(), chosen=chosen
    )
