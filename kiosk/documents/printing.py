"""One print job at a time, followed to its end, and never begun by accident."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from devices.document_printer.interface import DocumentPrinter, JobProgress, JobState
from devices.pdf import PdfRefused
from devices.status import DeviceError
from kiosk.documents.shelf import Received
from kiosk.documents.view import PrintView
from kiosk.link.papers import Fate, FateState

MOST_COPIES = 3
AFTER_S = 2.0
"""After its job's end a document is not printed again for so long: a second touch was meant for
the first job."""
_FATES = {
    JobState.SENDING: FateState.PRINTING,
    JobState.PENDING: FateState.PRINTING,
    JobState.PROCESSING: FateState.PRINTING,
    JobState.STOPPED: FateState.STOPPED,
    JobState.COMPLETED: FateState.PRINTED,
    JobState.CANCELED: FateState.NOT_PRINTED,
    JobState.ABORTED: FateState.NOT_PRINTED,
    JobState.UNKNOWN: FateState.UNKNOWN,
}
_MOST_PAGES_TOLD = 1_000
_MOST_REASONS, _LONGEST_REASON = 10, 60
"""Of `kiosk.link.papers.Fate`."""


class Printing:
    """The job of now, or the last one."""

    def __init__(
        self,
        on_fate: Callable[[Received, Fate], None],
        on_printed: Callable[[int], None],
        on_ended: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_fate` at each change of a job, `on_printed` with the sheets of one that came out.

        Call `on_ended` when a job has ended by itself, well or not, and not by `cancel`.
        """
        self._on_fate = on_fate
        self._on_printed = on_printed
        self._on_ended = on_ended
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._ended_at: float | None = None
        self.document: Received | None = None
        self.view = PrintView()

    @property
    def running(self) -> bool:
        """Whether a job has not ended."""
        return self._task is not None and not self._task.done()

    def begin(self, printer: DocumentPrinter, document: Received, copies: int) -> bool:
        """Print, unless a job runs or has just ended; False when nothing was begun."""
        again = self.document is document and self._ended_at is not None
        just_ended = again and self._clock() - (self._ended_at or 0.0) < AFTER_S
        if self.running or just_ended or not 1 <= copies <= MOST_COPIES:
            return False
        self.document = document
        self._tell(document, copies, JobProgress(JobState.SENDING))
        self._task = asyncio.create_task(self._print(printer, document, copies), name="print")
        return True

    async def cancel(self) -> None:
        """Stop the job; returns when its end is known."""
        task = self._task
        if task is not None and not task.done():
            task.cancel()
            await asyncio.wait((task,))
            if task.cancelled() and self.document is not None:  # It had not even begun.
                self._tell(self.document, self.view.copies, JobProgress(JobState.CANCELED))

    def clear(self) -> None:
        """Forget the last job."""
        self.document, self.view = None, PrintView()

    async def _print(self, printer: DocumentPrinter, document: Received, copies: int) -> None:
        progress = JobProgress(JobState.SENDING)
        by_itself = True

        def tell(now: JobProgress) -> None:
            nonlocal progress
            progress = now
            if not now.state.ended:  # The end is told below, once it is sure.
                self._tell(document, copies, now)

        try:
            end = await printer.print(document.pdf, copies=copies, on_progress=tell)
        except (PdfRefused, DeviceError):
            end = JobProgress(JobState.ABORTED, progress.pages_printed, progress.pages)
        except asyncio.CancelledError:
            # That was `cancel`: before the driver let go it has asked what became of the job, which
            # may have been over, or out of reach.
            by_itself = False
            end = progress if progress.state.ended else replace(progress, state=JobState.UNKNOWN)
        self._ended_at = self._clock()
        stopped_late = end.state is JobState.CANCELED and end.pages_printed > 0
        if stopped_late or end.state in {JobState.COMPLETED, JobState.UNKNOWN}:
            document.printed = True
        if end.state is JobState.COMPLETED:
            self._on_printed(end.pages)
        self._tell(document, copies, end)
        if by_itself and end.state is not JobState.CANCELED:
            self._on_ended()

    def _tell(self, document: Received, copies: int, progress: JobProgress) -> None:
        self.view = PrintView(
            progress.state.value,
            copies,
            progress.pages,
            progress.pages_printed,
            progress.reasons,
        )
        document.job = "" if progress.state.ended else progress.state.value
        fate = Fate(
            id=document.document,
            state=_FATES[progress.state],
            copies=copies,
            pages_printed=min(progress.pages_printed, _MOST_PAGES_TOLD),
            pages=min(progress.pages, _MOST_PAGES_TOLD),
            reasons=tuple(reason[:_LONGEST_REASON] for reason in progress.reasons[:_MOST_REASONS]),
        )
        self._on_fate(document, fate)
