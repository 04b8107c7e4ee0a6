"""Draws every screen in every size into PNG files, with scripted visits and drawn people.

    python -m ui.screenshots FOLDER [--readme FOLDER] [--scene NAME …] [--size WxH …]

Needs no display: Qt's offscreen platform and its software renderer draw the same as on a booth
without a GPU.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from ui.rendering import choose_renderer
from ui.scenes import scenes
from ui.studio import Studio, open_studio, prepare

SIZES = {
    "1920x1080": QSize(1920, 1080),
    "1280x800": QSize(1280, 800),
    "1366x768": QSize(1366, 768),
    "1080x1920": QSize(1080, 1920),
}

#: Home at rest, and the scene that is Home then.
RESTING = {"rest": "home", "rest-closed": "home-closed"}

#: The pictures that the README and the technician's pages show.
README = {
    f"{name}-1280x800"
    for name in (
        *("home", "waiting-third", "in-call", "ended-agent"),
        *("technician-overview", "technician-test-camera", "technician-report", "dock"),
    )
}

SHEET_WIDTH = 2400
SHEET_COLUMNS = 4


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


def shots(studio: Studio, size: str, wanted: list[str] | None) -> Iterator[tuple[str, QImage]]:
    """Draw each scene that is wanted (None: all) in `size`; give its name and its picture."""
    for name in (*scenes(), *RESTING):
        if wanted is None or name in wanted:
            # Made anew each time: a call counts from now.
            snapshot = scenes()[RESTING.get(name, name)]
            studio.show(snapshot, SIZES[size], resting=name in RESTING)
            yield name, studio.shoot()


def main(arguments: list[str] | None = None) -> int:
    """Draw the screens that `arguments` ask for."""
    parser = argparse.ArgumentParser(prog="python -m ui.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--readme", type=Path, help="put those that the README shows here, too")
    parser.add_argument("--scene", action="append", help="only this scene (may be repeated)")
    parser.add_argument("--size", action="append", choices=SIZES, help="only this size")
    asked = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    choose_renderer(os.environ)
    application = QGuiApplication([])
    prepare()
    folders = [folder for folder in (asked.folder, asked.readme) if folder is not None]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as cache:
        studio = open_studio(application, Path(cache))
        for size in asked.size or SIZES:
            drawn = dict(shots(studio, size, asked.scene))
            for name, image in drawn.items():
                shown = folders if f"{name}-{size}" in README else folders[:1]
                for folder in shown:
                    image.save(str(folder / f"{name}-{size}.png"))
            contact_sheet(drawn.values()).save(str(asked.folder / f"all-{size}.png"))
        studio.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
