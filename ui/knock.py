"""The technician's hidden gesture: a long press in one corner of Home, then a tap in the others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTouchEvent, QWindow

#: A hand that leans on the corner while its owner reads does not go round the others next.
HOLD_MS = 3000

#: From the end of the long press to the last tap, for slow hands too.
TAPS_WITHIN_MS = 10_000

#: Side of a corner, as a part of the window's shorter side: 29 mm on a 24-inch screen, where no
#: tile, button or word that can be touched begins nearer to the top left.
CORNER = 0.1

#: Clockwise from the one that is held: columns and rows from the left and the top.
HELD, *TAPPED = ((0, 0), (1, 0), (1, 1), (0, 1))

#: The same without a hand on the glass: these keys one after the other, for who plugs a keyboard
#: in because they cannot reach the corners. One key at a time, none of which a resident needs.
KEYS = (Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F6, Qt.Key.Key_F8)

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin)
_MOVES = (QEvent.Type.MouseMove, QEvent.Type.TouchUpdate)
_RELEASES = (QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


class Knock(QObject):
    """An event filter on the window that emits `knocked`; nothing of it is ever to be seen.

    It listens while `heeds` says so (on Home alone). Taps that belong to a knock are kept from
    what lies below; all else goes its way.
    """

    knocked = Signal()

    def __init__(
        self,
        window: QWindow,
        heeds: Callable[[], bool],
        *,
        hold_ms: int = HOLD_MS,
        taps_within_ms: int = TAPS_WITHIN_MS,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._heeds = heeds
        self._tapped = 0
        self._typed = 0
        self._hold = QTimer(self, interval=hold_ms, singleShot=True)
        self._hold.timeout.connect(self._held)
        self._taps = QTimer(self, interval=taps_within_ms, singleShot=True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Return True for a tap of the knock."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._key(event)
        elif kind in _RELEASES or (kind in _MOVES and self._corner(_place(event)) != HELD):
            self._hold.stop()
        elif kind in _PRESSES:
            return self._press(self._corner(_place(event)))
        return False

    def _press(self, corner: tuple[int, int] | None) -> bool:
        heeds = self._heeds()
        if heeds and self._taps.isActive() and corner == TAPPED[self._tapped]:
            self._tap()
            return True
        self._forget()
        if heeds and corner == HELD:
            self._hold.start()
        return False

    def _held(self) -> None:
        self._tapped = 0
        self._taps.start()

    def _tap(self) -> None:
        self._tapped += 1
        if self._tapped == len(TAPPED):
            self._forget()
            self.knocked.emit()

    def _key(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        right = self._heeds() and event.key() == KEYS[self._typed]
        self._typed = self._typed + 1 if right else int(event.key() == KEYS[0])
        if self._typed == len(KEYS):
            self._typed = 0
            self.knocked.emit()

    def _forget(self) -> None:
        self._hold.stop()
        self._taps.stop()
        self._tapped = 0

    def _corner(self, place: QPointF | None) -> tuple[int, int] | None:
        if place is None:
            return None
        width, height = self._window.width(), self._window.height()
        side = CORNER * min(width, height)
        columns = _end(place.x(), width, side)
        rows = _end(place.y(), height, side)
        return None if columns is None or rows is None else (columns, rows)


def _end(where: float, length: float, side: float) -> int | None:
    """Return 0 at the beginning of a length, 1 at its end, None between."""
    if where < side:
        return 0
    return 1 if where >= length - side else None


def _place(event: QEvent) -> QPointF | None:
    if isinstance(event, QTouchEvent):
        points = event.points()
        return points[0].scenePosition() if len(points) == 1 else None
    return event.scenePosition() if isinstance(event, QMouseEvent) else None
