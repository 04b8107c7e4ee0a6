"""Which agency, subject and day somebody books at: questions answered so far, over live agendas."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.appointments import free_times
from kiosk.appointments.means import Site
from kiosk.appointments.ports import Desks
from kiosk.appointments.view import BookingStep, Choice
from kiosk.link.errands import Agenda, Subject


@dataclass(slots=True)
class Choosing:
    """Answers, and the choices that follow from them now; it asks nobody."""

    desks: Desks
    site: Site
    agency: str = ""
    subject: str = ""
    day: str = ""
    gone: set[int] = field(default_factory=set)
    """Starts that others were quicker for, in case the agenda still has them."""
    asked: int | None = None
    """A start asked for without an answer: shown still, for it may be this resident's already."""

    @property
    def step(self) -> BookingStep:
        """The question that is open."""
        if not self.agency:
            return BookingStep.AGENCY
        if self.agenda is None or self.chosen_subject is not None:
            return BookingStep.TIME
        return BookingStep.SUBJECT

    @property
    def agenda(self) -> Agenda | None:
        """What the agency offers; None while it is silent, or none is chosen."""
        return self.desks.agenda(self.agency) if self.agency else None

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the agency's hours."""
        return self.site.agencies[self.agency].zone

    @property
    def chosen_subject(self) -> Subject | None:
        """The one chosen; an agency with only one does not ask."""
        agenda = self.agenda
        if agenda is not None and len(agenda.subjects) == 1:
            return agenda.subjects[0]
        return free_times.subject_of(agenda, self.subject)

    def answer(self, key: str) -> bool:
        """Take an agency or a subject; False where it is none of the choices."""
        match self.step:
            case BookingStep.AGENCY if key in self.site.agencies:
                self.agency = key
            case BookingStep.SUBJECT if free_times.subject_of(self.agenda, key) is not None:
                self.subject = key
            case _:
                return False
        return True

    def choices(self, now: datetime) -> tuple[Choice, ...]:
        """Return the buttons of the question of agency or subject."""
        agenda = self.agenda
        match self.step:
            case BookingStep.AGENCY:
                return tuple(
                    Choice(key, words.name)
                    for key, words in self.site.agencies.items()
                    if (its := self.desks.agenda(key)) and free_times.subject_choices(its, now)
                )
            case BookingStep.SUBJECT if agenda is not None:
                return free_times.subject_choices(agenda, now)
            case _:
                return ()

    def starts(self, now: datetime) -> tuple[int, ...]:
        """Return the free times of the subject."""
        subject = self.chosen_subject
        if subject is None:
            return ()
        starts = free_times.free(subject, now, self.gone)
        return starts if self.asked is None else tuple(sorted({*starts, self.asked}))

    def times(self, now: datetime) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
        """Return the row of days, and the hours of the one chosen or else of the first."""
        if not self.agency:
            return (), ()
        days = free_times.days_of(self.starts(now), self.zone)
        day = self.day if self.day in days else next(iter(days), "")
        hours = free_times.hour_choices(days.get(day, ()), self.zone)
        return free_times.day_choices(days, day), hours
