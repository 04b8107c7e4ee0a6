"""Keeps the resident inside the application, and notices every touch."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from ui.screen_facts import touch_screen

#: All that the keyboard is for: moving the focus and pressing what has it.
USEFUL_KEYS = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Space,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    }
)

#: What the technician's screens take beside them: a PIN's digits, and the way out of a test of a
#: touch screen that no longer feels.
TECHNICIAN_KEYS = frozenset(
    {Qt.Key.Key_Backspace, Qt.Key.Key_Escape, *(Qt.Key(Qt.Key.Key_0 + n) for n in range(10))}
)

#: What a field for text takes beside the letters.
EDITING_KEYS = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Home, Qt.Key.Key_End})

#: What presses a button: once, however long the key is held. Repeated, one press would answer the
#: question that it asked for, and the next one too.
_PRESSING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})

_FIELDS = ("QQuickTextInput", "QQuickTextEdit")

#: Shift belongs to Shift+Tab and the keypad's mark to its Enter; any other modifier makes a
#: shortcut, and there are none.
HARMLESS_MODIFIERS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier

_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_NEVER = (
    QEvent.Type.ContextMenu,
    QEvent.Type.DragEnter,
    QEvent.Type.DragMove,
    QEvent.Type.Drop,
    QEvent.Type.NativeGesture,
    QEvent.Type.Shortcut,
)
_TOUCHES = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress)


class ResidentLock(QObject):
    """An event filter on the window: nothing that it lets through can close or cover the booth.

    `release` lets the window close, when the process itself has been told to stop.
    """

    closed = Signal()
    """The window of a released booth is being closed, by whoever runs it on a desktop."""

    def __init__(
        self,
        window: QWindow,
        touched: Callable[[], None],
        technician: Callable[[], bool] = lambda: False,
    ) -> None:
        """`touched` hears of every touch; `technician` says whether one is at the screen."""
        super().__init__(window)
        self._window = window
        self._touched = touched
        self._technician = technician
        self._locked = True
        window.installEventFilter(self)

    def release(self) -> None:
        """Let the window close."""
        self._locked = False

    @property
    def writing(self) -> bool:
        """Whether a field for text has the keyboard."""
        focus: QObject | None = self._window.focusObject()
        return focus is not None and any(focus.inherits(field) for field in _FIELDS)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Return True for what must not reach the window."""
        kind = event.type()
        if kind in _TOUCHES:
            self._touched()
        if not self._locked:
            if kind == QEvent.Type.Close:
                self.closed.emit()
            return False
        if kind in _KEYS and isinstance(event, QKeyEvent):
            return not self._lets_through(event)
        if kind == QEvent.Type.Close:
            event.ignore()
            return True
        if (
            kind == QEvent.Type.WindowStateChange
            and self._window.windowState() == Qt.WindowState.WindowMinimized
        ):
            self._window.showFullScreen()
        return kind in _NEVER

    def _lets_through(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat() and event.key() in _PRESSING:
            # A held space bar writes spaces.
            return event.key() == Qt.Key.Key_Space and self.writing and writes(event)
        if harmless(event):
            return True
        if self.writing:
            return writes(event)
        return (
            self._technician()
            and event.key() in TECHNICIAN_KEYS
            and not event.modifiers() & ~HARMLESS_MODIFIERS
        )


def harmless(event: QKeyEvent) -> bool:
    """Return whether a key only moves the focus or presses what has it."""
    return event.key() in USEFUL_KEYS and not event.modifiers() & ~HARMLESS_MODIFIERS


def writes(event: QKeyEvent) -> bool:
    """Return whether a key writes or corrects text, and is no shortcut."""
    # AltGr, by which a French keyboard writes @ and €.
    allowed = HARMLESS_MODIFIERS | Qt.KeyboardModifier.GroupSwitchModifier
    if event.modifiers() & ~allowed:
        return False
    text = event.text()
    return event.key() in EDITING_KEYS or (bool(text) and text.isprintable())


def cover_screen(window: QWindow) -> None:
    """Show `window` on the whole screen, without a frame, above all others."""
    window.setFlags(
        Qt.WindowType.Window
        | Qt.WindowType.FramelessWindowHint
        | Qt.WindowType.WindowStaysOnTopHint
    )
    if touch_screen():
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
    screen = window.screen()
    # Where no window manager answers the wish for the full screen, the size is asked for plainly.
    window.setGeometry(screen.geometry())
    screen.geometryChanged.connect(window.setGeometry)
    window.showFullScreen()
