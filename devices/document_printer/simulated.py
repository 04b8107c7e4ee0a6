"""A printer for machines that have none: it prints into nothing, and can be jammed and emptied."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

from devices.device import SupervisedDevice
from devices.dock import Action, Cable, WrongArgument, number, plain
from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.reasons import PrinterState, Severity, condition, parse
from devices.pdf.reader import check
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff

PAGE_S = 1.0
"""A sheet of a fast office printer; slow enough to be jammed half-way by hand."""
_TONER: Mapping[str, str] = {
    "full": "",
    "low": "toner-low-warning",
    "empty": "toner-empty-error",
}


class SimulatedPrinter(SupervisedDevice):
    """Implements `DocumentPrinter` and `Dockable`; its jobs live as in a real one."""

    kind = DeviceKind.DOCUMENT_PRINTER

    def __init__(self, *, page_s: float = PAGE_S, backoff: Backoff | None = None) -> None:
        """`page_s`: seconds a page."""
        self._driver = _Driver(self._tell)
        super().__init__(self._driver, simulated=True, backoff=backoff)
        self._page_s = page_s
        self._slowness = 1.0
        self._faults: dict[str, str] = {}
        self._changed = asyncio.Event()
        self._jobs: set[asyncio.Future[JobState]] = set()
        self._turn = asyncio.Lock()
        self.printed = 0
        """Pages, since it was made."""

    @property
    def capabilities(self) -> Capabilities:
        """Those of a small black-and-white printer."""
        return {
            "make_and_model": "simulated",
            "colour": False,
            "duplex": False,
            "media_ready": "iso_a4_210x297mm",
            "formats": "application/pdf",
            "confirms_end": True,
        }

    @property
    def actions(self) -> Mapping[str, Action]:
        """Cable, paper, jam, door, toner, pause and speed."""
        return {
            **self._driver.cable.actions(),
            "empty": plain(lambda: self._fault("paper", "media-empty-error")),
            "refill": plain(lambda: self._fault("paper", "")),
            "jam": plain(lambda: self._fault("jam", "media-jam-error")),
            "unjam": plain(lambda: self._fault("jam", "")),
            "open": plain(lambda: self._fault("door", "door-open-error")),
            "close": plain(lambda: self._fault("door", "")),
            "toner": Action(self._toner, "full, low or empty"),
            "pause": plain(lambda: self._fault("pause", "paused")),
            "resume": plain(lambda: self._fault("pause", "")),
            "slow": number(self._slow, "how many times slower", 1, 100),
        }

    async def found(self) -> tuple[str, ...]:
        """Itself, when it is plugged in."""
        return ("simulated",) if self._driver.cable.plugged else ()

    async def start(self) -> None:
        """Begin to be watched."""
        await self._begin()

    async def print(
        self, pdf: bytes, *, copies: int = 1, on_progress: Callable[[JobProgress], None]
    ) -> JobProgress:
        """Print as a real one does: refuse, wait for paper, count pages."""
        if not self._driver.open_now:
            raise DeviceError(DeviceState.OFFLINE, "unplugged", hint="plug the printer in")
        # From here on a purge finds it, also while it is looked through.
        withdrawn: asyncio.Future[JobState] = asyncio.get_running_loop().create_future()
        self._jobs.add(withdrawn)
        job = _Job(on_progress)
        try:
            job.tell(JobState.SENDING, 0, ())
            job.pages = (await check(pdf)).pages * copies
            job.tell(JobState.PENDING, 0, self._reasons())
            async with self._turn:
                return await self._work(job, withdrawn)
        except asyncio.CancelledError:
            job.tell(JobState.CANCELED, job.printed, self._reasons())
            raise
        finally:
            self._jobs.discard(withdrawn)

    async def purge(self) -> None:
        """Cancel every job."""
        for job in self._jobs:
            if not job.done():
                job.set_result(JobState.CANCELED)

    @property
    def remaining(self) -> int:
        """Jobs that may still be there."""
        return sum(not job.done() for job in self._jobs)

    async def _work(self, job: _Job, withdrawn: asyncio.Future[JobState]) -> JobProgress:
        printed = 0
        lost = asyncio.ensure_future(self._driver.cable.pulled())
        try:
            while printed < job.pages and not withdrawn.done():
                reasons = self._reasons()
                standing = self._condition() is not DeviceState.ONLINE
                job.tell(JobState.STOPPED if standing else JobState.PROCESSING, printed, reasons)
                self._changed.clear()
                change = asyncio.ensure_future(self._changed.wait())
                try:
                    done, _ = await asyncio.wait(
                        (withdrawn, lost, change),
                        timeout=None if standing else self._page_s * self._slowness,
                        return_when=asyncio.FIRST_COMPLETED,
                    )
                finally:
                    change.cancel()
                if lost.done():
                    return job.tell(JobState.UNKNOWN, printed, ())
                if not done:
                    printed += 1
                    self.printed += 1
            end = withdrawn.result() if withdrawn.done() else JobState.COMPLETED
            return job.tell(end, printed, self._reasons())
        finally:
            lost.cancel()

    def _toner(self, level: str) -> None:
        if level not in _TONER:
            raise WrongArgument("takes full, low or empty")
        self._fault("toner", _TONER[level])

    def _slow(self, factor: float) -> None:
        self._slowness = factor

    def _fault(self, part: str, keyword: str) -> None:
        self._faults.pop(part, None)
        if keyword:
            self._faults[part] = keyword
        self._changed.set()
        if self._driver.open_now:
            self._tell()

    def _tell(self) -> None:
        self._supervisor.report(self._condition(), "simulated", self._reasons())

    def _reasons(self) -> tuple[str, ...]:
        return tuple(reason.name for reason in parse(self._faults.values()))

    def _condition(self) -> DeviceState:
        reasons = parse(self._faults.values())
        stopped = any(reason.severity in {Severity.ERROR, Severity.NONE} for reason in reasons)
        state = PrinterState.STOPPED if stopped else PrinterState.IDLE
        return condition(state, reasons, accepting=True)


class _Job:
    """One job, and who is told of it."""

    def __init__(self, on_progress: Callable[[JobProgress], None]) -> None:
        self.pages = self.printed = 0
        self._on_progress = on_progress
        self._last: JobProgress | None = None

    def tell(self, state: JobState, printed: int, reasons: tuple[str, ...]) -> JobProgress:
        self.printed = printed
        progress = JobProgress(state, printed, self.pages, reasons)
        if progress != self._last:
            self._last = progress
            self._on_progress(progress)
        return progress


class _Driver:
    """Its cable, as the supervisor sees it."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self.cable = Cable()
        self.open_now = False

    async def open(self) -> str:
        if not self.cable.plugged:
            raise DeviceError(DeviceState.NO_DEVICE, "unplugged", hint="plug the printer in")
        self.open_now = True
        self._tell()
        return "simulated"

    async def watch(self) -> None:
        await self.cable.pulled()
        raise DeviceError(DeviceState.OFFLINE, "unplugged", hint="plug the printer in")

    async def close(self) -> None:
        self.open_now = False

    def plugged(self) -> bool:
        return self.cable.plugged

    def present(self) -> bool:
        return self.cable.plugged
