"""Check-in: a pass before the camera, six typed digits, or a card; each case its own verdict."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.appointments import verdicts
from kiosk.appointments.guesses import Guesses
from kiosk.appointments.means import Means, Steps
from kiosk.appointments.offline import read_pass
from kiosk.appointments.paper_ticket import card_mark, told
from kiosk.appointments.searching import Found, judged, search
from kiosk.appointments.verdicts import COMING_IN, OPENS, STANDING, Judged
from kiosk.appointments.view import AppointmentView, CheckInStep, CheckInView, Verdict
from kiosk.appointments.words import local, when
from kiosk.directory.words import clock
from kiosk.link.errands import (
    Appointment,
    AppointmentState,
    Cancel,
    CheckIn,
    ErrandAnswer,
    ErrandBody,
    Find,
    FindCard,
    Look,
    Outcome,
)
from kiosk.link.line import LineDown
from kiosk.link.passes import Pass, Refusal

CODE_DIGITS = 6
#: An agency's word after which a resident who says « Je suis là » is told instead of let in.
_TURNED_AWAY = frozenset({Outcome.CANCELLED, Outcome.USED, Outcome.UNKNOWN, Outcome.WRONG_DAY})


class CheckingIn:
    """One check-in, from « J'ai un rendez-vous » until the resident comes in or leaves."""

    def __init__(self, means: Means, guesses: Guesses) -> None:
        self._means = means
        self._guesses = guesses
        self._steps = Steps(means.changed)
        self._step = CheckInStep.ASKING
        self._judged = Judged(Verdict.NONE)
        self._digits = ""
        self._known: Appointment | None = None
        self._pass: Pass | None = None
        self._moved = self._cancelled = False

    @property
    def view(self) -> CheckInView:
        """What the screen shows."""
        asking, readers = self._step is CheckInStep.ASKING, self._means.readers
        taking = asking and not self._steps.busy
        verdict = self._judged.verdict
        settled = not self._steps.busy and not asking and not self._cancelled
        known = self._known if settled else None
        stands = known is not None and known.state is AppointmentState.BOOKED
        return CheckInView(
            step=CheckInStep.LOOKING if self._steps.busy else self._step,
            verdict=verdict,
            appointment=self._shown(),
            minutes=self._judged.minutes,
            opens=self._opens() if verdict is Verdict.EARLY and self._start() else "",
            moved=self._moved,
            digits=self._digits,
            reading=taking and readers.codes(),
            cards=taking and readers.cards(),
            can_come_in=settled and self._number() != "" and verdict in COMING_IN,
            can_cancel=stands and verdict in STANDING,
            can_move=stands and verdict in STANDING,
            cancelled=self._cancelled,
        )

    @property
    def standing(self) -> Appointment | None:
        """The appointment that may be moved now."""
        return self._known if self.view.can_move else None

    async def code(self, text: str) -> None:
        """A code reader has read this hostile text."""
        if self._steps.busy or self._number():
            return
        read = read_pass(self._means, text)
        if isinstance(read, Refusal):
            self._tell(Judged(verdicts.of_refusal(read)))
            return
        await self._steps.run(self._look(read))

    async def type_digits(self, typed: str) -> None:
        """The code as typed so far; the sixth digit asks."""
        if self._steps.busy:
            return
        self._forget()
        self._digits = "".join(sign for sign in typed if sign in "0123456789")[:CODE_DIGITS]
        if len(self._digits) < CODE_DIGITS:
            self._means.changed()
        elif self._guesses.too_many:
            self._tell(Judged(Verdict.TOO_MANY))
        else:
            await self._steps.run(self._find(self._digits))

    async def card(self, digest: str) -> None:
        """A resident's card; an empty digest is a card without a number of its own."""
        if self._steps.busy or self._number():
            return
        if not digest:
            self._tell(Judged(Verdict.CARD_UNKNOWN))
            return
        # Marked before the first wait: the digest itself is not kept.
        marks = {agency: card_mark(digest, agency) for agency in self._means.site.agencies}
        await self._steps.run(
            self._search(lambda agency: FindCard(card=marks[agency]), Verdict.CARD_UNKNOWN)
        )

    async def come_in(self) -> None:
        """« Je suis là »: the agency is told, and its agent is waited for."""
        if self.view.can_come_in:
            await self._steps.run(self._come_in())

    async def cancel(self) -> None:
        """The resident gives the appointment up."""
        known = self._known
        if self.view.can_cancel and known is not None:
            await self._steps.run(self._cancel(known))

    def back(self) -> bool:
        """Ask for another code; False when this was the first question, or all is said."""
        if self._step is CheckInStep.ASKING or self._cancelled:
            return False
        self.close()
        self._forget()
        self._means.changed()
        return True

    def close(self) -> None:
        """The screen is left."""
        self._steps.stop()

    async def _look(self, read: Pass) -> None:
        self._forget()
        self._pass = read
        answer = await self._ask(read.agency, Look(appointment=read.appointment.hex()))
        words = self._means.site.agencies[read.agency]
        here, start = self._means.site.kiosk, int(read.starts_at.timestamp())
        alone = verdicts.by_clock(start, read.booth, here, self._means.clock(), words.zone)
        if answer is None or answer.outcome is Outcome.REFUSED:
            # Right as far as the booth can know; the agent hears of it when the line is back.
            unheard = alone.verdict is Verdict.ON_TIME
            self._tell(Judged(Verdict.UNREACHABLE) if unheard else alone)
        elif answer.appointment is None and alone.verdict is Verdict.PAST:
            self._tell(alone)
        else:
            self._known = answer.appointment
            # The desk answers with the one that took its place.
            known = answer.appointment
            self._moved = known is not None and known.appointment != read.appointment.hex()
            self._tell(judged(self._means, answer))

    async def _find(self, digits: str) -> None:
        await self._search(lambda _: Find(code=digits), Verdict.NOT_FOUND)
        self._moved = self._known is not None and self._known.code != digits
        match self._judged.verdict:
            case Verdict.NOT_FOUND:
                self._guesses.wrong()
            case Verdict.TOO_MANY:
                self._guesses.close()
            case _:
                pass

    async def _search(self, body_for: Callable[[str], ErrandBody], nobody: Verdict) -> None:
        found: Found = await search(self._means, body_for, nobody)
        self._forget()
        self._known = found.appointment
        self._tell(found.judged)

    async def _come_in(self) -> None:
        agency, number = self._agency(), self._number()
        # An agency that did not answer just now is not waited for again.
        silent = self._judged.verdict is Verdict.UNREACHABLE
        answer = None if silent else await self._ask(agency, CheckIn(appointment=number))
        if answer is None:
            self._means.giving_back.arrived(agency, number)
        elif answer.outcome in _TURNED_AWAY:
            self._known = answer.appointment or self._known
            self._tell(judged(self._means, answer))
            return
        self._means.turns.came_in(agency, number)

    async def _cancel(self, known: Appointment) -> None:
        answer = await self._ask(known.agency, Cancel(appointment=known.appointment))
        if answer is None:
            # Whether it was given up is not known: the ticket is to be shown again.
            self._forget()
            self._tell(Judged(Verdict.UNREACHABLE))
        elif answer.outcome in {Outcome.DONE, Outcome.CANCELLED}:
            self._cancelled = True
            self._tell(Judged(Verdict.NONE))
        else:
            self._tell(judged(self._means, answer))

    async def _ask(self, agency: str, body: ErrandBody) -> ErrandAnswer | None:
        try:
            answer = await self._means.desks.ask(agency, body)
        except LineDown:
            return None
        known = answer.appointment
        return answer if known is None or known.agency == agency else None

    def _tell(self, judged_now: Judged) -> None:
        self._judged = judged_now
        self._digits = ""
        found = judged_now.verdict is Verdict.ON_TIME
        self._step = CheckInStep.FOUND if found else CheckInStep.ANSWERED
        self._means.changed()

    def _forget(self) -> None:
        self._step, self._judged = CheckInStep.ASKING, Judged(Verdict.NONE)
        self._known = self._pass = None
        self._digits = ""
        self._moved = self._cancelled = False

    def _agency(self) -> str:
        if self._known is not None:
            return self._known.agency
        return self._pass.agency if self._pass is not None else ""

    def _number(self) -> str:
        if self._known is not None:
            return self._known.appointment
        return self._pass.appointment.hex() if self._pass is not None else ""

    def _start(self) -> int:
        if self._known is not None:
            return self._known.starts_at
        return int(self._pass.starts_at.timestamp()) if self._pass is not None else 0

    def _opens(self) -> str:
        """When the check-in opens, as the agency's clocks show it."""
        zone = self._means.site.agencies[self._agency()].zone
        return clock((local(self._start(), zone) - OPENS).time())

    def _shown(self) -> AppointmentView | None:
        if self._known is not None:
            return told(self._means, self._known)
        if self._pass is None:
            return None
        words = self._means.site.agencies[self._pass.agency]
        return AppointmentView(agency_name=words.name, when=when(self._start(), words.zone))
