"""The booth's connection to its printer: opened, asked regularly, lost and found again."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from devices.document_printer.errors import IppLost, IppRefused
from devices.document_printer.facts import PrinterFacts
from devices.document_printer.resume import FIRST_S, Resumer
from devices.status import DeviceError, DeviceState

if TYPE_CHECKING:
    from devices.document_printer.queue import Queue

logger = logging.getLogger(__name__)

AUTO = "auto"
PDF = "application/pdf"
_HINT = "switch the printer on and check its network cable; then the queue: lpstat -t"


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a printer is asked, and how long it is waited for."""

    busy_s: float = 1.0
    """While a job is under way: a sheet takes three seconds, a person looks every second."""
    idle_s: float = 5.0
    """An open door or an empty tray is known before the next resident asks for paper."""
    lost_s: float = 45.0
    """A printer that was switched off and on answers again after half a minute. Later than that
    nobody can say any more what became of the job."""
    cancel_s: float = 4.0
    """A printer ends the sheet that it is drawing before a job counts as cancelled. Shorter than
    the five seconds that a visit's wipe waits: it is still told that the job was not."""
    taken_s: float = 60.0
    """Small printers take one job at a time; another booth's is over in a minute, mostly."""
    resume_s: float = FIRST_S


class Connection:
    """The `Driver` of a printer: it holds the queue while there is contact."""

    def __init__(
        self,
        source: str,
        pace: Pace,
        cups_socket: Path,
        *,
        greet: Callable[[Queue, PrinterFacts], Awaitable[None]],
        told: Callable[[PrinterFacts], None],
    ) -> None:
        """`source`: `auto` or an address.

        `greet` is the first thing done in each contact; `told` hears what each look at the printer
        gave.
        """
        self._source = source
        self._cups_socket = cups_socket
        self._greet = greet
        self._told = told
        self._resumer = Resumer(pace.resume_s)
        self._jobs = 0
        self._wake = asyncio.Event()
        self.pace = pace
        self.queue: Queue | None = None
        """None while there is no contact."""
        self.facts: PrinterFacts | None = None
        """Of the last look; None before the first."""
        self.online = asyncio.Event()

    async def open(self) -> str:
        """Find the printer and ask it how it is."""
        queue = await self._find()
        self.queue = queue
        try:
            facts = await queue.printer()
            await self._greet(queue, facts)
        except (IppLost, IppRefused) as error:
            raise _lost(error) from error
        if PDF not in facts.formats:
            # Not permanent: nothing but asking again tells that another printer was put there.
            raise DeviceError(
                DeviceState.HARDWARE_ERROR,
                "takes no PDF",
                hint="a driverless (IPP Everywhere) printer is needed",
            )
        self.facts = facts
        self._told(facts)
        self.online.set()
        return facts.make_and_model or queue.place.uri

    async def watch(self) -> None:
        """Ask until it answers no more."""
        queue, facts = self.queue, self.facts
        while queue is not None and facts is not None:
            await self._rest()
            try:
                facts = self.facts = await queue.printer()
                self._told(facts)
                await self._let_go_on(queue, facts)
            except (IppLost, IppRefused) as error:
                raise _lost(error) from error

    async def close(self) -> None:
        """Hang up; a document on its way is cut off."""
        self.online.clear()
        queue, self.queue = self.queue, None
        if queue is not None:
            await queue.close()

    def plugged(self) -> None:
        """A printer in the network has no cable here."""

    def present(self) -> bool | None:
        """Nobody but the printer itself knows: a second try is the second witness."""
        return None

    async def found(self) -> tuple[str, ...]:
        """The address of a printer that would be used and answers."""
        try:
            queue = await self._find()
        except DeviceError:
            return ()
        try:
            await queue.printer()
        except (IppLost, IppRefused):
            return ()
        finally:
            await queue.close()
        return (queue.place.uri,)

    @contextlib.contextmanager
    def printing(self) -> Iterator[None]:
        """Within, the printer is asked more often."""
        self._jobs += 1
        self._wake.set()
        try:
            yield
        finally:
            self._jobs -= 1

    async def _rest(self) -> None:
        self._wake.clear()
        try:
            async with asyncio.timeout(self.pace.busy_s if self._jobs else self.pace.idle_s):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _let_go_on(self, queue: Queue, facts: PrinterFacts) -> None:
        now = asyncio.get_running_loop().time()
        if not self._resumer.due(facts, now, printing=self._jobs > 0):
            return
        try:
            await queue.resume()
        except IppRefused as refused:
            logger.info("the queue may not be resumed: %s", refused)

    async def _find(self) -> Queue:
        # The HTTP library takes longer to load than the booth's first picture may wait.
        ipp = await asyncio.to_thread(_library)
        if self._source == AUTO:
            default = await ipp.default_queue(self._cups_socket)
            if default is None:
                raise DeviceError(DeviceState.NO_DEVICE, "CUPS has no default queue", hint=_HINT)
            return default
        try:
            return ipp.named_queue(self._source, self._cups_socket)
        except ValueError as error:
            hint = "an address such as ipp://printer.example/ipp/print, in kiosk.toml"
            raise DeviceError(
                DeviceState.NO_DEVICE, str(error), hint=hint, permanent=True
            ) from error


class _Library(Protocol):
    def named_queue(self, uri: str, cups_socket: Path) -> Queue: ...

    async def default_queue(self, cups_socket: Path) -> Queue | None: ...


def _library() -> _Library:
    from devices.document_printer import queue  # noqa: PLC0415

    return queue


def _lost(error: Exception) -> DeviceError:
    return DeviceError(DeviceState.OFFLINE, str(error), hint=_HINT)
