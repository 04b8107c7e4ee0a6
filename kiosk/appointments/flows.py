"""What of appointments is a resident's: the flows they began; left, counted and forgotten."""

from __future__ import annotations

from kiosk.appointments.booking import Booking
from kiosk.appointments.call_back import CallBack
from kiosk.appointments.checking_in import CheckingIn
from kiosk.appointments.paper_ticket import PaperTicket


class Flows:
    """At most one of each kind; a flow that is left gives back what it has not confirmed."""

    def __init__(self) -> None:
        self.booking: Booking | None = None
        self.check_in: CheckingIn | None = None
        self.call_back: CallBack | None = None
        self.ticket: PaperTicket | None = None
        self._left: dict[str, CallBack] = {}
        """What agencies have taken, by agency: another wish takes the place of the one before."""

    def leave_booking(self) -> None:
        """The booking is over, or another begins."""
        booking, self.booking = self.booking, None
        if booking is not None:
            booking.close()

    def leave_check_in(self) -> None:
        """The check-in is over, or another begins."""
        check_in, self.check_in = self.check_in, None
        if check_in is not None:
            check_in.close()

    def leave_call_back(self) -> None:
        """Its screen is left; what the agency has taken stays wanted."""
        call_back, self.call_back = self.call_back, None
        if call_back is not None:
            call_back.close()
            if call_back.is_left:
                if (before := self._left.get(call_back.agency)) is not None:
                    before.served()
                self._left[call_back.agency] = call_back

    def leave(self) -> None:
        """Every screen is left; the appointment that was made stays to be read."""
        self.leave_booking()
        self.leave_call_back()
        self.leave_check_in()

    def served(self) -> None:
        """An agent is there after all: no call-back is wanted."""
        for call_back in self._left.values():
            call_back.served()
        self._left.clear()

    def wipe(self) -> int:
        """Forget all; how many that were."""
        erased = self.left()
        self.leave()
        self._left.clear()
        ticket, self.ticket = self.ticket, None
        if ticket is not None:
            ticket.close()
        return erased

    def left(self) -> int:
        """How many are there."""
        flows = (self.booking, self.check_in, self.call_back, self.ticket)
        return sum(flow is not None for flow in flows) + len(self._left)
