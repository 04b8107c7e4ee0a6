"""The report on the technician's screen, and from there on paper."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from devices.document_printer.interface import DocumentPrinter, JobProgress, JobState
from devices.pdf import PdfRefused
from devices.status import DeviceError
from kiosk.booth_font import FontMissing
from kiosk.diagnostics.printer_words import matters
from kiosk.diagnostics.readiness.gather import Subject, gather
from kiosk.diagnostics.readiness.pdf import pdf
from kiosk.diagnostics.readiness.qr import summary
from kiosk.diagnostics.readiness.report import Part, Readiness
from kiosk.diagnostics.readiness.sentences import crash, facts, verdict
from kiosk.diagnostics.view import ReportView
from kiosk.log import get_logger

#: A page takes seconds; a technician who waits for longer has seen why on the printer.
PRINT_S = 120.0
#: A printer that warms up or draws a sheet may stand for a moment; one that says for so long that
#: it waits for somebody has the job withdrawn, and the technician told why.
STANDS_S = 5.0

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
        patience = _Patience()
        try:
            document = await asyncio.to_thread(pdf, self._last)
            async with patience.limit:
                end = await printer.print(document, on_progress=patience.told)
        except (PdfRefused, DeviceError, FontMissing, TimeoutError) as error:
            _log.warning("report not printed", error=error)
            return _not_printed(patience.reasons or printer.status.reasons)
        if end.state is JobState.COMPLETED:
            return "Le rapport est imprimé."
        if end.state is JobState.UNKNOWN:
            return "Contact perdu avec l'imprimante : regardez si le rapport est sorti."
        return _not_printed(patience.reasons or printer.status.reasons)


class _Patience:
    """`PRINT_S` for a job, but only `STANDS_S` while the printer says what it waits for."""

    def __init__(self) -> None:
        self._end = asyncio.get_running_loop().time() + PRINT_S
        self.limit = asyncio.timeout_at(self._end)
        self.reasons: tuple[str, ...] = ()
        """Why the job stands; the printer may forget once the job is withdrawn."""

    def told(self, progress: JobProgress) -> None:
        """How the job stands now."""
        if self.limit.expired():
            return
        before = self.reasons
        self.reasons = progress.reasons if progress.state is JobState.STOPPED else ()
        if bool(before) != bool(self.reasons):
            soon = asyncio.get_running_loop().time() + STANDS_S
            self.limit.reschedule(min(self._end, soon) if self.reasons else self._end)


def _not_printed(reasons: Sequence[str]) -> str:
    words = ", ".join(matters(reasons))
    because = f" : {words}" if words else ""
    return f"Le rapport n'a pas été imprimé{because}."


def _not_told(_part: Part, _done: int, _of: int) -> None:
    """The screen shows the report when it is complete."""
