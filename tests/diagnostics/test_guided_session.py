"""The course of a guided test: who judges, hints, trying again, leaving."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from devices.status import DeviceError, DeviceKind, DeviceState
from kiosk.diagnostics.guided.framework import Fault, GuidedStep, Live
from kiosk.diagnostics.guided.session import Session, Touch
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.view import GuidedView
from tests.diagnostics.guided_booth import Technician
from tests.diagnostics.rehearsal_devices import simulated
from tests.link.waiting import until


class Steps:
    """A test of these steps, which knows whether it is open."""

    def __init__(self, *steps: GuidedStep) -> None:
        self.steps = steps
        self.is_open = False
        self.closes = 0

    async def open(self) -> None:
        self.is_open = True

    async def close(self) -> None:
        self.is_open = False
        self.closes += 1


class Running:
    """One session, driven by a test."""

    def __init__(self, *steps: GuidedStep) -> None:
        self.test = Steps(*steps)
        self.views: list[GuidedView] = []
        self.session = Session(
            DeviceKind.CAMERA, self.test, lambda: self.views.append(self.session.view)
        )
        self.task = asyncio.create_task(self.session.run())

    def touch(self, *touches: Touch) -> None:
        for touch in touches:
            self.session.touch(touch)

    async def until(self, outcome: Outcome, number: int = 1) -> GuidedView:
        await until(
            lambda: self.session.view.number == number and self.session.view.outcome is outcome
        )
        return self.session.view


PERSON = GuidedStep("Voyez-vous ?", "Ouvrez les yeux.", asks_person=True)


async def test_a_person_confirms() -> None:
    running = Running(PERSON, PERSON)
    running.touch(Touch.CONFIRM, Touch.CONFIRM)
    assert await running.task is Outcome.SUCCESS
    assert running.session.view.finished
    assert not running.test.is_open


async def test_it_does_not_work_first_shows_the_hint_and_then_fails() -> None:
    running = Running(PERSON)
    running.touch(Touch.FAILS)
    await until(lambda: running.session.view.hint)
    assert running.session.view.outcome is Outcome.RUNNING
    running.touch(Touch.FAILS)
    assert (await running.until(Outcome.FAILED)).hint == "Ouvrez les yeux."
    running.touch(Touch.CONFIRM)
    assert await running.task is Outcome.FAILED


async def test_a_hint_that_helped_is_a_success() -> None:
    running = Running(PERSON)
    running.touch(Touch.FAILS, Touch.CONFIRM)
    assert await running.task is Outcome.SUCCESS


async def test_the_booth_judges_and_waits_for_the_person_to_read_it() -> None:
    async def measure(live: Live) -> None:
        live.show(("Images", "30"), level=3.0)

    running = Running(GuidedStep("Je compte.", "Rebranchez.", measure))
    view = await running.until(Outcome.SUCCESS)
    assert view.figures == (("Images", "30"),)
    assert view.level == 1.0
    assert not running.task.done()
    running.touch(Touch.CONFIRM)
    assert await running.task is Outcome.SUCCESS


async def test_a_success_that_nobody_believes_fails() -> None:
    async def measure(live: Live) -> None:
        live.show(("Images", "30"))

    running = Running(GuidedStep("Je compte.", "Rebranchez.", measure))
    await running.until(Outcome.SUCCESS)
    running.touch(Touch.FAILS, Touch.FAILS)
    await running.until(Outcome.FAILED)
    running.touch(Touch.CONFIRM)
    assert await running.task is Outcome.FAILED


async def test_confirming_before_the_booth_has_judged_does_nothing() -> None:
    judge = asyncio.Event()

    async def measure(live: Live) -> None:
        await judge.wait()

    running = Running(GuidedStep("Je compte.", "Rebranchez.", measure))
    running.touch(Touch.CONFIRM, Touch.SURFACE_GOOD)
    await asyncio.sleep(0.05)
    assert running.session.view.outcome is Outcome.RUNNING
    judge.set()
    await running.until(Outcome.SUCCESS)
    running.touch(Touch.CONFIRM)
    assert await running.task is Outcome.SUCCESS


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (Fault("Trop sombre."), "Trop sombre."),
        (DeviceError(DeviceState.OFFLINE, "gone"), "Caméra : vérifiez le câble"),
    ],
)
async def test_a_fault_shows_what_to_do_and_can_be_tried_again(error: Exception, hint: str) -> None:
    faults = [error]

    async def measure(live: Live) -> None:
        if faults:
            raise faults.pop()

    running = Running(GuidedStep("Je compte.", "Rebranchez.", measure))
    assert hint in (await running.until(Outcome.FAILED)).hint
    running.touch(Touch.AGAIN)
    assert (await running.until(Outcome.SUCCESS)).hint == ""
    running.touch(Touch.CONFIRM)
    assert await running.task is Outcome.SUCCESS


@pytest.mark.expects_log("guided step failed")
async def test_a_bug_in_a_step_fails_that_step_alone() -> None:
    async def measure(live: Live) -> None:
        raise ZeroDivisionError

    running = Running(GuidedStep("Je compte.", "Rebranchez.", measure), PERSON)
    assert (await running.until(Outcome.FAILED)).hint == "Rebranchez."
    running.touch(Touch.FAILS)
    await running.until(Outcome.RUNNING, 2)
    running.touch(Touch.CONFIRM)
    assert await running.task is Outcome.FAILED


async def test_the_end_tells_what_to_do_about_the_first_step_that_failed() -> None:
    blind = GuidedStep("Voyez-vous ?", "Ouvrez les yeux.", asks_person=True)
    deaf = GuidedStep("Entendez-vous ?", "Montez le volume.", asks_person=True)
    running = Running(PERSON, blind, deaf, PERSON)
    running.touch(Touch.CONFIRM)
    for number in (2, 3):
        await running.until(Outcome.RUNNING, number)
        running.touch(Touch.FAILS, Touch.FAILS, Touch.CONFIRM)
    await running.until(Outcome.RUNNING, 4)
    running.touch(Touch.CONFIRM)
    assert await running.task is Outcome.FAILED
    view = running.session.view
    assert (view.finished, view.outcome, view.number) == (True, Outcome.FAILED, 2)
    assert (view.sentence, view.hint) == (blind.sentence, blind.hint)


@pytest.mark.expects_log("guided test did not (open|close)")
async def test_a_device_that_cannot_be_opened_nor_closed_holds_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuse(self: Steps) -> None:
        raise OSError("a driver of another kind")

    monkeypatch.setattr(Steps, "open", refuse)
    monkeypatch.setattr(Steps, "close", refuse)
    running = Running(PERSON)
    running.touch(Touch.CONFIRM)
    assert await running.task is Outcome.SUCCESS


async def test_leaving_closes_the_device_and_is_no_failure(tmp_path: Path) -> None:
    booth = Technician(simulated(tmp_path))
    await booth.tests.begin("camera")
    await booth.until(lambda view: view.figures)
    await booth.tests.abort()
    assert booth.tests.view is None
    assert booth.recorded == [(DeviceKind.CAMERA, Outcome.ABORTED)]
    assert booth.devices.camera.status.state is DeviceState.UNKNOWN
    await booth.tests.abort()
    booth.tests.confirm()


async def test_another_test_aborts_the_one_that_runs(tmp_path: Path) -> None:
    booth = Technician(simulated(tmp_path))
    await booth.tests.begin("camera")
    await booth.until(lambda view: view.figures)
    await booth.tests.begin("screen")
    assert booth.view.kind == "screen"
    assert booth.devices.camera.status.state is DeviceState.UNKNOWN
    await booth.tests.abort()


async def test_a_test_that_is_over_stays_on_the_screen_and_is_not_aborted(tmp_path: Path) -> None:
    booth = Technician(simulated(tmp_path))
    await booth.tests.begin("screen")
    booth.tests.surface_done(True)
    await booth.until(lambda view: view.number == 2)
    booth.tests.surface_done(True)
    assert await booth.finished() is Outcome.SUCCESS
    assert booth.view.finished
    await booth.tests.abort()
    assert booth.recorded == [(DeviceKind.SCREEN, Outcome.SUCCESS)]


async def test_a_drummer_s_touches_are_bounded() -> None:
    running = Running(PERSON, PERSON, PERSON)
    for _ in range(100):
        running.touch(Touch.FAILS)
    await until(lambda: running.session.view.number == 3 or running.session.view.hint)
    running.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running.task
    assert running.test.closes == 1
