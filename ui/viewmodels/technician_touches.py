"""What the technician touched, on its way from QML to the booth."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from kiosk.diagnostics.view import Room
from ui.viewmodels.touches import Request


class TechnicianTouches(QObject):
    """One slot per touch; each hands a request to `ask`, which runs it on the loop."""

    def __init__(self, ask: Callable[[Request], None]) -> None:
        super().__init__()
        self._ask = ask

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """« Valider » at the door."""
        self._ask(lambda controls: controls.technician.enter_pin(pin))

    @Slot(str)
    def go(self, room: str) -> None:
        """A room, by its value."""
        self._ask(lambda controls: controls.technician.go(Room(room)))

    @Slot(str)
    def test(self, kind: str) -> None:
        """« Tester » beside a device."""
        self._ask(lambda controls: controls.technician.test(kind))

    @Slot()
    def confirm(self) -> None:
        """« Oui, ça marche » or « Continuer »."""
        self._ask(lambda controls: controls.technician.confirm())

    @Slot()
    def fails(self) -> None:
        """« Ça ne marche pas »."""
        self._ask(lambda controls: controls.technician.fails())

    @Slot()
    def again(self) -> None:
        """« Recommencer »."""
        self._ask(lambda controls: controls.technician.again())

    @Slot(bool)
    def surfaceDone(self, good: bool) -> None:
        """The touch grid or the colours were gone through, or left."""
        self._ask(lambda controls: controls.technician.surface_done(good))

    @Slot()
    def printReport(self) -> None:
        """« Imprimer »."""
        self._ask(lambda controls: controls.technician.print_report())

    @Slot()
    def seen(self) -> None:
        """« J'ai lu »."""
        self._ask(lambda controls: controls.technician.seen())

    @Slot(str)
    def retry(self, kind: str) -> None:
        """« Réessayer » beside a device."""
        self._ask(lambda controls: controls.technician.retry(kind))

    @Slot()
    def leave(self) -> None:
        """« Quitter »."""
        self._ask(lambda controls: controls.technician.leave())
