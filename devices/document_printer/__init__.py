"""The booth's A4 printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.document_printer.interface import DocumentPrinter


def open_document_printer(source: str) -> DocumentPrinter | None:
    """The printer that settings ask for; asks nothing before `start`.

    `source` is `auto` (the default queue of this machine's CUPS), `none`, `simulated`, or the
    address of a printer or queue, `ipp://…` or `ipps://…`.
    """
    if source == "none":
        return None
    if source == "simulated":
        from devices.document_printer.simulated import SimulatedPrinter  # noqa: PLC0415

        return SimulatedPrinter()
    from devices.document_printer.ipp import IppPrinter  # noqa: PLC0415

    return IppPrinter(source)
