"""Appointments and call-backs, shared out among the models of their screens."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from kiosk.appointments.view import AppointmentsView, CallBackView, CheckInView, RingView
from ui.viewmodels.booking import AppointmentModel, BookingModel, ExpectedModel


class CheckInModel(QObject):
    """Where a check-in stands, and the appointment it is about."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = CheckInView()
        self._appointment = AppointmentModel()

    def show(self, view: CheckInView) -> None:
        """Take over the check-in."""
        before, self._view = self._view, view
        self._appointment.show(view.appointment)
        if view != before:
            self.changed.emit()

    @Property(str, notify=changed)
    def step(self) -> str:
        """A value of `CheckInStep`."""
        return self._view.step.value

    @Property(str, notify=changed)
    def verdict(self) -> str:
        """A value of `Verdict`."""
        return self._view.verdict.value

    @Property(QObject, constant=True)
    def appointment(self) -> AppointmentModel:
        """The appointment that was found, if any."""
        return self._appointment

    @Property(int, notify=changed)
    def minutes(self) -> int:
        """Early: until the check-in opens; late: since the start."""
        return self._view.minutes

    @Property(str, notify=changed)
    def digits(self) -> str:
        """Of the code, as the booth has them."""
        return self._view.digits

    @Property(str, notify=changed)
    def opens(self) -> str:
        """Early: when the check-in opens, in words."""
        return self._view.opens

    @Property(bool, notify=changed)
    def moved(self) -> bool:
        """Whether the agency has put it at another time since the ticket was made."""
        return self._view.moved

    @Property(bool, notify=changed)
    def reading(self) -> bool:
        """Whether a code reader looks for the ticket."""
        return self._view.reading

    @Property(bool, notify=changed)
    def cards(self) -> bool:
        """Whether a card reader takes a card."""
        return self._view.cards

    @Property(bool, notify=changed)
    def canCancel(self) -> bool:
        """Whether it may be given up here."""
        return self._view.can_cancel

    @Property(bool, notify=changed)
    def canMove(self) -> bool:
        """Whether its time may be changed here."""
        return self._view.can_move

    @Property(bool, notify=changed)
    def cancelled(self) -> bool:
        """Whether the resident gave it up just now."""
        return self._view.cancelled


class CallBackModel(QObject):
    """A call-back being asked for."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = CallBackView()

    def show(self, view: CallBackView) -> None:
        """Take over the call-back."""
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(str, notify=changed)
    def step(self) -> str:
        """A value of `CallBackStep`."""
        return self._view.step.value

    @Property(bool, notify=changed)
    def wrongNumber(self) -> bool:
        """Whether what was typed is no telephone number."""
        return self._view.wrong_number


class RingModel(QObject):
    """Who calls a resident back at this booth; empty while nobody does."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = RingView()

    def show(self, view: RingView | None) -> None:
        """Take over who rings; None for nobody."""
        view = view or RingView()
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(str, notify=changed)
    def agencyName(self) -> str:
        """The agency's name, as residents say it."""
        return self._view.agency_name

    @Property(str, notify=changed)
    def agentName(self) -> str:
        """The agent's, if it is told."""
        return self._view.agent_name


class AppointmentsModel(QObject):
    """All of `AppointmentsView`, each part in a model of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._booking = BookingModel()
        self._booked = AppointmentModel()
        self._check_in = CheckInModel()
        self._call_back = CallBackModel()
        self._expected = ExpectedModel()
        self._ring = RingModel()

    def show(self, view: AppointmentsView) -> None:
        """Tell each part of its own."""
        self._booking.show(view.booking)
        self._booked.show(view.booked)
        self._check_in.show(view.check_in)
        self._call_back.show(view.call_back)
        self._expected.show(view.expected)
        self._ring.show(view.ring)

    @Property(QObject, constant=True)
    def booking(self) -> BookingModel:
        """The one being made."""
        return self._booking

    @Property(QObject, constant=True)
    def booked(self) -> AppointmentModel:
        """The one made just now."""
        return self._booked

    @Property(QObject, constant=True)
    def checkIn(self) -> CheckInModel:
        """The one that somebody comes for."""
        return self._check_in

    @Property(QObject, constant=True)
    def callBack(self) -> CallBackModel:
        """The call-back being asked for."""
        return self._call_back

    @Property(QObject, constant=True)
    def expected(self) -> ExpectedModel:
        """The next one at this booth."""
        return self._expected

    @Property(QObject, constant=True)
    def ring(self) -> RingModel:
        """Who calls back."""
        return self._ring
