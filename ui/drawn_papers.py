"""Drawn papers and a drawn window, in place of a resident's real ones in screenshots."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPolygonF, QTransform

from devices.picture import Picture
from ui.drawn_people import as_picture
from ui.fonts import TEXT_FAMILY

PAGE = (1240, 1754)
"""A4 at 150 dots an inch."""
DESK = (1600, 1200)
"""What a document camera sees."""
WINDOW = (1920, 1080)

CORNERS = ((0.27, 0.08), (0.79, 0.11), (0.76, 0.93), (0.22, 0.9))
"""Where the page lies on the desk, 0 to 1 of its width and height; clockwise from top left."""

LINES = (
    "Allocations familiales des Côtes-d'Armor",
    "",
    "Objet : votre déclaration de ressources",
    "",
    "Madame, Monsieur,",
    "",
    "Nous étudions votre demande d'aide au",
    "logement. Il nous manque votre avis",
    "d'imposition de cette année.",
    "",
    "Merci de nous l'envoyer avant le",
    "15 décembre, ou de le montrer à un",
    "agent à la borne de votre commune.",
    "",
    "Nous vous prions d'agréer nos salutations.",
)


def letter() -> Picture:
    """Return a page of a letter, upright."""
    return as_picture(_letter())


def desk() -> Picture:
    """Return the same page lying askew on a table, as a document camera sees it."""
    image = QImage(*DESK, QImage.Format.Format_RGB888)
    image.fill(QColor("#5b4a3c"))
    page = QPolygonF([QPointF(0, 0), QPointF(PAGE[0], 0), QPointF(*PAGE), QPointF(0, PAGE[1])])
    lies = QPolygonF([QPointF(x * DESK[0], y * DESK[1]) for x, y in CORNERS])
    askew = QTransform()
    QTransform.quadToQuad(page, lies, askew)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(askew)
    painter.drawImage(0, 0, _letter())
    painter.end()
    return as_picture(image)


def shared_window() -> Picture:
    """Return a window of an agent's: a form, filled in halfway."""
    image = QImage(*WINDOW, QImage.Format.Format_RGB888)
    image.fill(QColor("#f4f6f8"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(0, 0, WINDOW[0], 96, QColor("#1b4a8a"))
    painter.setPen(QColor("white"))
    painter.setFont(_font(44))
    painter.drawText(48, 64, "Mon compte - Simulation d'aide au logement")
    for row, label in enumerate(("Loyer mensuel", "Personnes au foyer", "Ressources de l'année")):
        top = 190 + 220 * row
        painter.setPen(QColor("#17252d"))
        painter.drawText(160, top, label)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(QRectF(160, top + 30, 900, 96), 12, 12)
        painter.drawText(190, top + 94, ("540 euros", "3", "")[row])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#1e5b3a"))
    painter.drawRoundedRect(QRectF(160, 880, 420, 110), 12, 12)
    painter.setPen(QColor("white"))
    painter.drawText(230, 950, "Calculer")
    painter.end()
    return as_picture(image)


def _letter() -> QImage:
    image = QImage(*PAGE, QImage.Format.Format_RGB888)
    image.fill(QColor("#fdfcf8"))
    painter = QPainter(image)
    painter.fillRect(110, 110, 150, 150, QColor("#1b4a8a"))
    painter.setPen(QColor("#20242a"))
    painter.setFont(_font(46))
    for number, line in enumerate(LINES):
        painter.drawText(110, 400 + 78 * number, line)
    painter.end()
    return image


def _font(pixels: int) -> QFont:
    font = QFont(TEXT_FAMILY)
    font.setPixelSize(pixels)
    return font
