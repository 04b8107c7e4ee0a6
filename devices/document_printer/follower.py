"""Follows one job to its end, and says no more than the printer has said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from devices.document_printer.connection import Connection
from devices.document_printer.errors import IppLost, IppRefused
from devices.document_printer.facts import SPOKEN_TO, IppJobState, JobFacts, PrinterFacts
from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.reasons import PrinterState

_SPOILT = "job-completed-with-errors"
_FORGOTTEN = "cups-ipp-missing-job-history"
"""CUPS's own note that the printer could not tell how the job ended."""
_GIVEN_UP = frozenset({"aborted-by-system", "job-canceled-by-system"})


@dataclass(eq=False)
class Follower:
    """One job: its name, its pages, and who is told of it."""

    connection: Connection
    name: str
    on_progress: Callable[[JobProgress], None]
    pages: int = 0
    _withdrawn: bool = False
    _last: JobProgress | None = None

    def withdraw(self) -> None:
        """Remember that it is being cancelled by us: then its being gone is no riddle."""
        self._withdrawn = True

    def is_withdrawn(self) -> bool:
        """Whether nobody wants it any more."""
        return self._withdrawn

    def tell(self, state: JobState, printed: int = 0) -> JobProgress:
        """Tell of a change; what is the matter with the printer goes with it."""
        facts = self.connection.facts
        reasons = facts.names if facts else ()
        progress = JobProgress(state, min(printed, self.pages), self.pages, reasons)
        if progress != self._last:
            self._last = progress
            self.on_progress(progress)
        return progress

    async def to_its_end(self, number: int) -> JobProgress:
        """Ask after the job until it is over, or has been out of sight for too long."""
        clock, pace = asyncio.get_running_loop().time, self.connection.pace
        seen, printed, interrupted = clock(), 0, False
        while True:
            try:
                job = await self._ask(number, pace.lost_s - (clock() - seen))
            except TimeoutError:
                return self.tell(JobState.UNKNOWN, printed)
            except (IppLost, IppRefused):
                interrupted = True
                await asyncio.sleep(pace.busy_s)
                continue
            seen = clock()
            if job is None or not self._same(job, interrupted=interrupted):
                gone = JobState.CANCELED if self._withdrawn else JobState.UNKNOWN
                return self.tell(gone, printed)
            facts = self.connection.facts or PrinterFacts()
            # CUPS counts what it has sent, not what has come out.
            printed = max(printed, 0 if facts.is_cups else job.impressions)
            state = self._state(job, facts)
            if state is JobState.COMPLETED and facts.is_cups:
                state = await self._confirmed(facts)
            if state is JobState.COMPLETED:
                # Some printers do not count.
                printed = self.pages
            progress = self.tell(state, printed)
            if state.ended:
                return progress
            await asyncio.sleep(pace.busy_s)

    async def _ask(self, number: int, within_s: float) -> JobFacts | None:
        async with asyncio.timeout(within_s):
            await self.connection.online.wait()
            queue = self.connection.queue
            if queue is None:
                raise IppLost("no contact", sent=False)
            return await queue.job(number)

    def _same(self, job: JobFacts, *, interrupted: bool) -> bool:
        """Whether it is still ours: numbers begin again in a printer that was switched off.

        Some printers tell no names; then any interruption leaves a doubt.
        """
        return job.name == self.name or (not job.name and not interrupted)

    async def _confirmed(self, facts: PrinterFacts) -> JobState:
        """What the printer itself says.

        CUPS 2.4 calls a job completed also when the printer was switched off in the middle of it
        and knows of it no more.
        """
        queue = self.connection.queue
        if facts.device_uri.partition(":")[0] in SPOKEN_TO and queue is not None:
            job = await queue.outcome(self.name, facts)
            return JobState.UNKNOWN if job is None else self._state(job, facts)
        sure = facts.hears_of_the_end and _FORGOTTEN not in facts.names
        return JobState.COMPLETED if sure else JobState.UNKNOWN

    def _state(self, job: JobFacts, facts: PrinterFacts) -> JobState:
        match IppJobState(job.state):
            case IppJobState.PENDING | IppJobState.HELD:
                state = JobState.STOPPED if _stands(facts) else JobState.PENDING
            case IppJobState.PROCESSING:
                state = JobState.STOPPED if _stands(facts) else JobState.PROCESSING
            case IppJobState.STOPPED:
                state = JobState.STOPPED
            case IppJobState.CANCELED:
                given_up = _GIVEN_UP.intersection(job.reasons) and not self._withdrawn
                state = JobState.ABORTED if given_up else JobState.CANCELED
            case IppJobState.ABORTED:
                state = JobState.ABORTED
            case IppJobState.COMPLETED:
                state = JobState.ABORTED if _SPOILT in job.reasons else JobState.COMPLETED
            case never:
                assert_never(never)
        return state


def _stands(facts: PrinterFacts) -> bool:
    stopped = facts.state == PrinterState.STOPPED
    return stopped or any(reason.hinders for reason in facts.reasons)
