"""The A4 page that is printed by the printer's test and photographed by the document camera's."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN_MM = 10.0
"""What every office printer can print on: the frame must come out whole."""
WIDTH_MM, HEIGHT_MM = 210.0, 297.0
GREYS = 10
SIZES_PT = (6, 8, 10, 12, 16, 24)
SENTENCE = "Où l’élève a-t-il reçu ce bœuf ? À Noël, près du château, ça coûtait 12 €."


def draw(place: str, at: datetime) -> bytes:
    """Return it as a PDF of one page: frame, corners, greys, fine lines, accents in six sizes."""
    from fpdf import FPDF  # noqa: PLC0415 - half a second, and only when somebody tests a printer

    pdf = FPDF(format="A4", unit="mm")
    pdf.set_auto_page_break(False)
    font = _font()
    pdf.add_font("text", fname=font)
    pdf.add_page()
    _frame(pdf)
    pdf.set_font("text", size=24)
    pdf.text(MARGIN_MM + 12, 34, "Page d’essai")
    pdf.set_font("text", size=11)
    pdf.text(MARGIN_MM + 12, 42, f"{place[:80]} – {at:%d/%m/%Y %H:%M}")
    _greys(pdf)
    _lines(pdf)
    top = 150.0
    for size in SIZES_PT:
        pdf.set_font("text", size=size)
        top += 4 + size * 0.5
        pdf.text(MARGIN_MM + 12, top, f"{size} : {SENTENCE}"[: 130 * 8 // size])
    pdf.set_font("text", size=11)
    pdf.text(
        MARGIN_MM + 12, 268, "Le cadre doit être entier, les dix gris distincts, le texte net."
    )
    return bytes(pdf.output())


def _frame(pdf: FPDF) -> None:
    pdf.set_line_width(0.5)
    pdf.rect(MARGIN_MM, MARGIN_MM, WIDTH_MM - 2 * MARGIN_MM, HEIGHT_MM - 2 * MARGIN_MM)
    side = 8.0
    for x in (MARGIN_MM, WIDTH_MM - MARGIN_MM - side):
        for y in (MARGIN_MM, HEIGHT_MM - MARGIN_MM - side):
            pdf.set_fill_color(0)
            pdf.rect(x, y, side, side, style="F")


def _greys(pdf: FPDF) -> None:
    width = 16.0
    for number in range(GREYS):
        pdf.set_fill_color(round(255 * number / (GREYS - 1)))
        pdf.rect(MARGIN_MM + 12 + number * width, 55, width, 25, style="FD")


def _lines(pdf: FPDF) -> None:
    for number in range(30):
        pdf.set_line_width(0.05 + number * 0.02)
        x = MARGIN_MM + 12 + number * 5.3
        pdf.line(x, 90, x, 125)
    pdf.set_line_width(0.5)
    pdf.line(MARGIN_MM + 12, 135, WIDTH_MM - MARGIN_MM - 12, 142)


def _font() -> Path:
    from importlib.util import find_spec  # noqa: PLC0415

    # Found without importing the package; the same font as on the screen has all accents.
    spec = find_spec("fontpkg_atkinson_hyperlegible")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package fontpkg-atkinson-hyperlegible is not installed")
    return Path(spec.submodule_search_locations[0], "files", "AtkinsonHyperlegible-Regular.ttf")
