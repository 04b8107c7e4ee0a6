"""Keys that are no resident's: the one that stands for the handset's hook, and the dock's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow

#: Handsets with a USB plug come with a hook that types; this is what they are set to type.
HANDSET_KEY = Qt.Key.Key_F9

DOCK_KEY = Qt.Key.Key_F12


class HeldKey(QObject):
    """An event filter on the window that tells when one key goes down and comes up."""

    changed = Signal(bool)
    """True when the key goes down."""

    def __init__(self, window: QWindow, key: Qt.Key) -> None:
        super().__init__(window)
        self._key = key
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Return True for that key, which nobody else needs."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent) or event.key() != self._key:
            return False
        if not event.isAutoRepeat():
            self.changed.emit(kind == QEvent.Type.KeyPress)
        return True
