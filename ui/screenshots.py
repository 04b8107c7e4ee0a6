"""Draws every screen in every size into PNG files, with scripted visits and drawn people.

    python -m ui.screenshots FOLDER [--readme FOLDER] [--scene NAME …] [--size WxH …]

Needs no display: Qt's offscreen platform and its software renderer draw the same as on a booth
without a GPU.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter

from ui.rendering import choose_renderer
from ui.scenes import scenes
from ui.studio import Studio, open_studio, prepare

SIZES = {
    "1920x1080": QSize(1920, 1080),
    "1280x800": QSize(1280, 800),
    "1366x768": QSize(1366, 768),
    "1080x1920": QSize(1080, 1920),
    "3840x2160": QSize(3840, 2160),
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

#: The contact sheet, pixels: six to a row are still read, and all scenes fit in one picture.
SHEET_CELL = 480
SHEET_COLUMNS = 6
SHEET_GAP = 12
SHEET_LABEL = 32
SHEET_LETTERS = 20

Small = tuple[str, QImage]


def contact_sheet(pictures: Mapping[str, QImage]) -> QImage:
    """Return all pictures, small, in rows, each under its name."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = [(name, one.scaledToWidth(SHEET_CELL, smooth)) for name, one in pictures.items()]
    rows = [small[i : i + SHEET_COLUMNS] for i in range(0, len(small), SHEET_COLUMNS)]
    heights = [max(one.height() for _, one in row) + SHEET_LABEL + SHEET_GAP for row in rows]
    width = SHEET_COLUMNS * (SHEET_CELL + SHEET_GAP) + SHEET_GAP
    sheet = QImage(width, sum(heights) + SHEET_GAP, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.lightGray)
    painter = QPainter(sheet)
    font = QFont("Atkinson Hyperlegible")
    font.setPixelSize(SHEET_LETTERS)
    painter.setFont(font)
    y = SHEET_GAP
    for row, height in zip(rows, heights, strict=True):
        _draw_row(painter, row, y)
        y += height
    painter.end()
    return sheet


def _draw_row(painter: QPainter, row: list[Small], y: int) -> None:
    for column, (name, one) in enumerate(row):
        x = SHEET_GAP + column * (SHEET_CELL + SHEET_GAP)
        label = QRect(x, y, SHEET_CELL, SHEET_LABEL)
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawImage(x, y + SHEET_LABEL, one)


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
            contact_sheet(drawn).save(str(asked.folder / f"all-{size}.png"))
        studio.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
