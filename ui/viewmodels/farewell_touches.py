"""What the resident touched on the last screens, on its way from QML to the visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ui.viewmodels.touches import Request


class FarewellTouches(QObject):
    """One slot per touch; each hands a request to `ask`, which runs it on the loop."""

    def __init__(self, ask: Callable[[Request], None]) -> None:
        super().__init__()
        self._ask = ask

    @Slot()
    def openSummary(self) -> None:
        """« Emporter un résumé »."""
        self._ask(lambda controls: controls.farewell.open_summary())

    @Slot(str, bool)
    def chooseItem(self, item: str, chosen: bool) -> None:
        """A line's check box."""
        self._ask(lambda controls: controls.farewell.choose_item(item, chosen))

    @Slot()
    def printSummary(self) -> None:
        """« Imprimer »."""
        self._ask(lambda controls: controls.farewell.print_summary())

    @Slot()
    def showSummary(self) -> None:
        """« Avec mon téléphone »."""
        self._ask(lambda controls: controls.farewell.show_summary())

    @Slot()
    def goOn(self) -> None:
        """« Terminer », and « Passer » on the survey."""
        self._ask(lambda controls: controls.farewell.go_on())

    @Slot(int)
    def answer(self, face: int) -> None:
        """A face, 1 to 3."""
        self._ask(lambda controls: controls.farewell.answer(face))

    @Slot(str)
    def say(self, words: str) -> None:
        """« Envoyer » under the open question."""
        self._ask(lambda controls: controls.farewell.say(words))
