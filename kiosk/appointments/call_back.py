"""Being called back: at this booth, or at a telephone number that the agency alone can read."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.appointments.means import Means, Steps
from kiosk.appointments.persons import sealed_person
from kiosk.appointments.telephone import normalised
from kiosk.appointments.view import CallBackStep, CallBackView
from kiosk.link.errands import AskCallBack, Outcome, Person
from kiosk.link.line import LineDown
from kiosk.link.messages import new_ticket_id


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for and is not answered."""

    errand: str
    number: str
    """Empty: at the booth."""


class CallBack:
    """One wish to be called back, from its first question until it is left with the agency."""

    def __init__(self, means: Means, agency: str) -> None:
        self.agency = agency
        self._means = means
        self._steps = Steps(means.changed)
        self._view = CallBackView()
        self._wish: _Wish | None = None
        self._left = ""

    @property
    def view(self) -> CallBackView:
        """What the screen shows."""
        return self._view

    @property
    def is_left(self) -> bool:
        """Whether the agency has taken the wish, and would call."""
        return bool(self._left)

    async def here(self) -> None:
        """At this booth."""
        await self._steps.run(self._leave(""))

    async def by_telephone(self, text: str) -> None:
        """At a number; empty: ask for it."""
        if self._steps.busy:
            return
        number = normalised(text) if text.strip() else ""
        if number:
            await self._steps.run(self._leave(number))
        else:
            self._show(CallBackStep.NUMBER, wrong_number=number is None)

    def back(self) -> bool:
        """Go one question back; False when this was the first, or all is done."""
        if self._left or self._view.step is CallBackStep.ASKING:
            return False
        self.close()
        self._show(CallBackStep.ASKING)
        return True

    def served(self) -> None:
        """An agent has answered after all: the call-back is not wanted any more."""
        left, self._left = self._left, ""
        if left:
            self._means.giving_back.call_back(self.agency, left)

    def close(self) -> None:
        """The screen is left: what the agency has not confirmed is withdrawn."""
        self._steps.stop()
        self._withdraw()

    async def _leave(self, number: str) -> None:
        self._show(CallBackStep.SENDING)
        # Another wish takes the place of the one before it.
        self.served()
        if self._wish is None or self._wish.number != number:
            self._withdraw()
        body = self._body(number)
        if body is None:
            self._show(CallBackStep.FAILED)
            return
        if self._wish is None:
            self._wish = _Wish(new_ticket_id(), number)
        try:
            answer = await self._means.desks.ask(self.agency, body, errand=self._wish.errand)
        except LineDown:
            self._show(CallBackStep.FAILED)
            return
        if answer.outcome is not Outcome.DONE:
            self._wish = None
            self._show(CallBackStep.FAILED)
            return
        self._left, self._wish = self._wish.errand, None
        self._show(CallBackStep.DONE_TELEPHONE if number else CallBackStep.DONE_BOOTH)

    def _body(self, number: str) -> AskCallBack | None:
        if not number:
            return AskCallBack(where="booth")
        keys = self._means.desks.keys(self.agency)
        sealed = sealed_person(Person(telephone=number), keys)
        return AskCallBack(where="telephone", sealed=sealed) if sealed is not None else None

    def _withdraw(self) -> None:
        """Make it true that nothing was left: the answer may have been lost on its way."""
        wish, self._wish = self._wish, None
        if wish is not None:
            self._means.giving_back.call_back(self.agency, wish.errand)

    def _show(self, step: CallBackStep, *, wrong_number: bool = False) -> None:
        self._view = CallBackView(step, wrong_number=wrong_number)
        self._means.changed()
