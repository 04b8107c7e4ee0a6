"""What the technician touched, on its way from QML to the booth."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from kiosk.diagnostics.view import Room
from ui.viewmodels.touches import Request

DOUBLE_TAP_S = 0.4
"""Two taps within Qt's own interval of a double click are one: the second one was not meant for
whatever the first one has brought under the finger, the next step's answer among it."""


class TechnicianTouches(QObject):
    """One slot per touch; each hands a request to `ask`, which runs it on the loop."""

    def __init__(
        self, ask: Callable[[Request], None], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._ask = ask
        self._monotonic = monotonic
        self._last = float("-inf")

    @Slot(str)
    def enterPin(self, pin: str) -> None:
        """« Valider » at the door."""
        self._ask(lambda controls: controls.technician.enter_pin(pin))

    @Slot(str)
    def go(self, room: str) -> None:
        """A room, by its value."""
        self._tap(lambda controls: controls.technician.go(Room(room)))

    @Slot(str)
    def test(self, kind: str) -> None:
        """« Tester » beside a device."""
        self._tap(lambda controls: controls.technician.test(kind))

    @Slot()
    def confirm(self) -> None:
        """« Oui, ça marche » or « Continuer »."""
        self._tap(lambda controls: controls.technician.confirm())

    @Slot()
    def fails(self) -> None:
        """« Ça ne marche pas »."""
        self._tap(lambda controls: controls.technician.fails())

    @Slot()
    def again(self) -> None:
        """« Recommencer »."""
        self._tap(lambda controls: controls.technician.again())

    @Slot(bool)
    def surfaceDone(self, good: bool) -> None:
        """The touch grid or the colours were gone through, or left."""
        self._ask(lambda controls: controls.technician.surface_done(good))

    @Slot()
    def printReport(self) -> None:
        """« Imprimer »."""
        self._tap(lambda controls: controls.technician.print_report())

    @Slot()
    def seen(self) -> None:
        """« J'ai lu »."""
        self._tap(lambda controls: controls.technician.seen())

    @Slot(str)
    def retry(self, kind: str) -> None:
        """« Réessayer » beside a device, and what « Recommencer » asks first."""
        self._ask(lambda controls: controls.technician.retry(kind))

    @Slot()
    def leave(self) -> None:
        """« Quitter »."""
        self._tap(lambda controls: controls.technician.leave())

    def _tap(self, request: Request) -> None:
        """Hand on a tap that is not the second of a double one; drumming is one tap, too."""
        now = self._monotonic()
        meant = now - self._last >= DOUBLE_TAP_S
        self._last = now
        if meant:
            self._ask(request)
