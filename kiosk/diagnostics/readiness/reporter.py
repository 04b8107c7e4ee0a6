"""The report on the technician's screen, and from there on paper."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from devices.document_printer.interface import DocumentPrinter, JobProgress, JobState
from devices.pdf import PdfRefused
from devices.status import DeviceError
from kiosk.diagnostics.printer_words import matters
from kiosk.diagnostics.readiness.gather import Subject, gather
from kiosk.diagnostics.readiness.pdf import FontMissing, pdf
from kiosk.diagnostics.readiness.qr import summary
from kiosk.diagnostics.readiness.report import Part, Readiness
from kiosk.diagnostics.readiness.sentences import crash, facts, verdict
from kiosk.diagnostics.view import ReportView
from kiosk.log import get_logger

#: A page takes seconds; a technician who waits for longer has seen why on the printer.
PRINT_S = 120.0

_log = get_logger(__name__)


def view(report: Readiness) -> ReportView:
    """Return the report as the screen shows it."""
    return ReportView(
        ready=report.ready,
        verdict=verdict(report),
        facts=facts(report),
        crashes=tuple(crash(one) for one in report.crashes),
        qr=summary(report),
    )


class BoothReporter:
    """`kiosk.diagnostics.ports.Reporter` over the running booth."""

    def __init__(
        self,
        subject: Callable[[], Subject],
        printer: Callable[[], DocumentPrinter | None],
        *,
        accept_simulated: bool = False,
    ) -> None:
        """`subject` is the booth as it is now; `printer` its A4 printer, if it has one."""
        self._subject = subject
        self._printer = printer
        self._accept_simulated = accept_simulated
        self._last: Readiness | None = None

    async def make(self) -> ReportView:
        """Gather the report now; a few seconds at most."""
        self._last = await gather(
            self._subject(), _not_told, accept_simulated=self._accept_simulated
        )
        return view(self._last)

    async def print(self) -> str:
        """Print the last report, or a new one where there is none; returns the notice to show."""
        printer = self._printer()
        if printer is None:
            return "Cette borne n'a pas d'imprimante A4."
        if self._last is None:
            await self.make()
        if self._last is None:
            return "Le rapport n'a pas pu être établi."
        try:
            document = await asyncio.to_thread(pdf, self._last)
            async with asyncio.timeout(PRINT_S):
                end = await printer.print(document, on_progress=_no_progress)
        except (PdfRefused, DeviceError, FontMissing, TimeoutError) as error:
            _log.warning("report not printed", error=error)
            return f"Le rapport n'a pas été imprimé{_because(printer)}."
        if end.state is JobState.COMPLETED:
            return "Le rapport est imprimé."
        if end.state is JobState.UNKNOWN:
            return "Contact perdu avec l'imprimante : regardez si le rapport est sorti."
        return f"Le rapport n'a pas été imprimé{_because(printer)}."


def _because(printer: DocumentPrinter) -> str:
    words = ", ".join(matters(printer.status.reasons))
    return f" : {words}" if words else ""


def _not_told(_part: Part, _done: int, _of: int) -> None:
    """The screen shows the report when it is complete."""


def _no_progress(_progress: JobProgress) -> None:
    """The screen shows the end alone."""
