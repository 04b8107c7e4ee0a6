"""Documents drawn from nothing: letters, forms, photographs, receipts, cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from devices.document_camera.scenes.desks import Image, noise

_WORDS = (
    "madame monsieur votre demande numéro dossier allocation mairie attestation domicile "
    "justificatif impôt avis montant euros période droits caisse retraite reçu courrier "
    "signature pièce identité naissance date adresse délai réponse service public à pour de la "
    "les des nous vous avez été"
).split()
Colour = tuple[int, int, int]
"""Red, green, blue: Pillow's order."""
INK: Colour = (28, 28, 32)


class Paper(StrEnum):
    """Kinds of documents; all A4 but the last three."""

    LETTER = "letter"
    FORM = "form"
    HEADED = "headed"
    PHOTO = "photo"
    STAMPED = "stamped"
    SPARSE = "sparse"
    RECEIPT = "receipt"
    CARD = "card"
    A5 = "a5"


SIZES_MM: dict[Paper, tuple[float, float]] = {
    **dict.fromkeys(Paper, (210.0, 297.0)),
    Paper.RECEIPT: (80.0, 190.0),
    Paper.CARD: (85.6, 54.0),
    Paper.A5: (148.0, 210.0),
}
"""Width and height; a card is ISO/IEC 7810 ID-1."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is being drawn upon, in millimetres."""

    random: np.random.Generator
    draw: ImageDraw.ImageDraw
    width: float
    height: float
    scale: float
    """Pixels per millimetre."""
    ink: Colour = INK

    def text(self, x: float, y: float, size: float, words: str, ink: Colour | None = None) -> None:
        """Write with letters `size` high."""
        ink = ink or self.ink
        self.draw.text((x * self.scale, y * self.scale), words, ink, self.font(size))

    def font(self, size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        """Atkinson Hyperlegible of `size` millimetres."""
        face = "Bold" if bold else "Regular"
        folder = files("fontpkg_atkinson_hyperlegible") / "files"
        path = str(folder / f"AtkinsonHyperlegible-{face}.ttf")
        return ImageFont.truetype(path, max(4, round(size * self.scale)))

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: Colour | None = None
    ) -> None:
        """A rectangle, filled or drawn."""
        corners = [
            x * self.scale,
            y * self.scale,
            (x + width) * self.scale,
            (y + height) * self.scale,
        ]
        pen = None if fill else INK
        self.draw.rectangle(corners, fill, pen, max(1, round(0.3 * self.scale)))

    def paragraph(self, x: float, y: float, width: float, lines: int, size: float = 3.7) -> float:
        """Lines of words, the last one short; returns where the next may begin."""
        font = self.font(size)
        for line in range(lines):
            wanted = width * self.scale * (0.5 if line == lines - 1 else 1)
            words = ""
            while True:
                longer = f"{words} {self.random.choice(_WORDS)}".strip()
                if font.getlength(longer) > wanted:
                    break
                words = longer
            self.text(x, y, size, words)
            y += size * 1.4
        return y + size


def draw_paper(paper: Paper, random: np.random.Generator, scale: float = 6.0) -> Image:
    """The document as it would look flat and evenly lit, at `scale` pixels per millimetre."""
    width, height = SIZES_MM[paper]
    white = int(random.integers(236, 256))
    tint = (white, white, max(0, white - int(random.integers(0, 14))))
    if paper is Paper.CARD:
        tint = tuple(int(value) for value in random.integers(170, 240, 3))  # type: ignore[assignment]
    pillow = Pillow.new("RGB", (round(width * scale), round(height * scale)), tint)
    grey = int(random.integers(90, 140)) if random.random() < 0.2 else INK[0]
    ink = (grey, grey, grey + 4)
    _DRAWN[paper](Sheet(random, ImageDraw.Draw(pillow), width, height, scale, ink))
    return np.ascontiguousarray(np.asarray(pillow)[:, :, ::-1])


def _letter(sheet: Sheet) -> None:
    if sheet.random.random() < 0.25:
        _crammed(sheet)
        return
    sheet.paragraph(20, 22, 60, 4)
    sheet.paragraph(110, 45, 70, 4)
    y = sheet.paragraph(20, 88, 170, 2)
    while y < sheet.height - 45:
        y = sheet.paragraph(20, y, 170, int(sheet.random.integers(3, 8)))


def _crammed(sheet: Sheet) -> None:
    """Notes from rim to rim."""
    margin = float(sheet.random.uniform(3, 9))
    y = margin
    while y < sheet.height - margin - 25:
        y = sheet.paragraph(margin, y, sheet.width - 2 * margin, int(sheet.random.integers(3, 5)))


def _form(sheet: Sheet) -> None:
    sheet.text(30, 14, 7, "Demande de prestation")
    sheet.box(12, 28, sheet.width - 24, sheet.height - 44)
    y = 34.0
    while y < sheet.height - 50:
        sheet.text(17, y, 3.6, " ".join(sheet.random.choice(_WORDS, 4)))
        sheet.box(90, y - 1, sheet.width - 108, 8)
        y += 12
    sheet.box(20, y, sheet.width - 40, 24, fill=(214, 222, 236))


def _headed(sheet: Sheet) -> None:
    ink = tuple(int(value) for value in sheet.random.integers(10, 130, 3))
    margin = 0.0 if sheet.random.random() < 0.5 else 8.0
    sheet.box(margin, margin, sheet.width - 2 * margin, 38, fill=(ink[0], ink[1], ink[2]))
    sheet.text(20, 18, 11, "Caisse locale", (255, 255, 255))
    y = 60.0
    while y < sheet.height - 40:
        y = sheet.paragraph(22, y, 165, int(sheet.random.integers(3, 8)))


def _photo(sheet: Sheet) -> None:
    y = sheet.paragraph(20, 20, 170, 3)
    _picture(sheet, 25, y + 4, 160, 105)
    y += 122
    while y < sheet.height - 35:
        y = sheet.paragraph(20, y, 170, int(sheet.random.integers(2, 5)))


def _picture(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    wide, tall = round(width * sheet.scale), round(height * sheet.scale)
    planes = [
        110
        + 45 * noise(sheet.random, tall, wide, tall / 3, wide / 3)
        + 12 * noise(sheet.random, tall, wide, 9, 9)
        for _ in range(3)
    ]
    pixels = np.clip(np.dstack(planes), 0, 255).astype(np.uint8)
    place = (round(x * sheet.scale), round(y * sheet.scale))
    sheet.draw._image.paste(Pillow.fromarray(pixels), place)  # noqa: SLF001


def _stamped(sheet: Sheet) -> None:
    _letter(sheet)
    scale = sheet.scale
    x, y = sheet.random.uniform(90, 150), sheet.random.uniform(190, 240)
    for radius in (20.0, 15.0):
        box = [
            (x - radius) * scale,
            (y - radius) * scale,
            (x + radius) * scale,
            (y + radius) * scale,
        ]
        sheet.draw.ellipse(box, outline=(45, 60, 170), width=round(scale))
    sheet.text(x - 11, y - 3, 6, "REÇU", (45, 60, 170))
    sheet.draw.line(
        [(30 * scale, 250 * scale), (55 * scale, 240 * scale), (80 * scale, 255 * scale)],
        (20, 30, 120),
        round(scale),
    )


def _sparse(sheet: Sheet) -> None:
    sheet.text(30, 40, 6, "Attestation")
    sheet.paragraph(30, 60, 150, 4)


def _receipt(sheet: Sheet) -> None:
    sheet.text(16, 8, 7, "ÉPICERIE")
    for row in range(24):
        sheet.text(6, 24 + row * 6, 3.6, str(sheet.random.choice(_WORDS)).upper())
        sheet.text(60, 24 + row * 6, 3.6, f"{sheet.random.uniform(1, 60):.2f}")


def _card(sheet: Sheet) -> None:
    sheet.box(0, 0, sheet.width, 9, fill=(120, 130, 190))
    sheet.text(4, 2, 4.5, "CARTE D'ASSURÉ", (255, 255, 255))
    _picture(sheet, 4, 14, 25, 32)
    for row in range(5):
        sheet.text(35, 15 + row * 7, 3.2, " ".join(sheet.random.choice(_WORDS, 3)).upper())


def _a5(sheet: Sheet) -> None:
    sheet.text(20, 14, 7, "Ordonnance")
    y = sheet.paragraph(15, 40, 115, 3)
    sheet.paragraph(15, y, 115, 6)


_DRAWN: dict[Paper, Callable[[Sheet], None]] = {
    Paper.LETTER: _letter,
    Paper.FORM: _form,
    Paper.HEADED: _headed,
    Paper.PHOTO: _photo,
    Paper.STAMPED: _stamped,
    Paper.SPARSE: _sparse,
    Paper.RECEIPT: _receipt,
    Paper.CARD: _card,
    Paper.A5: _a5,
}


def rounded_mask(height: int, width: int, radius: int) -> Image:
    """255 within a rectangle with round corners, 0 outside: height × width."""
    mask = np.zeros((height, width), np.uint8)
    cv2.rectangle(mask, (radius, 0), (width - 1 - radius, height - 1), 255, -1)
    cv2.rectangle(mask, (0, radius), (width - 1, height - 1 - radius), 255, -1)
    for x in (radius, width - 1 - radius):
        for y in (radius, height - 1 - radius):
            cv2.circle(mask, (x, y), radius, 255, -1)
    return mask
