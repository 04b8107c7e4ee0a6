"""An empty A4 sheet in the booth's own font, to be drawn on and printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kiosk.booth_font import booth_font

if TYPE_CHECKING:
    from fpdf import FPDF

FAMILY: Final = "Atkinson"
"""The font's name on the sheet, in styles "" and "B"."""


@contextmanager
def a4_page(title: str, margin_mm: float, ink: tuple[int, int, int] = (0, 0, 0)) -> Iterator[FPDF]:
    """Lend a PDF with one page; further ones follow by themselves. `ink` is its text's RGB.

    Raises:
        FontMissing: the installation is incomplete.
    """
    # Loaded here: a booth starts without them.
    from fpdf import FPDF  # noqa: PLC0415
    from fpdf.fonts import TTFFont  # noqa: PLC0415

    page = FPDF(format="A4")
    try:
        page.set_margin(margin_mm)
        page.set_auto_page_break(auto=True, margin=margin_mm)
        page.add_font(FAMILY, "", booth_font("Regular"))
        page.add_font(FAMILY, "B", booth_font("Bold"))
        page.set_lang("fr-FR")
        page.set_title(title)
        page.set_creator("Visio-guichet")
        page.add_page()
        page.set_text_color(*ink)
        yield page
    finally:
        # fpdf2 leaves its fonts' files open.
        for font in page.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()
