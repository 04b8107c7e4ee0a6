"""The booth's process: Qt on the main thread, the kiosk on the loop, and how both end.

Start-up, in order: the loop's thread begins to build the kiosk while Qt loads fonts, words and
screens; the window is shown with what the kiosk says first; the supervisor is told that the booth
is ready once that has been drawn. Stopping: the kiosk winds up on its loop, then Qt quits, then
the window goes before what it shows.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import shiboken6
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.calls.sinks import Sinks
from kiosk.log import get_logger
from kiosk.visit.controls import VisitControls
from kiosk.visit.snapshot import Screen, VisitSnapshot
from kiosk.watchdog import Watchdog, notify
from ui.bridge import Bridge
from ui.collector import Collector
from ui.faults import Faults
from ui.fonts import load_fonts
from ui.inputs import Inputs
from ui.loop_thread import LoopThread
from ui.noise import silence
from ui.qr_code import register as register_codes
from ui.rendering import settle
from ui.resident_lock import cover_screen
from ui.stop_signals import StopSignals
from ui.translation import install
from ui.video import Feeds
from ui.video import register as register_pictures
from ui.viewmodels.all_touches import make_touches
from ui.viewmodels.booth import BoothModels
from ui.viewmodels.booth import register as register_models
from ui.window import load_window, make_engine
from ui.wiping import InterfaceWipe

log = get_logger(__name__)

#: Beats of the Qt thread for the watchdog; a frozen interface misses them.
BEAT_MS = 1000

#: Longest wait for the kiosk to close its visit and its line before Qt quits all the same.
CLOSE_WITHIN_MS = 1200


class KioskLike(Protocol):
    """What the interface's process needs of `kiosk.app.Kiosk`."""

    @property
    def visit(self) -> VisitControls:
        """What the interface drives and watches."""

    async def start(self) -> None:
        """Open the booth."""

    async def stop(self) -> None:
        """Close the booth."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the window is shown, and where compiled words are kept."""

    cache: Path
    windowed: QSize | None = None
    """A window of that size which can be closed; None covers the screen."""
    language: str = "fr"
    reduced_motion: bool = False
    dim_when_closed: bool = True
    shift_pixels: bool = True
    handset_key: bool = False
    """A key of the keyboard stands for the handset's hook."""
    dock: bool = False
    """Simulated devices can be handled on the screen."""


class Application:
    """One booth's interface; `run` returns when the process has been told to stop."""

    def __init__(self, make_kiosk: Callable[[], KioskLike], options: Options) -> None:
        """Prepare everything; `make_kiosk` is called on the loop's thread."""
        self._make_kiosk = make_kiosk
        self._options = options
        self._kiosk: KioskLike | None = None
        self._failure: Exception | None = None
        self._stopping = False
        self._answered = False
        self._shown = False
        self._screen = Screen.HOME
        silence()
        self._qt = QGuiApplication(sys.argv[:1])
        self._qt.setQuitOnLastWindowClosed(False)
        register_pictures(settle())
        register_models()
        register_codes()
        self._watchdog = Watchdog(("interface", "loop"))
        self._collector = Collector()
        self._loop = LoopThread()
        self._models = BoothModels()
        self._bridge = Bridge(self._loop, self._show)
        self._faults = Faults(self._interface_failed)
        self._feeds = Feeds()
        self._opening = self._loop.run(self._open(self._feeds.sinks()))
        self._opening.add_done_callback(self._opened)
        load_fonts()
        self._translator = install(self._qt, options.language, options.cache)
        self._touches = make_touches(self._bridge.ask)
        self._engine = make_engine()
        self._faults.watch(self._engine)
        self._window = self._make_window()
        self._wipe = InterfaceWipe(self._window, self._feeds, self._bridge.ask)

    def run(self) -> int:
        """Serve residents until told to stop; return the exit code.

        Raises:
            Exception: what kept the kiosk from opening.
        """
        signals = StopSignals(self.stop)
        beats = QTimer(interval=BEAT_MS)
        beats.timeout.connect(lambda: self._watchdog.beat("interface"))
        beats.start()
        try:
            self._qt.exec()
        finally:
            signals.close()
            beats.stop()
            self._collector.stop()
            self._take_down()
        if self._failure is not None:
            raise self._failure
        return 0

    def stop(self) -> None:
        """End: the kiosk first, on its loop, then Qt."""
        if self._stopping:
            return
        self._stopping = True
        notify("STOPPING=1")
        # `exit`, not `quit`: that one asks the window first, and a locked window says no.
        self._inputs.lock.release()
        QTimer.singleShot(CLOSE_WITHIN_MS, self._qt.exit)
        closing = self._loop.run(self._close())
        closing.add_done_callback(lambda _done: self._bridge.post(self._qt.exit))

    def _make_window(self) -> QQuickWindow:
        window = load_window(
            self._engine,
            {
                **self._models.as_properties(),
                **self._touches,
                **self._feeds.as_properties(),
                "reducedMotion": self._options.reduced_motion,
                "dimWhenClosed": self._options.dim_when_closed,
                "shiftPixels": self._options.shift_pixels,
            },
        )
        self._inputs = Inputs(
            self._qt,
            window,
            self._models,
            self._bridge.ask,
            handset_key=self._options.handset_key,
            dock=self._options.dock,
        )
        if self._options.windowed is None:
            cover_screen(window)
        else:
            self._inputs.lock.release()
            self._inputs.lock.closed.connect(self.stop)
            window.resize(self._options.windowed)
            window.show()
        return window

    def _show(self, snapshot: VisitSnapshot) -> None:
        self._models.show(snapshot)
        self._wipe.show(snapshot)
        self._feeds.show(snapshot.papers)
        if snapshot.screen is Screen.HOME and self._screen is not Screen.HOME:
            self._collector.sweep_soon()
        self._screen = snapshot.screen
        if not self._answered:
            self._answered = True
            self._inputs.tell_of_screen()
        if not self._shown and snapshot.tiles:
            self._shown = True
            self._window.frameSwapped.connect(self._say_ready)
            self._window.update()

    def _say_ready(self) -> None:
        self._window.frameSwapped.disconnect(self._say_ready)
        log.info("booth_ready")
        notify("READY=1")
        self._collector.start()

    def _interface_failed(self, detail: str) -> None:
        self._bridge.ask(lambda controls: controls.interface_failed(detail))

    async def _open(self, sinks: Sinks) -> None:
        kiosk = self._kiosk = self._make_kiosk()
        kiosk.visit.show_pictures(sinks)
        await kiosk.start()
        self._bridge.attach(kiosk.visit)

    def _opened(self, opening: Future[None]) -> None:
        try:
            opening.result()
        except CancelledError:
            return
        except Exception as error:  # noqa: BLE001 (whatever it is, `run` raises it again)
            self._failure = error
            self._bridge.post(self._qt.exit)
        else:
            self._watching = self._loop.run(self._watchdog.run("loop"))

    async def _close(self) -> None:
        if self._kiosk is not None:
            await self._kiosk.stop()

    def _take_down(self) -> None:
        self._loop.stop()
        self._faults.unwatch()
        shiboken6.delete(self._engine)
