"""What the resident touched about appointments, on its way from QML to the visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ui.viewmodels.touches import Request


class AppointmentsTouches(QObject):
    """One slot per touch; each hands a request to `ask`, which runs it on the loop."""

    def __init__(self, ask: Callable[[Request], None]) -> None:
        super().__init__()
        self._ask = ask

    @Slot(str)
    def openBooking(self, agency: str) -> None:
        """« Prendre un rendez-vous »; empty: the agency is asked for first."""
        self._ask(lambda controls: controls.appointments.open_booking(agency))

    @Slot(str)
    def choose(self, key: str) -> None:
        """An agency or a subject."""
        self._ask(lambda controls: controls.appointments.choose(key))

    @Slot(str)
    def chooseDay(self, key: str) -> None:
        """A day of the row."""
        self._ask(lambda controls: controls.appointments.choose_day(key))

    @Slot(str)
    def chooseHour(self, key: str) -> None:
        """An hour."""
        self._ask(lambda controls: controls.appointments.choose_hour(key))

    @Slot(str, str)
    def tellPerson(self, first_name: str, telephone: str) -> None:
        """« Valider », or « Passer » with nothing."""
        self._ask(lambda controls: controls.appointments.tell_person(first_name, telephone))

    @Slot()
    def printTicket(self) -> None:
        """« Imprimer encore »."""
        self._ask(lambda controls: controls.appointments.print_ticket())

    @Slot()
    def openCheckIn(self) -> None:
        """« J'ai un rendez-vous »."""
        self._ask(lambda controls: controls.appointments.open_check_in())

    @Slot(str)
    def typeDigits(self, digits: str) -> None:
        """The code as typed so far."""
        self._ask(lambda controls: controls.appointments.type_digits(digits))

    @Slot()
    def comeIn(self) -> None:
        """« Je suis là »."""
        self._ask(lambda controls: controls.appointments.come_in())

    @Slot()
    def move(self) -> None:
        """« Changer l'heure »."""
        self._ask(lambda controls: controls.appointments.move())

    @Slot()
    def cancel(self) -> None:
        """« Oui, annuler le rendez-vous »."""
        self._ask(lambda controls: controls.appointments.cancel())

    @Slot(str)
    def openCallBack(self, agency: str) -> None:
        """« Me faire rappeler »."""
        self._ask(lambda controls: controls.appointments.open_call_back(agency))

    @Slot()
    def callBackHere(self) -> None:
        """« Ici, à cette borne »."""
        self._ask(lambda controls: controls.appointments.call_back_here())

    @Slot(str)
    def callBackByTelephone(self, number: str) -> None:
        """« Par téléphone », and « Valider » under the number."""
        self._ask(lambda controls: controls.appointments.call_back_by_telephone(number))

    @Slot()
    def answerRing(self) -> None:
        """« Répondre »."""
        self._ask(lambda controls: controls.appointments.answer_ring())

    @Slot()
    def declineRing(self) -> None:
        """« Ce n'est pas pour moi »."""
        self._ask(lambda controls: controls.appointments.decline_ring())

    @Slot()
    def back(self) -> None:
        """One question back."""
        self._ask(lambda controls: controls.appointments.back())
