"""What the resident touched of the papers, on its way from QML to the visit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ui.viewmodels.touches import Request


class PapersTouches(QObject):
    """One slot per touch; each hands a request to `ask`, which runs it on the loop."""

    def __init__(self, ask: Callable[[Request], None]) -> None:
        super().__init__()
        self._ask = ask

    @Slot()
    def scan(self) -> None:
        """« Montrer un papier », or « Oui » to the agent's proposal."""
        self._ask(lambda controls: controls.papers.scan())

    @Slot()
    def decline(self) -> None:
        """« Non » to the agent's proposal."""
        self._ask(lambda controls: controls.papers.decline())

    @Slot()
    def take(self) -> None:
        """« Prendre la photo »."""
        self._ask(lambda controls: controls.papers.take())

    @Slot()
    def keep(self) -> None:
        """« Garder »."""
        self._ask(lambda controls: controls.papers.keep())

    @Slot()
    def retake(self) -> None:
        """« Recommencer »."""
        self._ask(lambda controls: controls.papers.retake())

    @Slot()
    def drop(self) -> None:
        """« Jeter »."""
        self._ask(lambda controls: controls.papers.drop())

    @Slot()
    def endScan(self) -> None:
        """« J'ai fini »."""
        self._ask(lambda controls: controls.papers.end_scan())

    @Slot(str)
    def read(self, document: str) -> None:
        """« Regarder », a document of the agent's."""
        self._ask(lambda controls: controls.papers.read(document))

    @Slot(int)
    def showPage(self, page: int) -> None:
        """Another page of it, from 1."""
        self._ask(lambda controls: controls.papers.show_page(page))

    @Slot(int)
    def print(self, copies: int) -> None:
        """« Imprimer », 1 to 3 times."""
        self._ask(lambda controls: controls.papers.print(copies))

    @Slot()
    def cancelPrint(self) -> None:
        """« Arrêter »."""
        self._ask(lambda controls: controls.papers.cancel_print())

    @Slot()
    def takeAway(self) -> None:
        """« Emporter sur mon téléphone »."""
        self._ask(lambda controls: controls.papers.take_away())

    @Slot()
    def refuse(self) -> None:
        """« Je n'en veux pas »."""
        self._ask(lambda controls: controls.papers.refuse())

    @Slot()
    def close(self) -> None:
        """Back to what was there before."""
        self._ask(lambda controls: controls.papers.close())
