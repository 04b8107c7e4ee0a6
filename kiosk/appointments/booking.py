"""Booking: agency, subject, day, hour; the time is held first, and then asked for whom."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.appointments.choosing import Choosing
from kiosk.appointments.means import Means, Steps
from kiosk.appointments.persons import first_name, sealed_person
from kiosk.appointments.telephone import normalised
from kiosk.appointments.view import BookingStep, BookingView
from kiosk.link.errands import Appointment, Book, ErrandAnswer, Outcome, Person, TellPerson
from kiosk.link.line import LineDown
from kiosk.link.messages import new_ticket_id


class Booking:
    """One booking, from its first question until the appointment is confirmed or left."""

    def __init__(
        self,
        means: Means,
        agency: str,
        booked: Callable[[Appointment], None],
        replaces: Appointment | None = None,
    ) -> None:
        """`agency` may be empty: it is asked for. `booked` is called once, with what was made.

        With `replaces` another time is looked for: its agency, subject and person are known.
        """
        self._means = means
        self._agency_given = agency in means.site.agencies
        self._choosing = Choosing(
            means.desks, means.site, agency=agency if self._agency_given else ""
        )
        self._booked = booked
        self._replaces = replaces
        self._steps = Steps(means.changed)
        self._asked: tuple[str, Book] | None = None
        self._held: Appointment | None = None
        self._taken = self._unreachable = self._wrong_number = False
        agenda = self._choosing.agenda
        if replaces is not None and agenda is not None:
            by_name = {subject.name: subject.subject for subject in agenda.subjects}
            self._choosing.subject = by_name.get(replaces.subject_name, "")

    @property
    def view(self) -> BookingView:
        """What the screen shows, from what the agency tells now."""
        choosing, now = self._choosing, self._means.clock()
        step = choosing.step if self._held is None else BookingStep.PERSON
        choices = choosing.choices(now) if self._held is None else ()
        if self._held is None and not choices:
            # Why there is no answer is said where the times would be.
            step = BookingStep.TIME
        days, hours = choosing.times(now) if step is BookingStep.TIME else ((), ())
        asked = (choosing.agency,) if choosing.agency else tuple(self._means.site.agencies)
        silent = all(self._means.desks.agenda(agency) is None for agency in asked)
        return BookingView(
            step=step,
            choices=choices,
            days=days,
            hours=hours,
            busy=self._steps.busy,
            taken=self._taken,
            unreachable=self._unreachable or silent,
            nothing_free=not (silent or choices or days or self._held),
            moving=self._replaces is not None,
            wrong_number=self._wrong_number,
        )

    def choose(self, key: str) -> None:
        """An agency, or a subject."""
        if self._held is None and self._choosing.answer(key):
            self._means.changed()

    def choose_day(self, key: str) -> None:
        """A day of the row; one that is not there any more shows the first."""
        self._choosing.day = key
        self._taken = False
        self._means.changed()

    async def choose_hour(self, key: str) -> None:
        """Ask for this time at once, if it is one of those shown."""
        starts = {str(start): start for start in self._choosing.starts(self._means.clock())}
        if self._held is None and key in starts:
            await self._steps.run(self._hold(starts[key]))

    async def tell_person(self, name: str, telephone: str) -> None:
        """Confirm the time that is held, for whoever this is; both may be empty."""
        if self._held is None or self._steps.busy:
            return
        number = normalised(telephone) if telephone.strip() else ""
        self._wrong_number = number is None
        if number is None:
            self._means.changed()
            return
        person = Person(first_name=first_name(name), telephone=number)
        await self._steps.run(self._confirm(self._held, person))

    def back(self) -> bool:
        """Go one question back; False when this was the first."""
        choosing, was_held = self._choosing, self._held is not None
        self._taken = self._unreachable = self._wrong_number = False
        if was_held:
            self.close()
        elif choosing.subject and self._replaces is None:
            self.close()
            choosing.subject = ""
        elif choosing.agency and not self._agency_given:
            self.close()
            choosing.agency = ""
        else:
            return False
        self._means.changed()
        return True

    def close(self) -> None:
        """What is held or asked for, and not confirmed, goes back to the agency."""
        self._steps.stop()
        held, self._held = self._held, None
        if held is not None:
            self._means.giving_back.held(held.agency, held.appointment)
        self._forget_asked()

    async def _hold(self, start: int) -> None:
        """Ask for a time; the same one again under the same number, for it may be ours already."""
        self._taken = self._unreachable = False
        if self._asked is None or self._asked[1].starts_at != start:
            self._forget_asked()
            subject = self._choosing.chosen_subject
            if subject is None:
                return
            replaces = self._replaces.appointment if self._replaces is not None else None
            book = Book(subject=subject.subject, starts_at=start, replaces=replaces)
            self._asked, self._choosing.asked = (new_ticket_id(), book), start
        errand, book = self._asked
        try:
            answer = await self._means.desks.ask(self._choosing.agency, book, errand=errand)
        except LineDown:
            self._unreachable = True
            return
        self._asked = self._choosing.asked = None
        self._take(answer, start)

    def _take(self, answer: ErrandAnswer, start: int) -> None:
        match answer.outcome:
            case Outcome.DONE if answer.appointment is not None:
                if self._replaces is None:
                    self._held = answer.appointment
                else:
                    self._booked(answer.appointment)
            case Outcome.TAKEN | Outcome.UNKNOWN:
                # The agenda may not have heard of it yet.
                self._choosing.gone.add(start)
                self._taken = True
            case _:
                self._unreachable = True

    async def _confirm(self, held: Appointment, person: Person) -> None:
        self._unreachable = False
        sealed = sealed_person(person, self._means.desks.keys(held.agency))
        if sealed is None:
            self._unreachable = True
            return
        body = TellPerson(appointment=held.appointment, sealed=sealed)
        try:
            answer = await self._means.desks.ask(held.agency, body)
        except LineDown:
            self._unreachable = True
            return
        match answer.outcome:
            case Outcome.DONE:
                self._held = None
                self._booked(held)
            case Outcome.UNKNOWN | Outcome.CANCELLED | Outcome.TAKEN:
                # Held for too long: the agency has given it up.
                self._held = None
                self._taken = True
            case _:
                self._unreachable = True

    def _forget_asked(self) -> None:
        asked, self._asked = self._asked, None
        self._choosing.asked = None
        # A move that went through unheard is not undone: the earlier time may be another's by now.
        if asked is not None and self._replaces is None:
            self._means.giving_back.asked(self._choosing.agency, *asked)
