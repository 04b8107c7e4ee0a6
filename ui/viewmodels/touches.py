"""What the resident touched, on its way from QML to the visit."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Slot

from kiosk.visit.controls import VisitControls

Request = Callable[[VisitControls], Coroutine[Any, Any, None]]


class Touches(QObject):
    """One slot per touch; each hands a request to `ask`, which runs it on the loop."""

    def __init__(self, ask: Callable[[Request], None]) -> None:
        super().__init__()
        self._ask = ask

    @Slot(str)
    def choose(self, agency: str) -> None:
        """A tile of Home."""
        self._ask(lambda controls: controls.choose(agency))

    @Slot()
    def cancel(self) -> None:
        """« Annuler »."""
        self._ask(lambda controls: controls.cancel())

    @Slot()
    def hangUp(self) -> None:
        """« Raccrocher »."""
        self._ask(lambda controls: controls.hang_up())

    @Slot()
    def goHome(self) -> None:
        """« Retour à l'accueil »."""
        self._ask(lambda controls: controls.go_home())

    @Slot()
    def agree(self) -> None:
        """« J'accepte »."""
        self._ask(lambda controls: controls.agree())

    @Slot(bool)
    def showWriting(self, shown: bool) -> None:
        """« Écrire » and its opposite."""
        self._ask(lambda controls: controls.show_writing(shown))

    @Slot(str)
    def typeText(self, text: str) -> None:
        """A key: the line being typed now reads so."""
        self._ask(lambda controls: controls.type_text(text))

    @Slot()
    def endText(self) -> None:
        """« Envoyer », under the line being typed."""
        self._ask(lambda controls: controls.end_text())

    @Slot(int, str)
    def correctText(self, number: int, text: str) -> None:
        """An ended line reads otherwise now; empty: it is taken back."""
        self._ask(lambda controls: controls.correct_text(number, text))

    @Slot(bool)
    def setMuted(self, muted: bool) -> None:
        """« Couper le micro » and its opposite."""
        self._ask(lambda controls: controls.set_muted(muted))

    @Slot(int)
    def setVolume(self, volume: int) -> None:
        """A new volume, 0 to 10."""
        self._ask(lambda controls: controls.set_volume(volume))

    @Slot(str, str, str)
    def dock(self, device: str, action: str, argument: str) -> None:
        """A button of the dock."""
        self._ask(lambda controls: controls.dock(device, action, argument))

    @Slot()
    def touched(self) -> None:
        """Any touch or key, wherever."""
        self._ask(lambda controls: controls.touched())
