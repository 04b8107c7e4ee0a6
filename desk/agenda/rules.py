"""What an agency opens for appointments: its week, the days that differ, absences, subjects."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.link.bookings import Date
from kiosk.link.errands import MOST_SUBJECTS, Start
from kiosk.link.messages import Slug

HORIZON_DAYS = 28
"""How far ahead appointments are offered."""
SOONEST_S = 30 * 60
"""Appointments begin no sooner: the resident has to come, the agent to see it."""
MOST_OPENINGS = 200
"""A week of ten agents, morning and afternoon, twice over."""
MOST_EXCEPTIONS = 200
MOST_ABSENCES = 500
"""Of all lanes together; those that are over are dropped when the rules are kept."""

_POOL = re.compile(r"pool-[0-9]+", re.ASCII)

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][05]$")]
"""A time of the agency's day, on five minutes: `09:30`."""


class Part(BaseModel):
    """Base of the rules' parts: immutable, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SubjectRule(Part):
    """What people may come for."""

    subject: Slug
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    """As residents read it."""
    minutes: int = Field(ge=5, le=240, multiple_of=5)


class Hours(Part):
    """Part of a day in which somebody has time: local time, both ends within the day."""

    opens: Clock
    closes: Clock
    lane: Slug
    """Whose time it is: an agent's user name, or `pool-<number>` for whoever is there."""
    subjects: Annotated[tuple[Slug, ...], Field(max_length=MOST_SUBJECTS)] = ()
    """For these only; empty: for all."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")
        return self

    @property
    def span(self) -> tuple[time, time]:
        """Both ends, as times of day without a zone."""
        return time.fromisoformat(self.opens), time.fromisoformat(self.closes)


class Opening(Hours):
    """Hours of every week."""

    weekday: int = Field(ge=0, le=6)
    """0 is Monday."""


class DayException(Part):
    """A date that differs from its weekday: other hours, or none at all."""

    date: Date
    hours: Annotated[tuple[Hours, ...], Field(max_length=40)] = ()
    """All that is open on that date; empty: closed."""

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        date.fromisoformat(self.date)
        return self


class Absence(Part):
    """A time at which a lane, or the whole agency, is not there."""

    begins: Start
    ends: Start
    lane: Slug | None = None
    """None: the whole agency."""
    imported: bool = False
    """From a calendar: replaced by the lane's next import."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.begins >= self.ends:
            raise ValueError("begins must be before ends")
        return self


class Rules(Part):
    """All of it; an agency without rules opens nothing."""

    version: int = Field(default=0, ge=0)
    """Grows with each change; who changes the rules names the version that they read."""
    subjects: Annotated[tuple[SubjectRule, ...], Field(max_length=MOST_SUBJECTS)] = ()
    week: Annotated[tuple[Opening, ...], Field(max_length=MOST_OPENINGS)] = ()
    exceptions: Annotated[tuple[DayException, ...], Field(max_length=MOST_EXCEPTIONS)] = ()
    absences: Annotated[tuple[Absence, ...], Field(max_length=MOST_ABSENCES)] = ()

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        known = [rule.subject for rule in self.subjects]
        dates = [exception.date for exception in self.exceptions]
        if len(set(known)) != len(known) or len(set(dates)) != len(dates):
            raise ValueError("a subject or a date is named twice")
        hours = [*self.week, *(part for other in self.exceptions for part in other.hours)]
        if not {subject for part in hours for subject in part.subjects} <= set(known):
            raise ValueError("hours name a subject that is none")
        return self

    def subject(self, name: str) -> SubjectRule | None:
        """Return the rule of a subject."""
        return next((rule for rule in self.subjects if rule.subject == name), None)

    def hours(self, day: date) -> tuple[Hours, ...]:
        """Return what is open on a day, absences not yet taken out."""
        for exception in self.exceptions:
            if exception.date == day.isoformat():
                return exception.hours
        return tuple(opening for opening in self.week if opening.weekday == day.weekday())


def is_pool(lane: str) -> bool:
    """Whether a lane is the time of whoever is there, and not of one agent."""
    return _POOL.fullmatch(lane) is not None


def default_rules(agents: tuple[str, ...] = ("pool-1",)) -> Rules:
    """Return what a demonstration opens: every weekday and Saturday, for these lanes."""
    subjects = (
        SubjectRule(subject="dossier", name="Le point sur mon dossier", minutes=20),
        SubjectRule(subject="demande", name="Une nouvelle demande", minutes=40),
        SubjectRule(subject="papiers", name="Un courrier que je ne comprends pas", minutes=20),
    )
    week = tuple(
        Opening(weekday=weekday, opens=opens, closes=closes, lane=lane)
        for weekday in range(6)
        for lane in agents
        for opens, closes in (("08:00", "12:00"), ("13:00", "18:00"))
    )
    return Rules(version=1, subjects=subjects, week=week)
