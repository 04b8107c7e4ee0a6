"""A recorded visit is played: the screens of then, and simulated devices that do the same."""

from __future__ import annotations

import asyncio

import pytest

from devices.status import DeviceKind, DeviceState
from kiosk.calls.status import Quality
from kiosk.diagnostics.black_box.entries import (
    AnyEntry,
    CallEntry,
    Candidate,
    DeviceEntry,
    EndedEntry,
    ScreenEntry,
    StatsEntry,
    Supply,
    VisitEntry,
    WaitingEntry,
)
from kiosk.diagnostics.black_box.files import RecordedVisit
from kiosk.diagnostics.black_box.player import MAX_GAP_S, Player
from kiosk.diagnostics.black_box.stage import Stage, steps_for
from kiosk.link.messages import EndReason
from kiosk.visit.snapshot import Screen, VisitSnapshot
from tests.control.booth import Toy


def call(t: int, **told: object) -> CallEntry:
    facts: dict[str, object] = {
        "t": t,
        "connected": True,
        "muted": False,
        "volume": 6,
        "quality": Quality.GOOD,
        "slowed": False,
        "remote_video": True,
        "camera_working": True,
        "microphone_working": True,
        "loudspeaker_working": True,
        "private": False,
        "writing_offered": False,
    }
    return CallEntry.model_validate(facts | told)


def device(t: int, state: DeviceState, *reasons: Supply) -> DeviceEntry:
    return DeviceEntry(t=t, kind=DeviceKind.CAMERA, state=state, reasons=reasons)


ENTRIES: list[AnyEntry] = [
    VisitEntry(t=0, day=20_779),
    device(0, DeviceState.ONLINE),
    ScreenEntry(t=0, screen=Screen.WAITING, line_up=True),
    WaitingEntry(t=100, position=2),
    ScreenEntry(t=200, screen=Screen.IN_CALL, line_up=True),
    call(300),
    StatsEntry(
        t=400,
        attempt=1,
        ours=Candidate.HOST,
        theirs=None,
        fps=30,
        received_kbps=1,
        sent_kbps=1,
        loss=0,
        rtt_ms=None,
    ),
    device(500, DeviceState.NO_DEVICE),
    call(500, private=True, quality=Quality.POOR),
    ScreenEntry(t=600, screen=Screen.ENDED, line_up=False),
    EndedEntry(t=600, reason=EndReason.AGENT, duration_s=3),
    ScreenEntry(t=700, screen=Screen.HOME, line_up=True),
    device(40_000_000, DeviceState.ONLINE),
]


async def test_the_screens_come_as_they_did(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    shown: list[VisitSnapshot] = []
    happened: list[AnyEntry] = []
    await Player(shown.append, happened.append, speed=2).play(RecordedVisit(list(ENTRIES)))
    assert happened == ENTRIES
    assert slept == pytest.approx([0.05] * 6 + [0.05, MAX_GAP_S / 2])
    assert shown[0].place_name == "Rejeu d'une visite du dimanche 22\N{NO-BREAK SPACE}novembre"
    assert shown[3].waiting.position == 2
    assert shown[3].agency is not None
    in_call = shown[8]
    assert in_call.call.private
    assert in_call.call.quality is Quality.POOR
    assert in_call.lost == ("camera",)
    assert in_call.call.connected_at == shown[5].call.connected_at
    assert shown[10].ended.reason is EndReason.AGENT
    assert shown[11].agency is None
    assert shown[12].lost == ()
    assert all("screen" in one.simulated for one in shown)


def test_simulated_devices_do_what_the_real_ones_did() -> None:
    camera, screen = Toy(DeviceKind.CAMERA), Toy(DeviceKind.SCREEN)
    stage = Stage(lambda: (camera, screen))
    stage.happened(device(0, DeviceState.NO_DEVICE))
    assert not camera.cable.plugged
    assert screen.cable.plugged
    stage.happened(device(0, DeviceState.UNKNOWN))
    assert not camera.cable.plugged
    stage.happened(device(0, DeviceState.ONLINE))
    assert camera.cable.plugged
    assert camera.speed == 1


def test_supplies_run_out_as_they_did() -> None:
    empty = device(0, DeviceState.USER_ERROR, Supply.MEDIA_EMPTY, Supply.TONER_LOW, Supply.OTHER)
    assert steps_for(empty) == (("empty", ""), ("toner", "low"))
    low = device(0, DeviceState.ONLINE, Supply.TONER_LOW)
    assert steps_for(low)[-2:] == (("toner", "full"), ("toner", "low"))
