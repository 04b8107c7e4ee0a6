"""Papers on their way up: taken by themselves, kept, dropped, sent ahead, and asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.document_camera.interface import Advice, Page
from devices.status import DeviceState
from kiosk.documents.pages import MOST_PAGE_BYTES
from kiosk.documents.view import PapersStep, PapersTrouble, SentPage
from kiosk.link.events import EventKind
from kiosk.link.papers import MOST_BYTES, MOST_PAGES, Can, Notes, Propose, Scanning
from tests.documents.stage import LOST, MemoryCamera, Stage


@pytest.fixture
def camera() -> MemoryCamera:
    return MemoryCamera()


@pytest.fixture
def stage(camera: MemoryCamera) -> Stage:
    return Stage(camera=camera)


async def reviewed(stage: Stage) -> None:
    await stage.until(lambda: stage.view.step is PapersStep.REVIEWING)


async def test_a_good_and_still_page_is_taken_kept_and_sent(
    stage: Stage, camera: MemoryCamera
) -> None:
    stage.connect()
    await stage.papers.scan()
    assert stage.view.step is PapersStep.SCANNING
    camera.lay()
    camera.look(0.4)
    assert (stage.view.advice, stage.view.steadying) == ("good", pytest.approx(0.5))
    camera.look(0.8)
    await reviewed(stage)
    assert stage.view.picture_aspect == pytest.approx(85 / 120, rel=0.02)
    assert stage.pictures[-1].height == 118
    await stage.papers.keep()
    await stage.until(lambda: stage.papers.handed_over == 1)
    assert stage.view.sent == (SentPage(1, 100),)
    assert stage.view.step is PapersStep.SCANNING
    await stage.papers.end_scan()
    await stage.until(lambda: stage.told(Scanning)[-1] == Scanning(state="closed", taken=1))
    assert not camera.is_open
    assert stage.events == [(EventKind.SCANNED, 1)]
    assert stage.told(Can)[-1].scan


async def test_the_same_page_is_not_taken_twice_by_itself(
    stage: Stage, camera: MemoryCamera
) -> None:
    await stage.papers.scan()
    camera.lay()
    camera.look(1.0)
    await reviewed(stage)
    await stage.papers.keep()
    camera.lay()
    camera.look(1.2)
    assert stage.view.steadying == 0
    camera.look(0, Advice.NO_PAGE)
    camera.look(0.9)
    await reviewed(stage)
    await stage.papers.keep()
    assert stage.view.taken == 2


async def test_a_page_is_taken_again_at_once_and_by_hand(
    stage: Stage, camera: MemoryCamera
) -> None:
    await stage.papers.scan()
    camera.lay()
    await stage.papers.take()
    assert stage.view.step is PapersStep.REVIEWING
    await stage.papers.retake()
    camera.lay()
    camera.look(1.0)
    assert stage.view.steadying < 1, "it is to be laid otherwise first"
    camera.look(0, Advice.NO_PAGE)
    camera.look(1.0)
    await reviewed(stage)
    await stage.papers.drop()
    assert (stage.view.step, stage.view.taken) == (PapersStep.NONE, 0)
    assert not camera.is_open


async def test_what_is_wrong_with_a_page_is_the_advice(stage: Stage, camera: MemoryCamera) -> None:
    await stage.papers.scan()
    await stage.papers.take()
    assert (stage.view.step, stage.view.advice) == (PapersStep.SCANNING, "no_page")


async def test_pages_scanned_ahead_wait_for_an_agent(stage: Stage, camera: MemoryCamera) -> None:
    await stage.papers.scan()
    for _ in range(2):
        camera.lay()
        await stage.papers.take()
        await stage.papers.keep()
    assert stage.view.sent == (SentPage(1, waiting=True), SentPage(2, waiting=True))
    stage.connect()
    await stage.until(lambda: stage.papers.handed_over == 2)
    stage.reload()
    await stage.until(lambda: len(stage.agent.got) == 2)
    await stage.until(lambda: all(page.percent == 100 for page in stage.view.sent))
    assert len(stage.events) == 2


async def test_a_proposal_waits_until_nothing_else_is_done(
    stage: Stage, camera: MemoryCamera
) -> None:
    stage.connect()
    await stage.papers.scan()
    stage.agent.transfer.say(Propose())
    await stage.until(lambda: Scanning(state="asked") in stage.told(Scanning))
    assert stage.view.step is PapersStep.SCANNING
    stage.agent.transfer.say(Propose(open=False))
    stage.agent.transfer.say(Propose())
    await stage.papers.end_scan()
    await stage.until(lambda: stage.told(Scanning)[-1].state == "asked")
    assert stage.view.step is PapersStep.PROPOSED
    await stage.papers.decline()
    assert stage.view.step is PapersStep.NONE
    await stage.until(lambda: stage.told(Scanning)[-1].state == "declined")
    stage.agent.transfer.say(Propose())
    await stage.until(lambda: stage.view.step is PapersStep.PROPOSED)
    stage.papers.agent_there(False)
    assert stage.view.step is PapersStep.NONE


async def test_an_agents_page_that_comes_back_hears_what_was_said(stage: Stage) -> None:
    stage.connect()
    notes = Notes(missing=("RIB",), next="La CAF vous écrit.")
    stage.agent.transfer.say(notes)
    stage.agent.transfer.say(Propose())
    await stage.until(lambda: stage.papers.notes == notes)
    stage.reload()
    await stage.until(lambda: stage.told(Notes) == [notes])
    assert stage.told(Scanning) == [Scanning(state="asked")]


async def test_thirty_pages_are_the_end(stage: Stage, camera: MemoryCamera) -> None:
    await stage.papers.scan()
    for _ in range(MOST_PAGES):
        camera.lay()
        await stage.papers.take()
        await stage.papers.keep()
    for _ in range(2):
        assert (stage.view.step, stage.view.trouble) == (
            PapersStep.NONE,
            PapersTrouble.TOO_MANY_PAGES,
        )
        assert not stage.view.scan_possible
        await stage.papers.scan()
    assert stage.view.taken == MOST_PAGES


async def test_twenty_megabytes_are_the_end(stage: Stage, camera: MemoryCamera) -> None:
    await stage.papers.scan()
    camera.lay()
    page = camera.pages.pop()
    assert isinstance(page, Page)
    # What stands after a JPEG's end belongs to the file, and is no part of the picture.
    large = replace(page, jpeg=page.jpeg.ljust(MOST_PAGE_BYTES, b"\0"))
    kept = 0
    while stage.view.step is PapersStep.SCANNING:
        camera.pages.append(large)
        await stage.papers.take()
        await stage.papers.keep()
        kept += 1
    assert kept == MOST_BYTES // MOST_PAGE_BYTES
    assert stage.view.trouble is PapersTrouble.TOO_MANY_PAGES


async def test_without_a_camera_it_is_said(stage: Stage) -> None:
    stage.camera = None
    stage.connect()
    await stage.papers.scan()
    assert stage.view.trouble is PapersTrouble.NO_CAMERA
    assert not stage.view.scan_possible
    await stage.papers.close()
    assert stage.view.trouble is PapersTrouble.NONE


async def test_a_camera_that_is_lost_and_found_again(stage: Stage, camera: MemoryCamera) -> None:
    stage.connect()
    await stage.papers.scan()
    camera.look(0.2)
    camera.pages.append(LOST)
    camera.becomes(DeviceState.OFFLINE)
    await stage.papers.take()
    stage.papers.look_at_devices()
    assert stage.view.trouble is PapersTrouble.CAMERA_LOST
    assert not stage.view.scan_possible
    camera.becomes(DeviceState.ONLINE)
    stage.papers.look_at_devices()
    assert stage.view.trouble is PapersTrouble.NONE
    await stage.until(lambda: [can.scan for can in stage.told(Can)[-2:]] == [False, True])


async def test_a_page_that_cannot_be_decoded_is_none(stage: Stage, camera: MemoryCamera) -> None:
    await stage.papers.scan()
    camera.lay()
    page = camera.pages[0]
    assert not isinstance(page, Exception)
    object.__setattr__(page, "jpeg", b"\xff\xd8\xff nothing")
    await stage.papers.take()
    assert stage.view.step is PapersStep.SCANNING


async def test_touches_out_of_turn_do_nothing(stage: Stage) -> None:
    for touch in (
        stage.papers.take,
        stage.papers.keep,
        stage.papers.retake,
        stage.papers.drop,
        stage.papers.decline,
        stage.papers.end_scan,
        stage.papers.close,
        stage.papers.take_away,
        stage.papers.refuse,
        stage.papers.cancel_print,
    ):
        await touch()
    await stage.papers.print(1)
    await stage.papers.show_page(1)
    await stage.papers.read("0" * 32)
    assert stage.view == Stage(camera=MemoryCamera()).view
