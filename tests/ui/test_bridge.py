"""Snapshots reach Qt's thread, requests reach the loop, and neither waits for the other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.visit.snapshot import VisitSnapshot
from tests.ui.fake_visit import FakeVisit
from ui.bridge import Bridge
from ui.loop_thread import LoopThread
from ui.scenes import HOME, scenes


@pytest.fixture
def loop() -> Iterator[LoopThread]:
    loop = LoopThread()
    yield loop
    loop.stop()
    assert not loop.running


class Shown:
    """Remembers what was shown, and on which thread."""

    def __init__(self) -> None:
        self.snapshots: list[VisitSnapshot] = []
        self.threads: set[int] = set()

    def __call__(self, snapshot: VisitSnapshot) -> None:
        self.snapshots.append(snapshot)
        self.threads.add(threading.get_ident())


async def attach(bridge: Bridge, visit: FakeVisit) -> None:
    bridge.attach(visit)


def test_present_state_is_shown_at_once_on_qts_thread(qtbot: QtBot, loop: LoopThread) -> None:
    shown = Shown()
    bridge = Bridge(loop, shown)
    loop.run(attach(bridge, FakeVisit(HOME))).result(2)
    qtbot.waitUntil(lambda: shown.snapshots == [HOME])
    assert shown.threads == {threading.get_ident()}


def test_only_the_newest_is_shown(qtbot: QtBot, loop: LoopThread) -> None:
    shown = Shown()
    bridge = Bridge(loop, shown)
    for place in range(100):
        bridge.put(replace(HOME, place_name=str(place)))
    qtbot.waitUntil(lambda: bool(shown.snapshots))
    assert [one.place_name for one in shown.snapshots] == ["99"]
    bridge.put(HOME)
    qtbot.waitUntil(lambda: shown.snapshots[-1] == HOME)


def test_none_is_lost_between_threads(qtbot: QtBot, loop: LoopThread) -> None:
    shown = Shown()
    bridge = Bridge(loop, shown)
    visit = FakeVisit(HOME)
    loop.run(attach(bridge, visit)).result(2)

    async def hurry() -> None:
        for place in range(500):
            visit.become(replace(HOME, place_name=str(place)))
            await asyncio.sleep(0)

    loop.run(hurry())
    qtbot.waitUntil(lambda: shown.snapshots[-1:] != [] and shown.snapshots[-1].place_name == "499")
    order = [int(one.place_name) for one in shown.snapshots if one.place_name.isdigit()]
    assert order == sorted(order)


def test_request_runs_on_the_loop(qtbot: QtBot, loop: LoopThread) -> None:
    bridge = Bridge(loop, Shown())
    visit = FakeVisit(HOME)
    bridge.ask(lambda controls: controls.choose("too-early"))
    loop.run(attach(bridge, visit)).result(2)
    bridge.ask(lambda controls: controls.choose("caf"))
    qtbot.waitUntil(lambda: visit.asked == [("choose", "caf")])


@pytest.mark.expects_log("touch_failed")
def test_failed_request_is_told_and_the_next_one_runs(qtbot: QtBot, loop: LoopThread) -> None:
    bridge = Bridge(loop, Shown())
    visit = FakeVisit(scenes()["waiting-next"])
    loop.run(attach(bridge, visit)).result(2)

    async def fail() -> None:
        raise ValueError

    bridge.ask(lambda _controls: fail())
    bridge.ask(lambda controls: controls.cancel())
    qtbot.waitUntil(lambda: visit.asked == [("cancel",)])


def test_posted_function_runs_on_qts_thread(qtbot: QtBot, loop: LoopThread) -> None:
    bridge = Bridge(loop, Shown())
    ran: list[int] = []

    async def post() -> None:
        bridge.post(lambda: ran.append(threading.get_ident()))

    loop.run(post())
    qtbot.waitUntil(lambda: ran == [threading.get_ident()])


def test_loop_cancels_what_still_runs() -> None:
    loop = LoopThread()
    cancelled = threading.Event()
    started = threading.Event()

    async def wait_for_ever() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    loop.run(wait_for_ever())
    assert started.wait(2)
    loop.stop()
    assert cancelled.is_set()
    loop.stop()
