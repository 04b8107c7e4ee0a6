"""Codes before the booth's camera: clear, blurred, turned, dim, far, and none of ours."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator

import pytest

from devices.code_reader import open_code_reader
from devices.code_reader.camera import LOOK_EVERY_S, CameraReader
from devices.code_reader.interface import Code
from devices.picture import Picture
from devices.status import DeviceState
from devices.supervisor import Backoff
from tests.devices.code_reader.pictures import PASS, code, photograph, picture
from tests.devices.helpers import Statuses, Watched

FAST = Backoff(first_s=0.05, cap_s=0.2, poll_s=0.02)


class Codes(Watched):
    """What was told."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Code] = []

    def __call__(self, told: Code) -> None:
        self.seen.append(told)
        self.happened()


class Eyes:
    """A camera reader, and a camera that shows it pictures at 30 fps."""

    def __init__(self) -> None:
        self.reader = CameraReader(FAST)
        self.codes = Codes()
        self.statuses = Statuses()
        self.reader.on_code(self.codes)
        self.reader.on_status(self.statuses)

    async def show(self, shown: Picture, looks: int) -> None:
        """Show it until it was looked at so many times more and the last look is over."""
        until = self.reader.looks + looks + 1
        async with asyncio.timeout(20):
            while self.reader.looks < until:
                self.reader.look(shown)
                await asyncio.sleep(1 / 30)


@pytest.fixture
async def eyes() -> AsyncIterator[Eyes]:
    eyes = Eyes()
    await eyes.reader.start()
    await eyes.statuses.ever(DeviceState.ONLINE)
    yield eyes
    await eyes.reader.stop()


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"module": 3},
        {"module": 2},
        {"blur": 2},
        {"turn": 33},
        {"turn": 180},
        {"light": 0.15},
        {"tilt": 0.3},
        {"noise": 20},
        {"module": 4, "blur": 1.2, "turn": 12, "light": 0.4, "tilt": 0.15, "noise": 8},
    ],
    ids=str,
)
async def test_a_code_is_read(eyes: Eyes, how: dict[str, float]) -> None:
    await eyes.show(picture(photograph(**how)), 3)  # type: ignore[arg-type]
    assert [told.text for told in eyes.codes.seen] == [PASS]
    assert eyes.codes.seen[0].symbology == "QRCode"


async def test_a_clear_code_is_told_within_300_ms(eyes: Eyes) -> None:
    delays = []
    for number in range(8):
        shown = picture(photograph(f"{PASS}{number}", seed=number))
        before = time.monotonic()
        while len(eyes.codes.seen) == number:
            eyes.reader.look(shown)
            await asyncio.sleep(1 / 60)
        delays.append(time.monotonic() - before)
    assert sorted(delays)[len(delays) // 2] < 0.3


async def test_padded_rows_and_an_odd_size(eyes: Eyes) -> None:
    await eyes.show(picture(photograph()[100:620, 300:980], padding=24), 2)
    assert [told.text for told in eyes.codes.seen] == [PASS]


@pytest.mark.parametrize("symbology", ["Aztec", "DataMatrix", "PDF417", "Code128"])
async def test_other_kinds_of_codes_are_not_read(eyes: Eyes, symbology: str) -> None:
    shown = photograph("AUTRE CODE", module=4, symbology=symbology)
    await eyes.show(picture(shown), 2)
    assert eyes.codes.seen == []


async def test_huge_and_unprintable_codes_are_ignored(eyes: Eyes) -> None:
    for text in ("x" * 2000, "a\x07b", "line\nline"):
        await eyes.show(picture(photograph(text, module=4)), 2)
    assert eyes.codes.seen == []
    await eyes.show(picture(photograph()), 2)
    assert len(eyes.codes.seen) == 1


async def test_it_looks_at_what_it_can_keep_up_with(eyes: Eyes) -> None:
    shown = picture(photograph())
    began = time.monotonic()
    await eyes.show(shown, 5)
    assert eyes.reader.looks <= (time.monotonic() - began) / LOOK_EVERY_S + 2


async def test_a_crash_of_the_decoder_is_mended(eyes: Eyes) -> None:
    assert eyes.reader.child_pid is not None
    os.kill(eyes.reader.child_pid, signal.SIGSEGV)
    await eyes.statuses.ever(DeviceState.HARDWARE_ERROR)
    eyes.reader.look(picture(photograph()))
    await eyes.statuses.until(lambda: eyes.reader.status.state is DeviceState.ONLINE)
    await eyes.show(picture(photograph()), 3)
    assert [told.text for told in eyes.codes.seen] == [PASS]


async def test_a_stopped_reader_is_blind(eyes: Eyes) -> None:
    await eyes.reader.stop()
    eyes.reader.look(picture(photograph()))
    assert eyes.reader.looks == 0
    assert await eyes.reader.found() == ("camera",)
    assert eyes.reader.capabilities == {"symbologies": "QRCode"}


async def test_it_forgets_the_last_picture_while_it_stays_open(eyes: Eyes) -> None:
    await eyes.show(picture(photograph(PASS)), 1)
    memory = eyes.reader._eyes._memory
    assert memory is not None
    assert any(memory[:])
    eyes.reader.forget()
    assert not any(memory[:])
    await eyes.show(picture(photograph(PASS)), 1)
    assert len(eyes.codes.seen) == 2  # Nor does it know the code any more.


async def test_without_a_camera_there_is_nothing_to_look_through() -> None:
    async def found() -> tuple[str, ...]:
        return ()

    reader = open_code_reader("auto", baud=9600, camera_found=found)
    assert reader is not None
    assert await reader.found() == ()


def test_the_pictures_are_what_they_say() -> None:
    assert code(PASS, 2).width == code(PASS, 1).width * 2
