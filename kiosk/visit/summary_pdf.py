"""The summary on one sheet of A4 in large type, in the booth's own font."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kiosk.booth_font import booth_font
from kiosk.visit.farewell_view import SummaryLine
from kiosk.visit.summary import TITLE, chosen, shortened

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY: Final = "Atkinson"
_MARGIN_MM: Final = 20.0

#: Large print begins at 16 points (EBU, 2019); read at arm's length by whoever has no glasses.
_TITLE_PT: Final = 28
_HEAD_PT: Final = 20
_TEXT_PT: Final = 18
#: Height of a line: 1.4 times the letters, 1 pt = 0.353 mm.
_LINE_MM: Final = _TEXT_PT * 0.353 * 1.4

_INK: Final = (0, 0, 0)


def summary_pdf(lines: Sequence[SummaryLine]) -> bytes:
    """Return the chosen lines as a PDF of one page; what does not fit is cut, and says so.

    Raises:
        kiosk.booth_font.FontMissing: the installation is incomplete.
    """
    page = _blank()
    for shorter in shortened(chosen(lines)):
        page = _blank()
        _write(page, shorter)
        if page.pages_count == 1:
            break
    return bytes(page.output())


def _blank() -> FPDF:
    # Loaded here: a booth starts without it.
    from fpdf import FPDF  # noqa: PLC0415

    page = FPDF(format="A4")
    page.set_margin(_MARGIN_MM)
    page.set_auto_page_break(auto=True, margin=_MARGIN_MM)
    page.add_font(_FAMILY, "", booth_font("Regular"))
    page.add_font(_FAMILY, "B", booth_font("Bold"))
    page.set_lang("fr-FR")
    page.set_title(TITLE)
    page.set_creator("Visio-guichet")
    page.add_page()
    page.set_text_color(*_INK)
    return page


def _write(page: FPDF, lines: Sequence[SummaryLine]) -> None:
    _paragraph(page, TITLE, _TITLE_PT, "B")
    for line in lines:
        page.ln(_LINE_MM / 2)
        _paragraph(page, line.title, _HEAD_PT, "B")
        for text in line.lines:
            _paragraph(page, text, _TEXT_PT, "")


def _paragraph(page: FPDF, text: str, size_pt: int, style: str) -> None:
    page.set_font(_FAMILY, style, size_pt)
    height_mm = _LINE_MM * size_pt / _TEXT_PT
    page.multi_cell(
        0, height_mm, _known(page, text, style), align="L", new_x="LMARGIN", new_y="NEXT"
    )


def _known(page: FPDF, text: str, style: str) -> str:
    """Return `text` with « ? » for letters that the font lacks, of which the log would tell."""
    glyphs = getattr(page.fonts[f"{_FAMILY.lower()}{style}"], "cmap", {})
    return "".join(letter if ord(letter) in glyphs else "?" for letter in text)
