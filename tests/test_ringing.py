"""The booth rings: a chime that is heard again and again, and sound let go of at its end."""

from __future__ import annotations

import asyncio

import numpy as np

from devices.sound.interface import SAMPLE_RATE_HZ, CaptureSink, Samples
from kiosk.ringing import EVERY_S, chime, ring
from tests.visit.virtual_time import run


class MemorySound:
    """A loudspeaker that keeps what it was given."""

    def __init__(self) -> None:
        self.open = False
        self.played = np.zeros(0, dtype=np.int16)

    async def start(self, sink: CaptureSink, *, raw: CaptureSink | None = None) -> None:
        self.open = True
        sink(np.zeros(480, dtype=np.int16))

    def play(self, samples: Samples) -> None:
        self.played = np.concatenate((self.played, samples))

    async def stop(self) -> None:
        self.open = False


def test_a_chime_is_two_falling_tones_that_do_not_clip() -> None:
    samples = chime().astype(float)
    assert np.max(np.abs(samples)) < 32_767 * 0.6
    heard = [
        np.argmax(np.abs(np.fft.rfft(samples[begin : begin + 19_200]))) * SAMPLE_RATE_HZ / 19_200
        for begin in (0, 24_000)
    ]
    assert abs(heard[0] - 659.3) < 5
    assert abs(heard[1] - 523.3) < 5


def test_it_rings_until_told_and_then_lets_go() -> None:
    async def story() -> None:
        sound = MemorySound()
        ringing = asyncio.ensure_future(ring(sound))  # type: ignore[arg-type]
        await asyncio.sleep(2.5 * EVERY_S)
        assert sound.open
        assert len(sound.played) == 3 * len(chime())
        ringing.cancel()
        await asyncio.wait((ringing,))
        assert not sound.open

    run(story())
