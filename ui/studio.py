"""A window with the booth's screens and nobody behind them, for screenshots and tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEventLoop, QObject, QSize, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from devices.picture import Picture
from kiosk.documents.view import PapersStep
from kiosk.visit.snapshot import VisitSnapshot
from ui.drawn_papers import desk, letter, shared_window
from ui.drawn_people import AGENT, RESIDENT, picture
from ui.fonts import load_fonts
from ui.noise import silence
from ui.qr_code import register as register_codes
from ui.rendering import settle
from ui.translation import install
from ui.video import Feeds
from ui.video import register as register_pictures
from ui.viewmodels.agency import AgencyModel
from ui.viewmodels.all_touches import make_touches
from ui.viewmodels.booth import BoothModels
from ui.viewmodels.booth import register as register_models
from ui.viewmodels.shell import ShellModel
from ui.viewmodels.touches import Request
from ui.window import load_window, make_engine

#: A Thursday afternoon: pictures made on another day are the same.
NOW = datetime(2026, 11, 26, 14, 32)  # noqa: DTZ001 (a clock on a wall)

#: Long enough for a screen to be laid out and a picture to be scaled, milliseconds.
SETTLE_MS = 250


@dataclass(slots=True)
class Studio:
    """A window that shows whatever it is told."""

    engine: QQmlApplicationEngine
    window: QQuickWindow
    models: BoothModels
    touches: dict[str, QObject]
    feeds: Feeds
    scanning: bool = False

    def show(self, snapshot: VisitSnapshot, size: QSize, *, resting: bool = False) -> None:
        """Bring `snapshot` to the window, in `size`."""
        self.window.resize(size)
        self.models.show(snapshot)
        self.feeds.show(snapshot.papers)
        self.scanning = snapshot.papers.step is PapersStep.SCANNING
        # A snapshot with a dock is one of a booth whose dock is out.
        self.models.dock.ask(asked=bool(snapshot.dock))
        self.models.dock.toggle()
        self.models.shell.rest(resting=resting)

    def shoot(self) -> QImage:
        """Return what the window shows once it has settled, with people in the pictures."""
        settled = QEventLoop()
        QTimer.singleShot(SETTLE_MS // 2, self._give_pictures)
        QTimer.singleShot(SETTLE_MS, settled.quit)
        settled.exec()
        return self.window.grabWindow()

    def close(self) -> None:
        """Take the window down before what it shows, all of it on this thread.

        Left to the garbage collector, a timer could be deleted on a thread that is not its own.
        """
        shiboken6.delete(self.engine)
        models = self.models.as_properties().values()
        for one in (*models, *self.touches.values(), *self.feeds.as_properties().values()):
            shiboken6.delete(one)

    def _give_pictures(self) -> None:
        self.feeds.agent.show(_drawn("agent"))
        self.feeds.own.show(_drawn("resident"))
        self.feeds.paper.show(_drawn("desk" if self.scanning else "letter"))
        self.feeds.shared.show(_drawn("window"))


def prepare() -> None:
    """Do what must be done once in a process, before its first window."""
    silence()
    register_pictures(settle())
    register_models()
    register_codes()
    load_fonts()


def open_studio(
    application: QGuiApplication,
    cache: Path,
    ask: Callable[[Request], None] = lambda _request: None,
) -> Studio:
    """Return a window with the booth's screens, and `ask` behind them in place of a visit."""
    install(application, "fr", cache)
    models = BoothModels(shell=ShellModel(now=lambda: NOW), agency=AgencyModel(today=NOW.date))
    feeds = Feeds()
    # Faster than any finger: each tap is meant.
    touches = make_touches(ask, monotonic=count().__next__)
    engine = make_engine()
    window = load_window(
        engine,
        {
            **models.as_properties(),
            **touches,
            **feeds.as_properties(),
            "reducedMotion": True,
            "dimWhenClosed": True,
            "shiftPixels": True,
        },
    )
    window.show()
    return Studio(engine, window, models, touches, feeds)


@cache
def _drawn(what: str) -> Picture:
    # Once in a process: it takes a while.
    draw: dict[str, Callable[[], Picture]] = {
        "agent": lambda: picture(AGENT),
        "resident": lambda: picture(RESIDENT),
        "desk": desk,
        "letter": letter,
        "window": shared_window,
    }
    return draw[what]()
