"""The driver through a CUPS queue: what CUPS says too much, keeps too long and leaves standing."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from devices.document_printer.interface import JobState
from devices.document_printer.queue import named_queue
from devices.status import DeviceState
from tests.devices.document_printer.booth import Booth, taken_back
from tests.devices.document_printer.cups import QUEUE, Cups, cups
from tests.devices.document_printer.eve import EvePrinter


@pytest.fixture
def server(eve: EvePrinter, bus: dict[str, str]) -> Iterator[Cups]:
    with cups(bus, eve.uri) as server:
        yield server


@pytest_asyncio.fixture
async def booth(server: Cups) -> AsyncIterator[Booth]:
    booth = Booth("auto", server.socket)
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    yield booth
    await booth.printer.stop()


async def test_the_default_queue_prints_and_nothing_stays_on_the_disk(
    eve: EvePrinter, server: Cups, booth: Booth
) -> None:
    assert await booth.printer.found() == (f"ipp://localhost:631/printers/{QUEUE}",)
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    assert server.spool()
    eve.say("end")
    assert (await task).state is JobState.COMPLETED
    await booth.printer.purge()
    assert server.spool() == []


async def test_completed_by_cups_is_not_believed_when_the_printer_was_off(
    eve: EvePrinter, booth: Booth
) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    # Cut off before that, the job stops the queue, which the booth resumes: it is printed anew.
    async with asyncio.timeout(20):
        while not eve.has_all_of_it():
            await asyncio.sleep(0.02)
    eve.switch_off()
    eve.switch_on()
    assert (await task).state is JobState.UNKNOWN


async def test_a_job_that_is_cut_off_is_asked_after_at_the_printer(
    eve: EvePrinter, server: Cups, booth: Booth
) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    async with asyncio.timeout(20):
        while not eve.has_all_of_it():
            await asyncio.sleep(0.02)
    eve.say("ATTR: job-impressions-completed=1")
    end = await taken_back(task, booth.progress)
    assert (end.state, end.pages_printed) == (JobState.CANCELED, 1)
    assert server.spool() == []
    eve.say("end")


async def test_one_that_has_come_out_is_not_said_to_be_cancelled(
    eve: EvePrinter, server: Cups
) -> None:
    booth = Booth("auto", server.socket, busy_s=60)
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    task = booth.print()
    await booth.progress.until(lambda: any(p.pages for p in booth.progress.seen))
    eve.say("end")
    queue = named_queue(eve.uri)
    async with asyncio.timeout(20):
        while not await queue.jobs(over=True, everybodys=True):
            await asyncio.sleep(0.02)
    await queue.close()
    end = await taken_back(task, booth.progress)
    assert (end.state, end.pages_printed) == (JobState.COMPLETED, 2)
    assert server.spool() == []
    await booth.printer.stop()


async def test_a_job_that_the_printer_gave_up_is_no_success(eve: EvePrinter, booth: Booth) -> None:
    eve.say("fail")
    # CUPS says one or the other of the same thing.
    assert (await booth.print()).state in {JobState.ABORTED, JobState.CANCELED}


async def test_a_queue_that_a_fault_paused_goes_on_when_the_fault_is_gone(
    eve: EvePrinter, server: Cups, booth: Booth
) -> None:
    server.break_backend()
    task = booth.print()
    await booth.progress.reaches(JobState.STOPPED, "paused")
    assert booth.printer.status.state is DeviceState.USER_ERROR
    server.mend_backend()
    eve.say("end")
    assert (await task).state is JobState.COMPLETED
    await booth.statuses.until(lambda: booth.printer.status.state is DeviceState.ONLINE)


async def test_a_queue_that_a_person_paused_stays_so_and_one_resumes_it(
    eve: EvePrinter, server: Cups, booth: Booth
) -> None:
    server.run("cupsdisable", QUEUE)
    paused = await booth.statuses.ever(DeviceState.USER_ERROR)
    assert paused.reasons == ("paused",)
    task = booth.print()
    await booth.progress.reaches(JobState.STOPPED, "paused")
    eve.say("end")
    server.run("cupsenable", QUEUE)
    assert (await task).state is JobState.COMPLETED


_KILLED = """\
import asyncio, pathlib, sys
from tests.devices.document_printer.booth import Booth
from devices.status import DeviceState

async def main():
    booth = Booth("auto", pathlib.Path(sys.argv[1]))
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    await booth.print()

asyncio.run(main())
"""


async def test_a_booth_killed_in_mid_print_takes_its_job_back_when_it_starts(
    eve: EvePrinter, server: Cups
) -> None:
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _KILLED, str(server.socket), cwd=Path(__file__).parents[3]
    )
    async with asyncio.timeout(30):
        while not eve.has_all_of_it():
            await asyncio.sleep(0.02)
    killed.kill()
    await killed.wait()
    assert server.spool()
    booth = Booth("auto", server.socket)
    await booth.printer.start()
    async with asyncio.timeout(30):
        while server.spool():
            await asyncio.sleep(0.02)
    eve.say("end")
    await booth.statuses.ever(DeviceState.ONLINE)
    # What is printed next is the next visit's, and comes out alone.
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    eve.say("end")
    assert (await task).state is JobState.COMPLETED
    assert len(eve.documents()) == 2
    await booth.printer.stop()
