"""The summary on one sheet of A4 in large type, in the booth's own font."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.a4_page import FAMILY, a4_page
from kiosk.visit.farewell_view import SummaryLine
from kiosk.visit.summary import TITLE, chosen, shortened

if TYPE_CHECKING:
    from fpdf import FPDF

_MARGIN_MM: Final = 20.0

#: Large print begins at 16 points (EBU, 2019); read at arm's length by whoever has no glasses.
_TITLE_PT: Final = 28
_HEAD_PT: Final = 20
_TEXT_PT: Final = 18
#: Height of a line: 1.4 times the letters, 1 pt = 0.353 mm.
_LINE_MM: Final = _TEXT_PT * 0.353 * 1.4


def summary_pdf(lines: Sequence[SummaryLine]) -> bytes:
    """Return the chosen lines as a PDF of one page; what does not fit is cut, and says so.

    Raises:
        kiosk.booth_font.FontMissing: the installation is incomplete.
    """
    paragraphs: tuple[_Paragraph, ...] = ()
    heights_mm: dict[_Paragraph, float] = {}
    with a4_page(TITLE, _MARGIN_MM) as page:
        for shorter in shortened(chosen(lines)):
            paragraphs = tuple(_paragraphs(shorter))
            for each in paragraphs:
                if each not in heights_mm:
                    heights_mm[each] = _put(page, each, dry_run=True)
            if sum(heights_mm[each] for each in paragraphs) <= page.eph:
                break
        for each in paragraphs:
            _put(page, each)
        return bytes(page.output())


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    size_pt: int = _TEXT_PT
    style: str = ""
    before_mm: float = 0.0


def _paragraphs(lines: Sequence[SummaryLine]) -> Iterator[_Paragraph]:
    yield _Paragraph(TITLE, _TITLE_PT, "B")
    for line in lines:
        yield _Paragraph(line.title, _HEAD_PT, "B", _LINE_MM / 2)
        yield from (_Paragraph(text) for text in line.lines)


def _put(page: FPDF, paragraph: _Paragraph, *, dry_run: bool = False) -> float:
    """Write a paragraph, or only measure it; return its height, mm."""
    page.set_font(FAMILY, paragraph.style, paragraph.size_pt)
    if not dry_run:
        page.ln(paragraph.before_mm)
    height = page.multi_cell(
        0,
        _LINE_MM * paragraph.size_pt / _TEXT_PT,
        _known(page, paragraph.text, paragraph.style),
        align="L",
        new_x="LMARGIN",
        new_y="NEXT",
        dry_run=dry_run,
        output="HEIGHT",
    )
    return paragraph.before_mm + float(str(height))


def _known(page: FPDF, text: str, style: str) -> str:
    """Return `text` with « ? » for letters that the font lacks, of which the log would tell."""
    glyphs = getattr(page.fonts[f"{FAMILY.lower()}{style}"], "cmap", {})
    return "".join(letter if ord(letter) in glyphs else "?" for letter in text)
