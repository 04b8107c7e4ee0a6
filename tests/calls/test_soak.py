"""A short soak: what piles up while a screen is slow, or stands still, must not stay."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from statistics import median

import numpy as np
import pytest

from devices.camera import strip
from devices.picture import Picture
from tests.calls.agents import PythonAgent
from tests.calls.booth import Booth

MOST_GROWTH_S = 0.04
"""A bit more than one frame, as of the soak of half an hour in `bench`."""
WINDOW = 40
"""Pictures whose median counts: two seconds of the slow screen."""
WINDOWS = 5
"""Looked at for what is as it was: other work on this machine passes, what has piled up stays."""
SETTLE = 20
STALL_S = 0.6
"""18 pictures: fewer than the decoder keeps, so none is lost and all are late."""
SLOW_S = 0.045
"""What the screen takes for a picture: 22 a second, of the 30 that come."""


class SlowScreen(Booth):
    """A booth that reads in each picture when it was drawn, and how much sound waits then."""

    def __init__(self, signals: PythonAgent) -> None:
        super().__init__(signals)
        self.delays_s: list[float] = []
        self.levels_s: list[float] = []
        self.going = threading.Event()
        self.going.set()

    def _remote(self, picture: Picture) -> None:
        """Be as slow as the screen that this stands for: on the decoder's own thread."""
        luma = picture.planes[0]
        rows = np.frombuffer(luma.data, np.uint8).reshape(-1, luma.stride)
        drawn = strip.read(rows[: picture.height, : picture.width])
        if drawn is not None:
            self.delays_s.append(strip.age_ms(drawn, strip.stamp()) / 1000)
        super()._remote(picture)
        time.sleep(SLOW_S)
        self.going.wait()

    async def listen(self) -> None:
        """Note the level of the loudspeaker's queue, 50 times a second."""
        while True:
            peer = self.call._attempts.current
            if peer is not None and peer._incoming is not None:
                self.levels_s.append(peer._incoming.audio.playout.level(time.monotonic()))
            await asyncio.sleep(0.02)

    async def window(self) -> tuple[float, float]:
        """Return the median delay of the next pictures and level of the sound, in seconds."""
        pictures, levels = len(self.delays_s), len(self.levels_s)
        await self.until(lambda: len(self.delays_s) >= pictures + WINDOW)
        return median(self.delays_s[pictures:]), median(self.levels_s[levels:])

    async def as_it_was(self, delay_s: float, level_s: float) -> bool:
        """Whether delay and level are, in one of the next windows, what they were."""
        for _ in range(WINDOWS):
            now_delay_s, now_level_s = await self.window()
            if max(now_delay_s - delay_s, now_level_s - level_s) < MOST_GROWTH_S:
                return True
        return False

    async def stall(self) -> float:
        """Let the screen stand still; return the delay of the first picture after it."""
        self.going.clear()
        # Nothing to wait for: this is how long the screen stands still.
        await asyncio.sleep(STALL_S)
        pictures = len(self.delays_s)
        self.going.set()
        await self.until(lambda: len(self.delays_s) > pictures)
        return self.delays_s[pictures]


@pytest.fixture
async def screen() -> AsyncIterator[SlowScreen]:
    agent = PythonAgent()
    booth = SlowScreen(agent)
    task = booth.begin()
    listening = asyncio.create_task(booth.listen())
    agent.ready()
    yield booth
    booth.going.set()
    listening.cancel()
    await booth.call.hang_up()
    await asyncio.wait_for(task, 20)
    await agent.close()


async def test_the_delay_does_not_grow(screen: SlowScreen) -> None:
    await screen.until(lambda: len(screen.delays_s) > SETTLE)
    delay_s, level_s = await screen.window()
    after_stall_s = await screen.stall()
    # Of the clock itself: a queue that was full from the start would not grow either.
    assert delay_s < STALL_S / 2
    assert after_stall_s < STALL_S / 2, "the newest picture comes first"
    assert await screen.as_it_was(delay_s, level_s)
