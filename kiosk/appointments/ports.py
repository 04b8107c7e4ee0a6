"""What appointments need of the rest of the booth; `kiosk.app` joins these to the real parts."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Protocol

from devices.ticket_printer.interface import Printed, Slip
from kiosk.link.errands import Agenda, ErrandAnswer, ErrandBody, Expected
from kiosk.link.messages import AgencyKeys


class Turns(Protocol):
    """What appointments do to the visit; each is one event of its machine, ignored out of turn."""

    def booking_wanted(self, agency: str) -> None:
        """Show the booking screen; the agency may be empty."""

    def booked(self) -> None:
        """Show the appointment that was made."""

    def call_back_wanted(self, agency: str) -> None:
        """Show the call-back screen."""

    def turned_back(self) -> None:
        """Back to the screen from which booking, call-back or check-in was begun."""

    def check_in_wanted(self) -> None:
        """Show the check-in screen."""

    def came_in(self, agency: str, appointment: str) -> None:
        """Go on to consent and the queue, for this appointment."""

    def rang(self) -> None:
        """An agency calls a resident back: ring, when nobody uses the booth."""

    def ring_answered(self, agency: str, call_back: str) -> None:
        """Go on to consent and the agent who calls back."""

    def ring_over(self) -> None:
        """Nobody answered, or it was not for them."""


class Desks(Protocol):
    """The agencies' desks, as this booth reaches them."""

    async def ask(
        self, agency: str, body: ErrandBody, *, errand: str | None = None
    ) -> ErrandAnswer:
        """Ask until it is answered; with `errand` the same question as before, done once.

        Raises:
            kiosk.link.line.LineDown: not answered within 10 s; it may have been done all the same,
                and asking again under the same `errand` tells.
        """

    def agenda(self, agency: str) -> Agenda | None:
        """What can be booked there, as last told; None when nothing was."""

    def keys(self, agency: str) -> AgencyKeys | None:
        """Its public keys, as last told: also from before this start, without the line."""

    def expected(self) -> tuple[Expected, ...]:
        """Who is expected at this booth, agency by agency."""

    @property
    def agencies(self) -> tuple[str, ...]:
        """Those whose desk is heard from now."""


class Slips(Protocol):
    """Prints on the ticket printer, where there is one."""

    @property
    def possible(self) -> bool:
        """Whether a slip can be printed now."""

    def print(self, slip: Slip) -> Awaitable[Printed]:
        """Print it.

        Raises:
            devices.status.DeviceError: it did not come out.
        """
