"""The booth rings: two calm tones every three seconds, for whoever waits to be called back."""

from __future__ import annotations

import asyncio

import numpy as np

from devices.sound.interface import SAMPLE_RATE_HZ, Samples, Sound

#: Seconds from one ring to the next: as a telephone's, with time to walk over.
EVERY_S = 3.0
_TONES_HZ = (659.3, 523.3)
"""E5 and C5, falling: a door bell's, which no telephone has."""
_TONE_S = 0.9
_APART_S = 0.45
_AMPLITUDE = 0.35
"""Of full scale: heard across a room at the middle volume."""
_DECAY_S = 0.25
_PIECE_S = 0.02


def chime() -> Samples:
    """Return one ring, mono at 48 kHz."""
    length = int((_APART_S * (len(_TONES_HZ) - 1) + _TONE_S) * SAMPLE_RATE_HZ)
    wave = np.zeros(length)
    for number, hertz in enumerate(_TONES_HZ):
        time_s = np.arange(int(_TONE_S * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        attack = np.minimum(1, time_s / 0.01)
        tone = np.sin(2 * np.pi * hertz * time_s) * np.exp(-time_s / _DECAY_S) * attack
        begin = int(number * _APART_S * SAMPLE_RATE_HZ)
        wave[begin : begin + len(tone)] += tone
    return (np.clip(wave, -1, 1) * _AMPLITUDE * 32_767).astype(np.int16)


async def ring(sound: Sound) -> None:
    """Ring until cancelled.

    Sound is one device here: the microphone is open with the loudspeaker, and what it hears is
    thrown away frame by frame.
    """
    samples = chime()
    step = int(_PIECE_S * SAMPLE_RATE_HZ)
    try:
        await sound.start(lambda _frame: None)
        while True:
            for begin in range(0, len(samples), step):
                # In small pieces: the queue of the loudspeaker is short, for a call's sake.
                sound.play(samples[begin : begin + step])
                await asyncio.sleep(_PIECE_S)
            await asyncio.sleep(EVERY_S - len(samples) / SAMPLE_RATE_HZ)
    finally:
        await sound.stop()
