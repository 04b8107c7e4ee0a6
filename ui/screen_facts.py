"""Tells the booth of the screen that it is shown on, at start and at each change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QInputDevice, QScreen, QWindow

from devices.screen.interface import ScreenFacts

#: Qt has no signal for a touch screen that is plugged in or out, milliseconds.
LOOK_EVERY_MS = 5000


def touch_screen() -> bool:
    """Whether a touch screen is there; a mouse is none."""
    kinds = (device.type() for device in QInputDevice.devices())
    return any(kind == QInputDevice.DeviceType.TouchScreen for kind in kinds)


def facts_of(screen: QScreen | None, *, touch: bool) -> ScreenFacts | None:
    """Return what Qt knows of `screen`; None where there is none.

    When the last screen is gone, Qt puts one without a size in its place.
    """
    if screen is None or screen.geometry().isEmpty():
        return None
    # The scale is undone: panels are named by their own pixels.
    ratio = screen.devicePixelRatio()
    size, physical = screen.geometry().size(), screen.physicalSize()
    millimetres = (round(physical.width()), round(physical.height()))
    return ScreenFacts(
        width=round(size.width() * ratio),
        height=round(size.height() * ratio),
        touch=touch,
        name=screen.name()[:80],
        millimetres=millimetres if min(millimetres) > 0 else None,
    )


class ScreenWatch(QObject):
    """Calls `tell` with the facts of the window's screen, once now and whenever they change."""

    def __init__(
        self,
        application: QGuiApplication,
        window: QWindow,
        tell: Callable[[ScreenFacts | None], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tell = tell
        self._told: tuple[ScreenFacts | None] | None = None
        self._watched: QScreen | None = None
        application.screenAdded.connect(self.look)
        application.screenRemoved.connect(self.look)
        application.primaryScreenChanged.connect(self.look)
        window.screenChanged.connect(self.look)
        self._again = QTimer(self, interval=LOOK_EVERY_MS)
        self._again.timeout.connect(self.look)
        self._again.start()
        self.look()

    def look(self) -> None:
        """Look at the screen again, and tell if anything is new."""
        screen = self._window.screen() if QGuiApplication.screens() else None
        self._follow(screen)
        facts = facts_of(screen, touch=touch_screen())
        if self._told != (facts,):
            self._told = (facts,)
            self._tell(facts)

    def _follow(self, screen: QScreen | None) -> None:
        if screen is None or screen is self._watched:
            return
        if self._watched is not None:
            self._watched.geometryChanged.disconnect(self.look)
            self._watched.physicalSizeChanged.disconnect(self.look)
        self._watched = screen
        screen.geometryChanged.connect(self.look)
        screen.physicalSizeChanged.connect(self.look)
