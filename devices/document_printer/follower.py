"""Follows one job to its end, and says no more than the printer has said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from devices.document_printer.connection import Connection
from devices.document_printer.errors import IppLost, IppRefused
from devices.document_printer.facts import SPOKEN_TO, IppJobState, JobFacts, PrinterFacts
from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.reasons import PrinterState

if TYPE_CHECKING:
    from devices.document_printer.queue import Queue

_SPOILT = "job-completed-with-errors"
_FORGOTTEN = "cups-ipp-missing-job-history"
"""CUPS's own note that the printer could not tell how the job ended."""
_GIVEN_UP = frozenset({"aborted-by-system", "job-canceled-by-system"})
_ENDING = "processing-to-stop-point"
"""It is being cancelled (RFC 8011, 5.3.8), as soon as the sheet that it draws is out."""
_AT_WORK = frozenset({IppJobState.PROCESSING, IppJobState.STOPPED})
_LOOK_AGAIN_S = 0.25
"""CUPS lets go of a job at once, and then tells the printer."""


@dataclass(eq=False)
class Follower:
    """One job: its name, its pages, and who is told of it."""

    connection: Connection
    name: str
    on_progress: Callable[[JobProgress], None]
    pages: int = 0
    handed_over: bool = False
    """Whether anything of it may be at the printer."""
    _printed: int = 0
    _begun: bool = False
    """Whether it was seen to be more than waiting."""
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

    def lost(self) -> JobProgress:
        """Tell that nobody can say how it has ended, or will end."""
        return self.tell(JobState.UNKNOWN, self._printed)

    async def to_its_end(self, number: int) -> JobProgress:
        """Ask after the job until it is over, or has been out of sight for too long."""
        clock, pace = asyncio.get_running_loop().time, self.connection.pace
        seen, interrupted = clock(), False
        while True:
            try:
                job = await self._ask(number, pace.lost_s - (clock() - seen))
            except TimeoutError:
                return self.lost()
            except (IppLost, IppRefused):
                interrupted = True
                await asyncio.sleep(pace.busy_s)
                continue
            seen = clock()
            if job is None or not self._same(job, interrupted=interrupted):
                gone = JobState.CANCELED if self._withdrawn else JobState.UNKNOWN
                return self.tell(gone, self._printed)
            facts = self.connection.facts or PrinterFacts()
            self._look(job, facts)
            state = self._state(job, facts)
            if state is JobState.COMPLETED and facts.is_cups:
                state = await self._confirmed(facts)
            progress = self._tell(state)
            if state.ended:
                return progress
            await asyncio.sleep(pace.busy_s)

    async def take_back(self, queue: Queue, facts: PrinterFacts, number: int | None) -> JobProgress:
        """Cancel it, and tell how it has ended; by its name when its number was never told.

        Raises:
            IppLost: contact was lost.
            IppRefused: the printer does not let us.
        """
        before = await self._find(queue, number)
        if before is None:
            return self.lost()
        self._look(before, facts)
        canceled = await queue.cancel(before.number)
        job = await queue.job(before.number)
        if facts.is_cups:
            await queue.cancel(before.number, forget=True)
        if job is None:
            # Not every printer remembers one that is over.
            return self._tell(JobState.CANCELED) if canceled else self.lost()
        self._look(job, facts)
        if job.state < IppJobState.CANCELED:  # It draws a sheet to its end.
            return self._tell(JobState.CANCELED)
        state = self._state(job, facts)
        if facts.is_cups and state is JobState.COMPLETED:
            state = await self._confirmed(facts)
        elif facts.is_cups and self._begun:
            state = await self._cut_off(queue, facts)
        return self._tell(state)

    async def _find(self, queue: Queue, number: int | None) -> JobFacts | None:
        if number is not None:
            job = await queue.job(number)
            return job if job is not None and self._same(job, interrupted=False) else None
        jobs = (*await queue.jobs(), *await queue.jobs(over=True))
        return next((job for job in jobs if job.name == self.name), None)

    async def _cut_off(self, queue: Queue, facts: PrinterFacts) -> JobState:
        """What the printer itself says of a job that CUPS had begun to send, and has cancelled."""
        if facts.device_uri.partition(":")[0] not in SPOKEN_TO:
            return JobState.UNKNOWN
        clock = asyncio.get_running_loop().time
        until = clock() + self.connection.pace.cancel_s / 2
        while clock() < until:
            for over in (True, False):
                job = await queue.outcome(self.name, facts, over=over)
                if job is not None and (over or _ENDING in job.reasons):
                    self._printed = max(self._printed, job.impressions)
                    return self._state(job, facts) if over else JobState.CANCELED
            await asyncio.sleep(_LOOK_AGAIN_S)
        return JobState.UNKNOWN

    def _look(self, job: JobFacts, facts: PrinterFacts) -> None:
        """Remember what it tells."""
        self._begun = self._begun or job.state in _AT_WORK
        # CUPS counts what it has sent, not what has come out.
        self._printed = max(self._printed, 0 if facts.is_cups else job.impressions)

    def _tell(self, state: JobState) -> JobProgress:
        # Some printers do not count.
        return self.tell(state, self.pages if state is JobState.COMPLETED else self._printed)

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
