"""What appointments and call-backs do to the visit: each is one event of its machine."""

from __future__ import annotations

from kiosk.visit.reception import Reception
from kiosk.visit.snapshot import Screen


class ReceptionTurns:
    """`kiosk.appointments.ports.Turns` over the reception; lives on the loop."""

    def __init__(self, reception: Reception) -> None:
        """Out of turn, an event changes nothing."""
        self._reception = reception
        self._machine = reception.machine
        self._came_from = Screen.HOME

    def booking_wanted(self, agency: str) -> None:
        """Show the booking screen; the agency may be empty."""
        self._leave_for(agency)
        self._machine.booking_wanted()

    def booked(self) -> None:
        """Show the appointment that was made."""
        self._machine.booked_now()

    def call_back_wanted(self, agency: str) -> None:
        """Show the call-back screen."""
        self._leave_for(agency)
        self._machine.call_back_wanted()

    def turned_back(self) -> None:
        """Back to the screen from which booking, call-back or check-in was begun."""
        screen = self._reception.screen
        done = screen is Screen.BOOKED
        match self._came_from:
            case Screen.HOURS if not done:
                self._machine.turned_back_to_hours()
            case Screen.WAITING:
                self._machine.turned_back_to_queue()
            case Screen.CHECKING_IN if screen is Screen.BOOKING:
                self._machine.turned_back_to_check_in()
            case Screen.ENDED:
                self._machine.turned_back_to_end()
            case _:
                self._reception.leave()

    def check_in_wanted(self) -> None:
        """Show the check-in screen."""
        self._leave_for("")
        self._machine.check_in_wanted()

    def came_in(self, agency: str, appointment: str) -> None:
        """Go on to consent and the queue, for this appointment."""
        if self._reception.screen is Screen.CHECKING_IN:
            self._reception.begin(agency).appointment = appointment
            self._machine.came_in()

    def rang(self) -> None:
        """An agency calls a resident back: ring, when nobody uses the booth."""
        if self._reception.screen is Screen.HOME:
            self._reception.begin("")
            self._machine.agency_rang()

    def ring_answered(self, agency: str, call_back: str) -> None:
        """Go on to consent and the agent who calls back."""
        if self._reception.screen is Screen.RINGING:
            self._reception.begin(agency).call_back = call_back
            self._machine.ring_answered()

    def ring_over(self) -> None:
        """Nobody answered, or it was not for them."""
        if self._reception.screen is Screen.RINGING:
            self._reception.leave()

    def _leave_for(self, agency: str) -> None:
        screen = self._reception.screen
        if screen in (Screen.HOME, Screen.HOURS, Screen.WAITING, Screen.CHECKING_IN, Screen.ENDED):
            self._came_from = screen
            self._reception.begin("" if screen is Screen.WAITING else agency)
