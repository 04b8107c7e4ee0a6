"""Draws every screen in every size into PNG files, with scripted visits and drawn people.

    python -m ui.screenshots FOLDER [--scene NAME …]

Needs no display: Qt's offscreen platform and its software renderer draw the same as on a booth
without a GPU.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from devices.picture import Picture
from kiosk.visit.snapshot import VisitSnapshot
from ui.drawn_people import AGENT, RESIDENT, picture
from ui.fonts import load_fonts
from ui.rendering import choose_renderer, settle
from ui.scenes import scenes
from ui.translation import install
from ui.video import PictureFeed
from ui.video import register as register_pictures
from ui.viewmodels.booth import BoothModels
from ui.viewmodels.booth import register as register_models
from ui.viewmodels.touches import Request, Touches
from ui.window import load_window, make_engine

SIZES = {
    "1920x1080": QSize(1920, 1080),
    "1280x800": QSize(1280, 800),
    "1080x1920": QSize(1080, 1920),
}

#: Long enough for a screen to be laid out and a picture to be scaled, milliseconds.
SETTLE_MS = 250

SHEET_WIDTH = 2400
SHEET_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Studio:
    """A window that shows whatever it is told."""

    engine: QQmlApplicationEngine
    window: QQuickWindow
    models: BoothModels
    touches: Touches
    agent: PictureFeed
    resident: PictureFeed
    people: tuple[Picture, Picture]

    def show(self, snapshot: VisitSnapshot, size: QSize, *, resting: bool = False) -> None:
        """Bring `snapshot` to the window, in `size`."""
        self.window.resize(size)
        self.models.show(snapshot)
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
        for one in (*self.models.as_properties().values(), self.touches, self.agent, self.resident):
            shiboken6.delete(one)

    def _give_pictures(self) -> None:
        self.agent.show(self.people[0])
        self.resident.show(self.people[1])


def prepare() -> None:
    """Do what must be done once in a process, before its first window."""
    register_pictures(settle())
    register_models()
    load_fonts()


def open_studio(
    application: QGuiApplication,
    cache: Path,
    ask: Callable[[Request], None] = lambda _request: None,
) -> Studio:
    """Return a window with the booth's screens, and `ask` behind them in place of a visit."""
    install(application, "fr", cache)
    models = BoothModels()
    agent, resident = PictureFeed(), PictureFeed()
    touches = Touches(ask)
    engine = make_engine()
    window = load_window(
        engine,
        {
            **models.as_properties(),
            "touches": touches,
            "agentFeed": agent,
            "selfFeed": resident,
            "reducedMotion": True,
        },
    )
    window.show()
    people = (picture(AGENT), picture(RESIDENT))
    return Studio(engine, window, models, touches, agent, resident, people)


def contact_sheet(pictures: Iterable[QImage]) -> QImage:
    """Return all pictures, small, in rows."""
    cell = SHEET_WIDTH // SHEET_COLUMNS
    small = [
        one.scaledToWidth(cell - 16, Qt.TransformationMode.SmoothTransformation) for one in pictures
    ]
    rows = [small[i : i + SHEET_COLUMNS] for i in range(0, len(small), SHEET_COLUMNS)]
    heights = [max(one.height() for one in row) + 16 for row in rows]
    sheet = QImage(SHEET_WIDTH, sum(heights), QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.gray)
    painter = QPainter(sheet)
    y = 8
    for row, height in zip(rows, heights, strict=True):
        for column, one in enumerate(row):
            painter.drawImage(column * cell + 8, y, one)
        y += height
    painter.end()
    return sheet


def main(arguments: list[str] | None = None) -> int:
    """Draw the screens that `arguments` ask for."""
    parser = argparse.ArgumentParser(prog="python -m ui.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scene", action="append", help="only this scene (may be repeated)")
    parser.add_argument("--size", action="append", choices=SIZES, help="only this size")
    asked = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    choose_renderer(os.environ)
    application = QGuiApplication([])
    prepare()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        studio = open_studio(application, Path(cache))
        known = {**scenes(), "rest": scenes()["home"]}
        for size_name in asked.size or SIZES:
            shots = []
            for name, snapshot in known.items():
                if asked.scene and name not in asked.scene:
                    continue
                studio.show(snapshot, SIZES[size_name], resting=name == "rest")
                shot = studio.shoot()
                shot.save(str(asked.folder / f"{name}-{size_name}.png"))
                shots.append(shot)
            contact_sheet(shots).save(str(asked.folder / f"all-{size_name}.png"))
        studio.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
