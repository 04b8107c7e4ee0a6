"""What reaches the booth through its window beside the screens: keys, gestures, its screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.visit.snapshot import Screen
from ui.knock import Knock
from ui.resident_lock import ResidentLock
from ui.screen_facts import ScreenWatch
from ui.typed_codes import TypedCodes
from ui.viewmodels.booth import BoothModels
from ui.viewmodels.touches import Request
from ui.window_keys import DOCK_KEY, HANDSET_KEY, HeldKey

#: Longest part of a second between two words to the idle watch: a drag is one touch.
TOUCH_EVERY_MS = 500

#: A ticket is shown to Home, or when Home's « J'ai un rendez-vous » asks for it.
_CODE_SCREENS = (Screen.HOME, Screen.CHECKING_IN)


class Inputs:
    """The window's event filters; the last one made is the first to see an event."""

    def __init__(
        self,
        application: QGuiApplication,
        window: QQuickWindow,
        models: BoothModels,
        ask: Callable[[Request], None],
        *,
        handset_key: bool,
        dock: bool,
    ) -> None:
        """`ask` runs a request on the loop; `handset_key`: a key stands for the hook."""
        self._shell = models.shell
        self._ask = ask
        self._touch_pause = QTimer(window, interval=TOUCH_EVERY_MS, singleShot=True)
        self.lock = ResidentLock(
            window, self._touched, technician=lambda: self._shell.is_on(Screen.TECHNICIAN)
        )
        self._knock = Knock(window, lambda: self._shell.is_on(Screen.HOME))
        self._knock.knocked.connect(lambda: ask(lambda booth: booth.technician.knock()))
        self._codes = TypedCodes(
            window, lambda: self._shell.is_on(*_CODE_SCREENS) and not self.lock.writing
        )
        self._codes.read.connect(lambda text: ask(lambda booth: booth.typed_code(text)))
        if handset_key:
            self._hook = HeldKey(window, HANDSET_KEY)
            self._hook.changed.connect(lambda down: ask(lambda booth: booth.key_handset(down)))
        if dock:
            models.dock.ask()
            self._dock = HeldKey(window, DOCK_KEY)
            self._dock.changed.connect(lambda down: models.dock.toggle() if down else None)
        self._application = application
        self._window = window

    def tell_of_screen(self) -> None:
        """Tell the booth of its screen, now and from now on; once there is somebody to tell."""
        self._screen = ScreenWatch(
            self._application,
            self._window,
            lambda facts: self._ask(lambda booth: booth.screen_told(facts)),
        )

    def _touched(self) -> None:
        # After the touch itself: the one that ends the rest state must not fall on a tile.
        QTimer.singleShot(0, self._shell.touched)
        if not self._touch_pause.isActive():
            self._touch_pause.start()
            self._ask(lambda booth: booth.touched())
