"""Tells a code reader that types, as a keyboard does, from a person at a keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow

from devices.code_reader.interface import MAX_CODE_CHARACTERS

#: Longest pause between two keys of a scanner, milliseconds: they type every 1 to 20; the fastest
#: typists need 60.
PAUSE_MS = 50

#: A line without its end is forgotten after so long, milliseconds; a window that was busy looks at
#: the keys of a whole line sooner than that.
FORGOTTEN_MS = 2000

#: Fewer are a person's two hands on the keys at once.
LEAST_CHARACTERS = 4

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypedCodes(QObject):
    """An event filter on the window that emits `read` with each line that came fast enough.

    It listens while `heeds` says so. What a person types goes its way; of a scanner's line, the
    keys from the second on are kept from the window, whose buttons its Enter would press.
    """

    read = Signal(str)

    def __init__(
        self, window: QWindow, heeds: Callable[[], bool], *, forgotten_ms: int = FORGOTTEN_MS
    ) -> None:
        super().__init__(window)
        self._heeds = heeds
        self._text = ""
        self._last_ms = 0
        self._too_long = False
        self._cut_short = QTimer(self, interval=forgotten_ms, singleShot=True)
        self._cut_short.timeout.connect(self.forget)
        window.installEventFilter(self)

    @property
    def held(self) -> int:
        """How many characters of a line are kept, whose end has not come yet."""
        return len(self._text)

    def forget(self) -> None:
        """Drop what has come of a line."""
        self._cut_short.stop()
        self._text = ""
        self._too_long = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Return True for what is a scanner's."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent):
            return False
        if not self._heeds():
            self.forget()
            return False
        if kind == QEvent.Type.KeyRelease:
            return self._is_fast(event) and len(self._text) > 1
        return self._press(event)

    def _press(self, event: QKeyEvent) -> bool:
        fast = self._is_fast(event) and not event.isAutoRepeat()
        if not fast:
            self.forget()
        self._last_ms = event.timestamp()
        if event.key() in _ENDS:
            return self._end()
        if event.text().isprintable():
            # Modifier keys have no text, and keep the line going.
            longer = self._text + event.text()
            self._too_long = self._too_long or len(longer) > MAX_CODE_CHARACTERS
            self._text = self._text if self._too_long else longer
            self._cut_short.start()
        return len(self._text) > 1

    def _end(self) -> bool:
        text, too_long = self._text, self._too_long
        self.forget()
        if len(text) < LEAST_CHARACTERS:
            return False
        if not too_long:
            self.read.emit(text)
        return True

    def _is_fast(self, event: QKeyEvent) -> bool:
        # The time at which the system had the key, not at which a busy window looks at it.
        return event.timestamp() - self._last_ms <= PAUSE_MS
