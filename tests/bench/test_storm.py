"""What a storm's judge finds, and that its weather comes again and leaves nothing unmended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.storm_judge import STUCK_S, Damage, Holdings, left_over
from bench.weather import MENDING, Blow, Kill, Weather
from devices.dock import Dockable
from devices.status import DeviceKind, DeviceState
from kiosk.control.messages import ActionTold, DeviceTold
from kiosk.fitting import fit_out
from kiosk.link.messages import EndReason
from kiosk.settings import KioskSettings

REST = Holdings(
    processes=1, threads=("booth", "loop"), descriptors=("/dev/null", "socket:[#]", "socket:[#]")
)

MENDED_BY = {
    "unplug": "plug",
    "freeze": "thaw",
    "silence": "speak",
    "clip": "speak",
    "empty": "refill",
    "low": "refill",
    "jam": "unjam",
    "open": "close",
    "toner": "toner",
    "pause": "resume",
    "mute": "answer",
    "lift": "hang_up",
    "present": "remove",
    "slow": "slow",
}
HARMLESS = {"show", "move", "take", "page", "restart"}
"""What a camera sees, a slip that is taken, a daemon that comes back by itself."""


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (REST, []),
        (replace(REST, threads=("booth",)), []),
        (replace(REST, processes=2), ["processes: 1 before, 2 after"]),
        (
            replace(REST, threads=("booth", "loop", "loop")),
            ["threads: 2 before, 3 after, as loop"],
        ),
        (
            replace(REST, descriptors=("socket:[#]", "socket:[#]", "pipe:[#]")),
            ["descriptors: 1 more of pipe:[#]"],
        ),
    ],
)
def test_what_is_left_over_is_found_to_the_last_one(after: Holdings, found: list[str]) -> None:
    assert list(left_over(REST, after)) == found


def test_a_visit_that_a_device_ended_is_found() -> None:
    damage = Damage(visits=3)
    damage.judge((EndReason.RESIDENT, EndReason.FAULT, None), REST, REST)
    assert damage.faults == ["2 of 3 visits ended otherwise: fault, none"]


def test_a_visit_too_many_is_found() -> None:
    damage = Damage(visits=1)
    damage.judge((EndReason.RESIDENT,) * 2, REST, REST)
    assert damage.faults == ["2 visits were begun, not 1"]


def test_a_screen_that_stood_still_is_found() -> None:
    damage = Damage()
    damage.note("the queue", STUCK_S)
    damage.note("hanging up", STUCK_S + 1)
    damage.judge((), REST, REST)
    assert damage.faults == ["hanging up stood still: 11.0 s"]


def test_a_process_left_by_the_first_visit_is_found() -> None:
    damage = Damage()
    damage.judge((), replace(REST, processes=2), REST)
    assert damage.faults == ["1 processes left by the first, calm visit"]


def test_the_same_seed_brings_the_same_storm() -> None:
    storms = [Weather(5), Weather(5)]
    first, second = ([storm.strike(_DEVICES) for _ in range(200)] for storm in storms)
    assert first == second
    assert any(isinstance(event, Kill) for event in first)
    assert {event.action for event in first if isinstance(event, Blow)} == {"plug", "slow"}


async def test_whatever_is_done_to_a_device_is_mended(tmp_path: Path) -> None:
    simulated = {"source": "simulated"}
    hardware = fit_out(
        KioskSettings.model_validate(
            {
                "booth": {"state_folder": str(tmp_path)},
                "sound": {"microphone": "simulated", "loudspeaker": "simulated"},
                "handset": simulated | {"microphone": "simulated", "loudspeaker": "simulated"},
                **dict.fromkeys(_OTHERS, simulated),
            }
        ),
        lambda: None,
    )
    devices = [device for device in hardware.devices.all if isinstance(device, Dockable)]
    names = {name for device in devices for name in device.actions}
    await hardware.stop()
    assert names == {*MENDED_BY, *MENDED_BY.values(), *HARMLESS}
    assert set(MENDED_BY.values()) <= {action for action, _ in MENDING}


_OTHERS = (
    *("camera", "document_camera", "document_printer", "ticket_printer"),
    *("card_reader", "code_reader"),
)
_DEVICES = (
    DeviceTold(
        kind=DeviceKind.CAMERA,
        state=DeviceState.ONLINE,
        simulated=True,
        detail="",
        actions=(ActionTold(name="plug", takes=""), ActionTold(name="slow", takes="times")),
    ),
    DeviceTold(kind=DeviceKind.SCREEN, state=DeviceState.ONLINE, simulated=False, detail=""),
)
