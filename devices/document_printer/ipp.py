"""The A4 printer over IPP: directly, or through a queue of CUPS."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING

from devices.device import SupervisedDevice
from devices.document_printer.connection import Connection, Pace
from devices.document_printer.errors import IppLost, IppRefused
from devices.document_printer.facts import CUPS_SOCKET, PrinterFacts
from devices.document_printer.follower import Follower
from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.jobs import Names, cancel_all
from devices.document_printer.reasons import condition
from devices.pdf.paper import Paper, printable
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff

if TYPE_CHECKING:
    from devices.document_printer.queue import Queue

logger = logging.getLogger(__name__)


class IppPrinter(SupervisedDevice):
    """Implements `DocumentPrinter` with a real printer."""

    kind = DeviceKind.DOCUMENT_PRINTER

    def __init__(
        self,
        source: str,
        *,
        names: Names | None = None,
        pace: Pace | None = None,
        cups_socket: Path = CUPS_SOCKET,
        backoff: Backoff | None = None,
    ) -> None:
        """`source`: `auto`, `ipp://…` or `ipps://…`; nothing is asked before `start`."""
        self._names = names or Names.of_this_machine()
        self._pace = pace or Pace()
        self._connection = Connection(
            source, self._pace, cups_socket, greet=self._greet, told=self._report
        )
        self._followers: set[Follower] = set()
        self._away = False
        self._owed = True
        """Whether jobs of the last visit, or of a run that crashed, may still be there."""
        self._handed_over = False
        """Whether the printer was given anything since it was last cleared."""
        super().__init__(self._connection, backoff=backoff)

    @property
    def capabilities(self) -> Capabilities:
        """Make and model, colour, duplex, media ready, formats; empty before the first contact."""
        facts = self._connection.facts
        return facts.capabilities if facts else {}

    async def found(self) -> tuple[str, ...]:
        """The printer's address, if it answers."""
        return await self._connection.found()

    async def start(self) -> None:
        """Begin to watch the printer."""
        await self._begin()

    async def print(
        self, pdf: bytes, *, copies: int = 1, on_progress: Callable[[JobProgress], None]
    ) -> JobProgress:
        """Print a PDF and follow it to its end; see `DocumentPrinter`."""
        _, facts = self._contact()
        follower = Follower(self._connection, self._names.new(), on_progress)
        self._followers.add(follower)
        number: int | None = None
        try:
            follower.tell(JobState.SENDING)
            by_itself = copies <= facts.copies
            paper = await printable(pdf, times=1 if by_itself else copies)
            follower.pages = paper.pages * (copies if by_itself else 1)
            if follower.is_withdrawn():
                return follower.tell(JobState.CANCELED)
            with self._connection.printing():
                self._handed_over = True
                number = await self._send(paper, follower, copies if by_itself else 1)
                if number is None:
                    return follower.tell(
                        JobState.CANCELED if follower.is_withdrawn() else JobState.UNKNOWN
                    )
                if follower.is_withdrawn():  # The visit ended while the document was on its way.
                    return await self._take_back(follower, number)
                return await follower.to_its_end(number)
        except asyncio.CancelledError:
            follower.withdraw()
            await _to_the_end(self._take_back(follower, number))
            raise
        finally:
            self._followers.discard(follower)

    async def purge(self) -> None:
        """Cancel and forget every job of this booth; what can't be reached now, once it can."""
        for follower in self._followers:
            follower.withdraw()
        self._owed = self._owed or self._handed_over
        queue, facts = self._connection.queue, self._connection.facts
        # One that is switched off and was given nothing has nothing to forget.
        if self._owed and queue is not None and facts is not None:
            with contextlib.suppress(IppLost):
                await self._clear(queue, facts, wait=True)

    @property
    def remaining(self) -> int:
        """Jobs that may still be there: those followed, and one for a purge that is still owed."""
        followed = sum(not follower.is_withdrawn() for follower in self._followers)
        return followed + self._owed

    def _contact(self) -> tuple[Queue, PrinterFacts]:
        queue, facts = self._connection.queue, self._connection.facts
        if queue is None or facts is None or not self._connection.online.is_set():
            told = self.status
            state = told.state if told.state.faulty else DeviceState.OFFLINE
            raise DeviceError(state, told.detail or "no contact", hint=told.recovery_hint)
        return queue, facts

    async def _send(self, paper: Paper, follower: Follower, copies: int) -> int | None:
        """Hand the job over; None when nobody can say whether it arrived, or nobody wants it."""
        queue, facts = self._contact()  # Drawing took a while: it may be another one by now.
        clock = asyncio.get_running_loop().time
        until = clock() + self._pace.taken_s
        while True:
            follower.handed_over = True
            sending = asyncio.ensure_future(queue.print(paper.pdf, follower.name, copies, facts))
            try:
                while not sending.done():
                    # A printer without a spool takes its time, and more of it without paper.
                    follower.tell(JobState.SENDING)
                    await asyncio.wait((sending,), timeout=self._pace.busy_s)
                return sending.result()
            except IppLost as lost:
                if lost.sent:
                    return None
                raise DeviceError(DeviceState.OFFLINE, str(lost)) from lost
            except IppRefused as refused:
                follower.handed_over = False
                if not refused.busy or clock() > until:
                    raise DeviceError(
                        DeviceState.DEVICE_BUSY, f"the printer refused the job: {refused}"
                    ) from refused
            finally:
                sending.cancel()
                await asyncio.wait((sending,))
            if follower.is_withdrawn():
                return None
            await asyncio.sleep(self._pace.busy_s)

    async def _take_back(self, follower: Follower, number: int | None) -> JobProgress:
        """Cancel a job, and tell how it has ended; out of reach it may still come out."""
        if not follower.handed_over:
            return follower.tell(JobState.CANCELED)
        queue, facts = self._connection.queue, self._connection.facts
        # One without a number yet may turn up after we have looked.
        self._owed = self._owed or number is None or queue is None
        if queue is None or facts is None:
            return follower.lost()
        try:
            async with asyncio.timeout(self._pace.cancel_s):
                return await follower.take_back(queue, facts, number)
        except (IppLost, IppRefused, TimeoutError) as error:
            self._owed = True
            logger.info("a job could not be cancelled yet: %s", error)
            return follower.lost()

    async def _greet(self, queue: Queue, facts: PrinterFacts) -> None:
        # Without waiting: a job that stands for want of paper ends only when somebody has come.
        if self._owed:
            await self._clear(queue, facts, wait=False)

    async def _clear(self, queue: Queue, facts: PrinterFacts, *, wait: bool) -> None:
        present = {follower.name for follower in self._followers if not follower.is_withdrawn()}
        try:
            async with asyncio.timeout(self._pace.cancel_s):
                await cancel_all(queue, facts, self._names, spare=present, wait=wait)
            self._owed, self._handed_over = False, bool(present)
        except (IppRefused, TimeoutError) as error:
            logger.info("jobs could not be cancelled yet: %s", error)

    def _report(self, facts: PrinterFacts) -> None:
        state = condition(facts.state, facts.reasons, accepting=facts.accepting)
        # Its own words only when they explain something: while printing they change at each page.
        message = facts.message if state.faulty else ""
        detail = ", ".join(filter(None, (facts.make_and_model, message)))
        # A queue that says once that it does not reach the printer may only have begun to try.
        before, self._away = self._away, state is DeviceState.OFFLINE
        if self._away and not before:
            state = DeviceState.ONLINE if not self.status.state.faulty else self.status.state
        self._supervisor.report(state, detail, facts.names)


async def _to_the_end(work: Coroutine[None, None, object]) -> None:
    """Finish `work` although the task is being cancelled, and maybe once more."""
    task = asyncio.ensure_future(work)
    while not task.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait((task,))
    task.result()
