"""Does the booths' errands: what each comes to, and the appointment that it is about."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import singledispatchmethod

from desk.agenda.bookings import Bookings, appointment_number
from desk.agenda.comment_box import CommentBox
from desk.agenda.edits import refusal
from desk.agenda.waiting_list import WaitingList
from desk.agenda.window import Window
from kiosk.link.bookings import Booking
from kiosk.link.errands import (
    AppointmentState,
    AskCallBack,
    Book,
    Cancel,
    CheckIn,
    Comment,
    Errand,
    Find,
    FindCard,
    LinkCard,
    Look,
    Outcome,
    TellPerson,
    WithdrawCallBack,
)
from kiosk.link.messages import Message

ERRANDS_A_MINUTE = 120
"""Of one booth: a resident in a hurry makes ten."""
_GUESS_S = 300.0
_WRONG_OF_A_BOOTH = 5
_WRONG_OF_AN_AGENCY = 50
"""Within five minutes. A right code is wrong at every agency but one, so a whole site's residents
must fit; in a year of guessing all day, one in 19 of a hundred open appointments' codes is hit."""

Result = tuple[Outcome, Booking | None]


class Doings:
    """Does what is asked; every way of doing it can tell that it was done before."""

    def __init__(
        self,
        bookings: Bookings,
        waiting: WaitingList,
        comments: CommentBox,
        *,
        errands_a_minute: int = ERRANDS_A_MINUTE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._agency = bookings.agency
        self._bookings = bookings
        self._waiting = waiting
        self._comments = comments
        self._wrong = Window(_WRONG_OF_A_BOOTH, _GUESS_S, clock)
        self._wrong_in_all = Window(_WRONG_OF_AN_AGENCY, _GUESS_S, clock)
        self._asked = Window(errands_a_minute, 60.0, clock)

    async def do(self, errand: Errand) -> Result:
        """Do it, within what one booth may ask.

        Raises:
            LineDown: not known whether it was done.
        """
        if self._asked.full(errand.kiosk):
            return Outcome.REFUSED, None
        self._asked.note(errand.kiosk)
        return await self._do(errand.body, errand)

    @singledispatchmethod
    async def _do(self, body: Message, _errand: Errand) -> Result:
        raise TypeError(type(body).__name__)

    @_do.register
    async def _book(self, wish: Book, errand: Errand) -> Result:
        return _come_to(await self._bookings.book(errand, wish))

    @_do.register
    async def _confirm(self, told: TellPerson, errand: Errand) -> Result:
        booking = self._bookings.find(told.appointment)
        if booking is None or booking.kiosk != errand.kiosk:
            return Outcome.UNKNOWN, None
        return _come_to(await self._bookings.confirm(told.appointment, told.sealed), booking)

    @_do.register
    async def _find(self, question: Find, errand: Errand) -> Result:
        if self._wrong.full(errand.kiosk) or self._wrong_in_all.full(self._agency):
            return Outcome.REFUSED, None
        found = await self._bookings.by_code(question.code)
        if found is None:
            self._wrong.note(errand.kiosk)
            self._wrong_in_all.note(self._agency)
            return Outcome.UNKNOWN, None
        return refusal(found.state), found

    @_do.register
    async def _find_card(self, question: FindCard, _errand: Errand) -> Result:
        found = self._bookings.by_card(question.card)
        return (refusal(found.state), found) if found else (Outcome.UNKNOWN, None)

    @_do.register
    async def _link_card(self, wish: LinkCard, _errand: Errand) -> Result:
        return _come_to(await self._bookings.link_card(wish.appointment, wish.card))

    @_do.register
    async def _look(self, question: Look, _errand: Errand) -> Result:
        found = self._bookings.current(question.appointment)
        return (refusal(found.state), found) if found else (Outcome.UNKNOWN, None)

    @_do.register
    async def _check_in(self, arrival: CheckIn, errand: Errand) -> Result:
        # Let in on the ticket alone, while the line was down: it may have been moved since.
        found = self._bookings.current(arrival.appointment)
        if found is None:
            return Outcome.UNKNOWN, None
        outcome = await self._bookings.check_in(found.appointment, errand.kiosk)
        return outcome, self._bookings.find(found.appointment)

    @_do.register
    async def _cancel(self, given_up: Cancel, errand: Errand) -> Result:
        done = await self._bookings.close(
            given_up.appointment, AppointmentState.CANCELLED, errand.errand
        )
        if isinstance(done, Booking):
            return Outcome.DONE, done
        return done, self._bookings.find(given_up.appointment)

    @_do.register
    async def _call_back(self, wish: AskCallBack, errand: Errand) -> Result:
        return await self._waiting.ask(errand, wish), None

    @_do.register
    async def _withdraw(self, withdrawn: WithdrawCallBack, errand: Errand) -> Result:
        # One that is gone already is as good as withdrawn: asked again, the answer is the same.
        await self._waiting.take(withdrawn.call_back, errand.kiosk)
        return Outcome.DONE, None

    @_do.register
    async def _comment(self, comment: Comment, errand: Errand) -> Result:
        number = appointment_number(self._agency, errand.kiosk, errand.errand)
        return await self._comments.put(number, comment.sealed), None


def _come_to(done: Booking | Outcome, beside: Booking | None = None) -> Result:
    if isinstance(done, Booking):
        return refusal(done.state), done
    return done, beside
