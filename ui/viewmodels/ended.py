"""How a call ended, as the last screen of a visit shows it."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from kiosk.visit.snapshot import EndedView


class EndedModel(QObject):
    """By whom, how long, and how long until Home."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = EndedView()

    def show(self, view: EndedView) -> None:
        """Take over the ending."""
        if view != self._view:
            self._view = view
            self.changed.emit()

    @Property(str, notify=changed)
    def reason(self) -> str:
        """A value of `EndReason`."""
        return self._view.reason.value

    @Property(int, notify=changed)
    def durationSeconds(self) -> int:
        """How long the call was; -1 when nothing ever came through."""
        return -1 if self._view.duration_s is None else self._view.duration_s

    @Property(int, notify=changed)
    def homeInSeconds(self) -> int:
        """How long the screen stays, from when it is shown."""
        return self._view.home_in_s
