"""Two drawn people, an agent and a resident, who stand in for real faces in screenshots."""

from __future__ import annotations

import time
from dataclasses import dataclass

import av
import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath

from devices.picture import Picture, Plane

WIDTH = 1280
HEIGHT = 720


@dataclass(frozen=True, slots=True)
class Person:
    """Colours of one person and of the room behind."""

    wall: tuple[str, str]
    skin: str
    hair: str
    clothes: str
    long_hair: bool


AGENT = Person(("#e9e2d4", "#cfc4b0"), "#c98f6b", "#3a2a22", "#2f5d62", long_hair=True)
RESIDENT = Person(("#b9c4c9", "#93a3ab"), "#e3b391", "#b9b4ae", "#7a4b3a", long_hair=False)


def picture(person: Person) -> Picture:
    """Return `person` as a camera would give them: 1280×720 planes of YUV 4:2:0."""
    return as_picture(_draw(person))


def as_picture(image: QImage) -> Picture:
    """Return an RGB888 `image` of even width and height as a camera would give it."""
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    rgb = np.ascontiguousarray(pixels[:, : width * 3].reshape(height, width, 3))
    frame = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(format="yuv420p")
    y, u, v = (Plane(memoryview(plane), plane.line_size) for plane in frame.planes)
    return Picture(width, height, (y, u, v), time.monotonic(), keep_alive=frame)


def _draw(person: Person) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB888)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    _room(painter, person)
    _body(painter, person)
    _head(painter, person)
    painter.end()
    return image


def _room(painter: QPainter, person: Person) -> None:
    light = QLinearGradient(0, 0, WIDTH, HEIGHT)
    light.setColorAt(0, QColor(person.wall[0]))
    light.setColorAt(1, QColor(person.wall[1]))
    painter.fillRect(0, 0, WIDTH, HEIGHT, light)
    painter.setBrush(QColor(255, 255, 255, 90))
    painter.drawRoundedRect(QRectF(90, 60, 300, 380), 8, 8)
    painter.setBrush(QColor(0, 0, 0, 28))
    for row, widths in enumerate(((30, 44, 26, 50), (52, 30, 40, 24))):
        x = 960.0
        for width in widths:
            painter.drawRoundedRect(QRectF(x, 120 + 170 * row, width, 130), 4, 4)
            x += width + 8
        painter.drawRect(QRectF(940, 252 + 170 * row, 260, 10))


def _body(painter: QPainter, person: Person) -> None:
    shoulders = QPainterPath(QPointF(300, HEIGHT))
    shoulders.cubicTo(320, 560, 470, 530, 640, 525)
    shoulders.cubicTo(810, 530, 960, 560, 980, HEIGHT)
    if person.long_hair:
        painter.setBrush(QColor(person.hair))
        painter.drawRoundedRect(QRectF(478, 170, 324, 400), 150, 150)
    painter.setBrush(QColor(person.clothes))
    painter.drawPath(shoulders)
    painter.setBrush(QColor(person.skin).darker(112))
    painter.drawRoundedRect(QRectF(585, 440, 110, 130), 50, 50)


def _head(painter: QPainter, person: Person) -> None:
    skin = QColor(person.skin)
    painter.setBrush(skin)
    painter.drawEllipse(QPointF(640, 330), 128, 160)
    fringe = QPainterPath(QPointF(508, 330))
    fringe.cubicTo(500, 100, 780, 100, 772, 330)
    fringe.cubicTo(760, 250, 700, 225, 600, 232)
    fringe.cubicTo(550, 240, 520, 280, 508, 330)
    painter.setBrush(QColor(person.hair))
    painter.drawPath(fringe)
    painter.setBrush(QColor("#2a211d"))
    for x in (592, 688):
        painter.drawEllipse(QPointF(x, 330), 11, 12)
    smile = QPainterPath(QPointF(590, 400))
    smile.cubicTo(615, 432, 665, 432, 690, 400)
    smile.cubicTo(665, 418, 615, 418, 590, 400)
    painter.setBrush(QColor("#8d3f36"))
    painter.drawPath(smile)
