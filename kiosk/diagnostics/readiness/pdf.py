"""The report on paper: one A4 page in most cases, in the booth's own font."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kiosk.a4_page import FAMILY, a4_page
from kiosk.diagnostics.readiness.qr import modules, summary
from kiosk.diagnostics.readiness.report import Readiness
from kiosk.diagnostics.readiness.sentences import crash, facts, verdict
from kiosk.diagnostics.readiness.words import (
    NAMES,
    device_condition,
    device_hint,
    last_test,
    moment,
)

if TYPE_CHECKING:
    from fpdf import FPDF

_MARGIN_MM: Final = 14.0
_WIDTH_MM: Final = 210.0 - 2 * _MARGIN_MM
_QR_MM: Final = 42.0
"""85 modules of half a millimetre: a phone reads it from a hand's breadth."""
_LINE_MM: Final = 4.6
_NAME_MM: Final = 34.0

_INK: Final = (20, 30, 40)
_PAPER: Final = (255, 255, 255)
_PALE: Final = (236, 240, 244)
_GOOD: Final = (22, 101, 52)
_BAD: Final = (153, 27, 27)


def pdf(report: Readiness) -> bytes:
    """Return the report as a PDF of A4 pages.

    Raises:
        FontMissing: the installation is incomplete.
    """
    with a4_page(f"Rapport de la borne {report.booth}", _MARGIN_MM, _INK) as page:
        page.set_creation_date(datetime.fromtimestamp(report.at, tz=UTC))
        _head(page, report)
        _devices(page, report)
        _facts(page, report)
        _crashes(page, report)
        _signature(page)
        return bytes(page.output())


def _head(page: FPDF, report: Readiness) -> None:
    _code(page, summary(report), _MARGIN_MM + _WIDTH_MM - _QR_MM, _MARGIN_MM)
    left = _WIDTH_MM - _QR_MM - 8
    page.set_font(FAMILY, "B", 22)
    page.multi_cell(left, 10, "Rapport de la borne", new_x="LMARGIN", new_y="NEXT")
    page.set_font(FAMILY, "", 11)
    how = "par la borne en marche" if report.running else "sans la borne, qui n'est pas en marche"
    for line in (
        f"{report.place_name} ({report.booth})",
        f"Le {moment(report.at)}, établi {how}.",
    ):
        page.multi_cell(left, 5.5, line, align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(2)
    page.set_fill_color(*(_GOOD if report.ready else _BAD))
    page.set_text_color(255, 255, 255)
    page.set_font(FAMILY, "B", 11)
    page.multi_cell(
        left, 5.5, verdict(report), align="L", fill=True, padding=2, new_x="LMARGIN", new_y="NEXT"
    )
    page.set_text_color(*_INK)
    page.set_fill_color(*_PAPER)
    page.set_y(max(page.get_y(), _MARGIN_MM + _QR_MM) + 5)


def _code(page: FPDF, text: str, x: float, y: float) -> None:
    rows = modules(text)
    size = _QR_MM / len(rows)
    page.set_fill_color(0, 0, 0)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                page.rect(x + across * size, y + down * size, size, size, style="F")
    page.set_fill_color(*_PAPER)


def _title(page: FPDF, text: str) -> None:
    page.ln(2)
    page.set_font(FAMILY, "B", 12)
    page.cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")


def _devices(page: FPDF, report: Readiness) -> None:
    from fpdf.fonts import FontFace  # noqa: PLC0415

    _title(page, "Appareils")
    page.set_font(FAMILY, "", 9)
    with page.table(
        col_widths=(40, 46, 40, 54),
        text_align="LEFT",
        line_height=_LINE_MM,
        padding=0.6,
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="BOLD", fill_color=_PALE),
    ) as table:
        table.row(("Appareil", "État", "Dernier test", "À faire"))
        for device in report.devices:
            name = NAMES[device.kind] + ("" if device.expected else " (facultatif)")
            table.row(
                (name, device_condition(device), last_test(device.last_test), device_hint(device))
            )


def _facts(page: FPDF, report: Readiness) -> None:
    _title(page, "Ordinateur, versions")
    told = facts(report)
    half = (len(told) + 1) // 2
    for left, right in zip(told[:half], (*told[half:], ("", ""))[:half], strict=True):
        for name, value in (left, right):
            page.set_font(FAMILY, "B", 9)
            page.cell(_NAME_MM, _LINE_MM, name)
            page.set_font(FAMILY, "", 9)
            page.cell(_WIDTH_MM / 2 - _NAME_MM, _LINE_MM, value)
        page.ln(_LINE_MM)


def _crashes(page: FPDF, report: Readiness) -> None:
    _title(page, "Derniers incidents")
    page.set_font(FAMILY, "", 9)
    for line in [crash(one) for one in report.crashes] or ["Aucun arrêt anormal n'est gardé."]:
        page.multi_cell(0, _LINE_MM, line, new_x="LMARGIN", new_y="NEXT")


def _signature(page: FPDF) -> None:
    page.ln(6)
    page.set_font(FAMILY, "", 10)
    page.cell(0, 6, "Passage du technicien, nom et date :", new_x="LMARGIN", new_y="NEXT")
    page.line(_MARGIN_MM + 66, page.get_y() - 1, _MARGIN_MM + _WIDTH_MM, page.get_y() - 1)
