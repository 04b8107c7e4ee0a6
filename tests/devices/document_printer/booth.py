"""The printer device under test, quick, and everything that it said."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from devices.document_printer.connection import Pace
from devices.document_printer.facts import CUPS_SOCKET, IppJobState
from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.ipp import IppPrinter
from devices.document_printer.jobs import Names
from devices.document_printer.queue import Queue
from devices.supervisor import Backoff
from tests.devices.helpers import Statuses, Watched
from tests.devices.pdf import documents

PACE = Pace(busy_s=0.05, idle_s=0.1, lost_s=3, cancel_s=5, resume_s=0.3)
BACKOFF = Backoff(first_s=0.05, cap_s=0.2)
NAMES = Names("the booth of the tests")


class Progress(Watched):
    """Everything that was told of a job."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[JobProgress] = []

    def __call__(self, progress: JobProgress) -> None:
        self.seen.append(progress)
        self.happened()

    async def reaches(self, state: JobState, *reasons: str) -> None:
        """Return when the last word is this one, with these reasons."""
        await self.until(
            lambda: (
                bool(self.seen)
                and self.seen[-1].state is state
                and set(reasons) <= set(self.seen[-1].reasons)
            )
        )


class Booth:
    """The device."""

    def __init__(
        self, source: str, cups_socket: Path = CUPS_SOCKET, *, busy_s: float = PACE.busy_s
    ) -> None:
        """`busy_s`: long for one that is to learn of a job's end only when it asks for it."""
        pace = replace(PACE, busy_s=busy_s)
        self.statuses = Statuses()
        self.progress = Progress()
        self.printer = IppPrinter(
            source, names=NAMES, pace=pace, backoff=BACKOFF, cups_socket=cups_socket
        )
        self.printer.on_status(self.statuses)

    def print(self, pdf: bytes | None = None, *, copies: int = 1) -> asyncio.Task[JobProgress]:
        """Begin to print."""
        return asyncio.create_task(
            self.printer.print(pdf or documents.letter(2), copies=copies, on_progress=self.progress)
        )


async def taken_back(task: asyncio.Task[JobProgress], progress: Progress) -> JobProgress:
    """Cancel what is being printed; returns how it is said to have ended."""
    task.cancel()
    await asyncio.wait((task,))
    assert task.cancelled()
    return progress.seen[-1]


async def ending(queue: Queue, number: int) -> None:
    """The printer has been told to cancel the job, and waits for its process."""
    async with asyncio.timeout(20):
        while (job := await queue.job(number)) and "processing-to-stop-point" not in job.reasons:
            await asyncio.sleep(0.02)


async def ended(queue: Queue, number: int) -> int:
    """The state in which a job ended."""
    async with asyncio.timeout(20):
        while (job := await queue.job(number)) and job.state < IppJobState.CANCELED:
            await asyncio.sleep(0.02)
    assert job is not None
    return job.state
