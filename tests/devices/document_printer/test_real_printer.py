"""The driver against a real IPP Everywhere printer: what it prints, and what goes wrong with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from devices.document_printer.facts import IppJobState
from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.queue import Queue, named_queue
from devices.pdf import PdfRefused
from devices.pdf.reader import check
from devices.status import DeviceError, DeviceState
from kiosk.wiping import PrintJobs
from tests.devices.document_printer.booth import NAMES, Booth, ended, ending, taken_back
from tests.devices.document_printer.eve import EvePrinter
from tests.devices.pdf import documents


@pytest_asyncio.fixture
async def booth(eve: EvePrinter) -> AsyncIterator[Booth]:
    booth = Booth(eve.uri)
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    yield booth
    await booth.printer.stop()


@pytest_asyncio.fixture
async def queue(eve: EvePrinter) -> AsyncIterator[Queue]:
    """Another look at the printer, not through the device."""
    queue = named_queue(eve.uri)
    yield queue
    await queue.close()


async def test_a_job_is_done_when_the_printer_says_so(eve: EvePrinter, booth: Booth) -> None:
    task = booth.print(copies=2)
    await booth.progress.reaches(JobState.PROCESSING)
    eve.say("ATTR: job-impressions-completed=3")
    await booth.progress.until(lambda: booth.progress.seen[-1].pages_printed == 3)
    assert not task.done()
    eve.say("end")
    assert await task == JobProgress(JobState.COMPLETED, pages_printed=4, pages=4)
    told = eve.told()
    assert told["IPP_COPIES"] == "2"
    assert told["IPP_MEDIA"] == "iso_a4_210x297mm"
    assert told["IPP_SIDES"] == "one-sided"
    assert told["IPP_JOB_ORIGINATING_USER_NAME"] == "visio-guichet"
    assert told["IPP_JOB_NAME"].startswith("visio-guichet ")
    assert [progress.state for progress in booth.progress.seen[:2]] == [JobState.SENDING] * 2


async def test_the_printer_gets_pictures_and_nothing_else_of_a_document(
    eve: EvePrinter, booth: Booth
) -> None:
    eve.say("end")
    await booth.print(documents.with_actions())
    (printed,) = eve.documents()
    assert (await check(printed)).sizes_mm == (pytest.approx((210, 297), abs=0.1),)
    for word in (b"JavaScript", b"Launch", b"cargo", b"Font", b"/AA", b"OpenAction"):
        assert word not in printed


async def test_what_the_printer_can_do_is_known(eve: EvePrinter, booth: Booth) -> None:
    can = booth.printer.capabilities
    assert can["make_and_model"] == "Example Printer"
    assert (can["colour"], can["duplex"], can["confirms_end"]) == (False, False, True)
    assert "na_letter_8.5x11in" in str(can["media_ready"])
    assert "application/pdf" in str(can["formats"])
    assert await booth.printer.found() == (eve.uri,)


@pytest.mark.parametrize("reason", ["media-empty", "media-jam", "cover-open"])
async def test_a_job_waits_for_a_hand_and_goes_on(
    eve: EvePrinter, booth: Booth, reason: str
) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    eve.say("ATTR: job-impressions-completed=1", f"STATE: +{reason}-error")
    await booth.progress.reaches(JobState.STOPPED, reason)
    fault = await booth.statuses.ever(DeviceState.USER_ERROR)
    assert fault.reasons == (reason,)
    eve.say(f"STATE: -{reason}-error")
    await booth.progress.reaches(JobState.PROCESSING)
    await booth.statuses.until(lambda: booth.statuses.seen[-1].state is DeviceState.ONLINE)
    eve.say("end")
    assert (await task).state is JobState.COMPLETED


async def test_a_warning_hinders_nothing(eve: EvePrinter, booth: Booth) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    eve.say("STATE: +toner-low-warning")
    await booth.progress.reaches(JobState.PROCESSING, "toner-low")
    await booth.statuses.until(lambda: booth.statuses.seen[-1].reasons == ("toner-low",))
    assert booth.printer.status.state is DeviceState.ONLINE
    eve.say("end")
    assert (await task).state is JobState.COMPLETED


async def test_success_is_never_said_of_a_failed_job(eve: EvePrinter, booth: Booth) -> None:
    eve.say("fail")
    assert (await booth.print()).state is JobState.ABORTED


async def test_switched_off_in_mid_job_nobody_can_say_what_was_printed(
    eve: EvePrinter, booth: Booth
) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    eve.switch_off()
    await booth.statuses.ever(DeviceState.OFFLINE)
    with pytest.raises(DeviceError):
        await booth.print()
    assert not task.done()
    eve.switch_on()
    await booth.statuses.next(DeviceState.ONLINE)
    assert (await task).state is JobState.UNKNOWN
    eve.say("end")
    assert (await booth.print()).state is JobState.COMPLETED


async def test_another_job_with_the_same_number_is_not_taken_for_ours(
    eve: EvePrinter, booth: Booth, queue: Queue
) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    eve.switch_off()
    eve.switch_on()
    eve.say("end")
    facts = await queue.printer()
    number = await queue.print(documents.letter(), "somebody else's", 1, facts)
    assert number == 1
    assert (await task).state is JobState.UNKNOWN


async def test_one_that_stays_off_is_unknown_after_a_while(eve: EvePrinter, booth: Booth) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    eve.switch_off()
    assert (await task).state is JobState.UNKNOWN
    assert booth.printer.status.state is DeviceState.OFFLINE


async def test_cancelling_the_task_cancels_the_job(
    eve: EvePrinter, booth: Booth, queue: Queue
) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await ending(queue, 1)
    eve.say("end")
    assert await ended(queue, 1) == IppJobState.CANCELED


async def test_what_is_out_of_a_cancelled_job_is_told(eve: EvePrinter, booth: Booth) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    eve.say("ATTR: job-impressions-completed=1")
    await booth.progress.until(lambda: booth.progress.seen[-1].pages_printed == 1)
    end = await taken_back(task, booth.progress)
    assert end == JobProgress(JobState.CANCELED, pages_printed=1, pages=2)
    eve.say("end")


async def test_one_that_was_over_when_it_was_cancelled_is_no_cancelled_one(
    eve: EvePrinter, queue: Queue
) -> None:
    booth = Booth(eve.uri, busy_s=60)
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    task = booth.print()
    await booth.progress.until(
        lambda: any(p.state in {JobState.PENDING, JobState.PROCESSING} for p in booth.progress.seen)
    )
    eve.say("end")
    assert await ended(queue, 1) == IppJobState.COMPLETED
    end = await taken_back(task, booth.progress)
    assert end == JobProgress(JobState.COMPLETED, pages_printed=2, pages=2)
    await booth.printer.stop()


@pytest.mark.parametrize("noticed", [True, False])
async def test_one_that_is_out_of_reach_is_not_said_to_be_cancelled(
    eve: EvePrinter, booth: Booth, *, noticed: bool
) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    eve.switch_off()
    if noticed:
        await booth.statuses.ever(DeviceState.OFFLINE)
    assert (await taken_back(task, booth.progress)).state is JobState.UNKNOWN
    assert booth.printer.remaining == 1, "it is cancelled when the printer is back"


async def test_one_that_waits_for_its_turn_elsewhere_is_cancelled_for_sure(
    eve: EvePrinter, queue: Queue
) -> None:
    booth = Booth(eve.uri, busy_s=60)
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    theirs = await queue.print(documents.letter(), "somebody else's", 1, await queue.printer())
    task = booth.print()
    await booth.progress.until(lambda: any(p.pages for p in booth.progress.seen))
    (follower,) = booth.printer._followers
    async with asyncio.timeout(20):
        while follower.handed_over:  # The printer takes one job at a time, and says so.
            await asyncio.sleep(0.02)
    end = await taken_back(task, booth.progress)
    assert (end.state, end.pages_printed) == (JobState.CANCELED, 0)
    eve.say("end")
    assert await ended(queue, theirs) == IppJobState.COMPLETED
    await booth.printer.stop()


async def test_at_the_visits_end_the_booths_job_is_gone(
    eve: EvePrinter, booth: Booth, queue: Queue
) -> None:
    task = booth.print()
    await booth.progress.reaches(JobState.PROCESSING)
    purging = asyncio.create_task(booth.printer.purge())
    await ending(queue, 1)
    assert not purging.done()
    eve.say("end")
    await purging
    assert (await task).state is JobState.CANCELED
    assert await queue.jobs() == ()


async def test_others_jobs_are_left_alone_and_waited_for(
    eve: EvePrinter, booth: Booth, queue: Queue
) -> None:
    theirs = await queue.print(documents.letter(), "somebody else's", 1, await queue.printer())
    await booth.printer.purge()
    assert [job.number for job in await queue.jobs()] == [theirs]
    task = booth.print()
    await booth.progress.until(lambda: any(p.pages for p in booth.progress.seen))
    eve.say("end")
    assert await ended(queue, theirs) == IppJobState.COMPLETED
    await booth.progress.reaches(JobState.PROCESSING)
    eve.say("end")
    assert (await task).state is JobState.COMPLETED


async def test_what_a_crash_left_behind_is_cancelled_at_the_next_start(
    eve: EvePrinter, queue: Queue
) -> None:
    left = await queue.print(documents.letter(), NAMES.new(), 1, await queue.printer())
    booth = Booth(eve.uri)
    await booth.printer.start()
    await ending(queue, left)
    eve.say("end")
    await booth.statuses.ever(DeviceState.ONLINE)
    assert await ended(queue, left) == IppJobState.CANCELED
    await booth.printer.stop()


async def test_the_first_wipe_waits_for_a_printer_that_was_not_asked_yet(
    eve: EvePrinter, queue: Queue
) -> None:
    left = await queue.print(documents.letter(), NAMES.new(), 1, await queue.printer())
    booth = Booth(eve.uri)
    store = PrintJobs(booth.printer)
    await booth.printer.start()
    assert await store.left() == 1
    await store.wipe()
    assert await store.left() == 0
    eve.say("end")
    assert await ended(queue, left) == IppJobState.CANCELED
    await booth.printer.stop()


async def test_a_printer_that_was_given_nothing_owes_nothing_when_it_is_off(
    eve: EvePrinter, booth: Booth
) -> None:
    eve.switch_off()
    await booth.statuses.ever(DeviceState.OFFLINE)
    await booth.printer.purge()
    assert booth.printer.remaining == 0


async def test_a_document_that_is_refused_never_reaches_the_printer(
    eve: EvePrinter, booth: Booth
) -> None:
    with pytest.raises(PdfRefused, match="encrypted"):
        await booth.print(documents.encrypted("secret"))
    assert eve.documents() == []


async def test_a_printer_that_is_not_there_is_a_status(eve: EvePrinter) -> None:
    eve.switch_off()
    booth = Booth(eve.uri)
    await booth.printer.start()
    offline = await booth.statuses.ever(DeviceState.OFFLINE)
    assert offline.recovery_hint
    assert await booth.printer.found() == ()
    await booth.printer.purge()
    with pytest.raises(DeviceError):
        await booth.print()
    eve.switch_on()
    await booth.statuses.ever(DeviceState.ONLINE)
    await booth.printer.stop()


async def test_over_tls(eve: EvePrinter) -> None:
    booth = Booth(eve.uri.replace("ipp://", "ipps://"))
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    await booth.printer.stop()
