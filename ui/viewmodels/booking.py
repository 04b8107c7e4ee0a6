"""Appointments as their screens show them: one being made, one that is there, one that is near."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from kiosk.appointments.view import AppointmentView, BookingView, Choice, ExpectedView
from ui.viewmodels.rows import Row, RowsModel

CHOICE_ROLES = ("key", "title", "detail", "chosen")


class BookingModel(QObject):
    """The question being asked, what can be answered, and what went wrong."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = BookingView()
        self._choices = RowsModel(*CHOICE_ROLES)
        self._days = RowsModel(*CHOICE_ROLES)
        self._hours = RowsModel(*CHOICE_ROLES)

    def show(self, view: BookingView) -> None:
        """Take over the booking."""
        before, self._view = self._view, view
        self._choices.show([_choice(one) for one in view.choices])
        self._days.show([_choice(one) for one in view.days])
        self._hours.show([_choice(one) for one in view.hours])
        if view != before:
            self.changed.emit()

    @Property(str, notify=changed)
    def step(self) -> str:
        """A value of `BookingStep`."""
        return self._view.step.value

    @Property(QObject, constant=True)
    def choices(self) -> RowsModel:
        """Agencies or subjects, `CHOICE_ROLES`."""
        return self._choices

    @Property(QObject, constant=True)
    def days(self) -> RowsModel:
        """Days that have free hours, `CHOICE_ROLES`."""
        return self._days

    @Property(QObject, constant=True)
    def hours(self) -> RowsModel:
        """Free hours of the day chosen, `CHOICE_ROLES`."""
        return self._hours

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether the agency is being asked."""
        return self._view.busy

    @Property(bool, notify=changed)
    def taken(self) -> bool:
        """Whether somebody else was quicker."""
        return self._view.taken

    @Property(bool, notify=changed)
    def unreachable(self) -> bool:
        """Whether the agency does not answer."""
        return self._view.unreachable

    @Property(bool, notify=changed)
    def wrongNumber(self) -> bool:
        """Whether no telephone has the number that was given."""
        return self._view.wrong_number

    @Property(bool, notify=changed)
    def nothingFree(self) -> bool:
        """Whether no hour is free at all."""
        return self._view.nothing_free

    @Property(bool, notify=changed)
    def moving(self) -> bool:
        """Whether this is another time for an appointment that there is."""
        return self._view.moving


class AppointmentModel(QObject):
    """One appointment, for its owner to read; nothing of it when there is none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = AppointmentView()

    def show(self, view: AppointmentView | None) -> None:
        """Take over the appointment; None for none."""
        view = view or AppointmentView()
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether there is one."""
        return bool(self._view.when)

    @Property(str, notify=changed)
    def agencyName(self) -> str:
        """Whom it is with."""
        return self._view.agency_name

    @Property(str, notify=changed)
    def subjectName(self) -> str:
        """What it is about."""
        return self._view.subject_name

    @Property(str, notify=changed)
    def when(self) -> str:
        """Day and hour in words."""
        return self._view.when

    @Property(str, notify=changed)
    def placeName(self) -> str:
        """Where its booth stands."""
        return self._view.place_name

    @Property(str, notify=changed)
    def code(self) -> str:
        """Six digits, in pairs."""
        return self._view.code

    @Property(str, notify=changed)
    def qr(self) -> str:
        """What the ticket's code says; empty for none."""
        return self._view.qr

    @Property(str, notify=changed)
    def ticket(self) -> str:
        """A value of `TicketState`."""
        return self._view.ticket.value

    @Property(bool, notify=changed)
    def canLink(self) -> bool:
        """Whether a card held to the reader now will find it again."""
        return self._view.can_link

    @Property(bool, notify=changed)
    def cardLinked(self) -> bool:
        """Whether the resident's own card finds it again."""
        return self._view.card_linked


class ExpectedModel(QObject):
    """The next appointment at this booth, for whoever is there before it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = ExpectedView()

    def show(self, view: ExpectedView) -> None:
        """Take over who is expected."""
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(str, notify=changed)
    def agencyName(self) -> str:
        """Whose appointment it is."""
        return self._view.agency_name

    @Property(str, notify=changed)
    def starts(self) -> str:
        """The hour in words; empty when nobody is expected soon."""
        return self._view.starts

    @Property(int, notify=changed)
    def minutes(self) -> int:
        """Until then."""
        return self._view.minutes

    @Property(bool, notify=changed)
    def kept(self) -> bool:
        """Whether the booth is kept free for it."""
        return self._view.kept


def _choice(choice: Choice) -> Row:
    return (choice.key, choice.title, choice.detail, choice.chosen)
