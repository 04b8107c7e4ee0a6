"""The printer that prints into nothing: the same life of a job, and hands to make it go wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from devices.dock import Dockable, WrongArgument
from devices.document_printer import open_document_printer
from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.simulated import SimulatedPrinter
from devices.pdf import PdfRefused
from devices.status import DeviceError, DeviceKind, DeviceState
from devices.supervisor import Backoff
from tests.devices.document_printer.booth import Progress
from tests.devices.helpers import Statuses
from tests.devices.pdf import documents


class Desk:
    """The printer and what it said."""

    def __init__(self) -> None:
        self.printer = SimulatedPrinter(page_s=0.02, backoff=Backoff(first_s=0.01, cap_s=0.02))
        self.statuses, self.progress = Statuses(), Progress()
        self.printer.on_status(self.statuses)

    def do(self, action: str, argument: str = "") -> None:
        self.printer.actions[action].run(argument)

    def print(self, pages: int = 2, copies: int = 1) -> asyncio.Task[JobProgress]:
        return asyncio.create_task(
            self.printer.print(documents.letter(pages), copies=copies, on_progress=self.progress)
        )


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    await desk.printer.start()
    await desk.statuses.ever(DeviceState.ONLINE)
    yield desk
    await desk.printer.stop()


async def test_a_job_counts_its_pages_and_is_completed(desk: Desk) -> None:
    assert await desk.print(copies=2) == JobProgress(JobState.COMPLETED, 4, 4)
    assert desk.printer.printed == 4
    states = [progress.state for progress in desk.progress.seen]
    assert states[:2] == [JobState.SENDING, JobState.PENDING]
    counts = [progress.pages_printed for progress in desk.progress.seen]
    assert counts == sorted(counts)


@pytest.mark.parametrize(
    ("break_it", "mend_it", "reason"),
    [
        ("empty", "refill", "media-empty"),
        ("jam", "unjam", "media-jam"),
        ("open", "close", "door-open"),
        ("pause", "resume", "paused"),
        ("toner empty", "toner full", "toner-empty"),
    ],
)
async def test_faults_stop_a_job_until_they_are_gone(
    desk: Desk, break_it: str, mend_it: str, reason: str
) -> None:
    desk.do(*break_it.split())
    fault = await desk.statuses.ever(DeviceState.USER_ERROR)
    assert fault.reasons == (reason,)
    task = desk.print()
    await desk.progress.reaches(JobState.STOPPED, reason)
    desk.do(*mend_it.split())
    assert (await task).state is JobState.COMPLETED
    assert desk.printer.status.state is DeviceState.ONLINE


async def test_little_toner_is_told_and_hinders_nothing(desk: Desk) -> None:
    desk.do("toner", "low")
    done = await desk.print()
    assert (done.state, done.reasons) == (JobState.COMPLETED, ("toner-low",))
    assert desk.printer.status.state is DeviceState.ONLINE


async def test_unplugged_in_mid_job_its_end_is_unknown(desk: Desk) -> None:
    desk.do("slow", "100")
    task = desk.print()
    await desk.progress.reaches(JobState.PROCESSING)
    desk.do("unplug")
    assert (await task).state is JobState.UNKNOWN
    await desk.statuses.ever(DeviceState.NO_DEVICE)
    assert await desk.printer.found() == ()
    with pytest.raises(DeviceError):
        await desk.print()
    desk.do("jam")
    desk.do("plug")
    await desk.statuses.until(lambda: desk.printer.status.reasons == ("media-jam",))


async def test_purge_cancels_all_that_is_printed_or_waits(desk: Desk) -> None:
    desk.do("empty")
    tasks = [desk.print(), desk.print()]
    await desk.progress.until(lambda: len(desk.progress.seen) >= 5)
    await desk.printer.purge()
    assert [(await task).state for task in tasks] == [JobState.CANCELED] * 2
    assert desk.printer.printed == 0


async def test_a_refused_document_is_refused_here_too(desk: Desk) -> None:
    with pytest.raises(PdfRefused, match="encrypted"):
        await desk.printer.print(documents.encrypted("x"), on_progress=desk.progress)


async def test_it_is_a_device_of_the_dock(desk: Desk) -> None:
    assert isinstance(desk.printer, Dockable)
    assert desk.printer.kind is DeviceKind.DOCUMENT_PRINTER
    assert desk.printer.capabilities["formats"] == "application/pdf"
    with pytest.raises(WrongArgument):
        desk.do("toner", "pink")


async def test_what_the_settings_can_ask_for() -> None:
    assert open_document_printer("none") is None
    assert isinstance(open_document_printer("simulated"), SimulatedPrinter)
    printer = open_document_printer("socket://printer:9100")
    assert printer is not None
    statuses = Statuses()
    printer.on_status(statuses)
    await printer.start()
    wrong = await statuses.ever(DeviceState.NO_DEVICE)
    assert "kiosk.toml" in wrong.recovery_hint
    await printer.stop()
