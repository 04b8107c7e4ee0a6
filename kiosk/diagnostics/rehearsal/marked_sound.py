"""The booth's sound in a rehearsal: a sweep sent in place of the voice, or played and heard."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from devices.device import Device
from devices.sound.interface import (
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    CaptureSink,
    LoudspeakerFigures,
    MicrophoneFigures,
    Samples,
    Sound,
)
from devices.status import DeviceStatus
from kiosk.diagnostics.chirp import Chirp

SENT_S = 0.08
"""Short: over a silent line nothing else has to be told apart."""
PLAYED_S = 0.4
"""Long: a room is loud, and somebody may speak."""
LISTEN_S = 0.6
"""After a sweep: a network, a robot and a loudspeaker's queue take less."""
TRIES = 4
"""At hearing the loudspeaker: a word that is said meanwhile can hide a sweep, not all of them."""
PIECE_SAMPLES = 2 * FRAME_SAMPLES
"""What a call gives the loudspeaker at a time; its queue holds little more than 100 ms."""


@dataclass(frozen=True, slots=True)
class RoomEcho:
    """What the microphone heard of the loudspeaker."""

    loop_s: float | None
    """From the loudspeaker's queue, through the air, to a captured frame; None: not heard."""
    raw_db: float
    """As captured, relative to what was to be played; −∞ when not heard."""
    sent_db: float
    """What is left after echo cancellation, at most: where nothing is left, the room's noise."""


class _Tape:
    """Frames with the times at which they came."""

    def __init__(self) -> None:
        self._pieces: list[tuple[float, Samples]] = []

    def add(self, samples: Samples) -> None:
        self._pieces.append((time.monotonic(), samples.copy()))

    @property
    def samples(self) -> Samples:
        if not self._pieces:
            return np.zeros(0, np.int16)
        return np.concatenate([samples for _, samples in self._pieces])

    def time_of(self, index: int) -> float:
        """When the sample came, as if each piece lasted from its coming on."""
        for came_at, samples in self._pieces:
            if index < len(samples):
                return came_at + index / SAMPLE_RATE_HZ
            index -= len(samples)
        return self._pieces[-1][0]


class MarkedSound:
    """A `Sound` over another; lives on the loop."""

    def __init__(self, sound: Sound) -> None:
        """Open nothing yet."""
        self._sound = sound
        self._sink: CaptureSink = lambda _: None
        self._to_send: Samples = np.zeros(0, np.int16)
        self._begun: asyncio.Future[float] | None = None
        self._far: _Tape | None = None
        self._near: tuple[_Tape, _Tape] | None = None
        self.alone = False
        """True: the microphone's voice is not sent, and what comes is not played."""

    @property
    def microphone_status(self) -> DeviceStatus:
        """How the microphone is now."""
        return self._sound.microphone_status

    @property
    def loudspeaker_status(self) -> DeviceStatus:
        """How the loudspeaker is now."""
        return self._sound.loudspeaker_status

    @property
    def devices(self) -> tuple[Device, ...]:
        """Microphone and loudspeaker."""
        return self._sound.devices

    @property
    def microphone_figures(self) -> MicrophoneFigures:
        """Level, silence, clipping and overruns."""
        return self._sound.microphone_figures

    @property
    def loudspeaker_figures(self) -> LoudspeakerFigures:
        """Queue and underruns."""
        return self._sound.loudspeaker_figures

    def on_status(self, listener: Callable[[], None]) -> None:
        """Call `listener` when either status changes."""
        self._sound.on_status(listener)

    async def start(self, sink: CaptureSink, *, raw: CaptureSink | None = None) -> None:
        """Open both devices."""
        del raw  # A call asks for none.
        self._sink = sink
        await self._sound.start(self._captured, raw=self._captured_raw)

    def play(self, samples: Samples) -> None:
        """What comes from the far end."""
        if self._far is not None:
            self._far.add(samples)
        if not self.alone:
            self._sound.play(samples)

    def set_volume(self, step: int) -> None:
        """Set the volume, 0 to 10."""
        self._sound.set_volume(step)

    def use_handset(self, lifted: bool) -> None:
        """Lifted: sound goes through the handset alone."""
        self._sound.use_handset(lifted)

    async def stop(self) -> None:
        """Close both devices."""
        await self._sound.stop()

    async def there_and_back(self) -> float | None:
        """Send a sweep and return how long it took to come back; None when it did not.

        From a captured frame's way into the call to the loudspeaker's queue, seconds.
        """
        chirp = Chirp(SENT_S)
        self._far = _Tape()
        self._begun = asyncio.get_running_loop().create_future()
        self._to_send = chirp.samples
        try:
            sent_at = await self._begun
            await asyncio.sleep(SENT_S + LISTEN_S)
            found = chirp.find(self._far.samples)
            return None if found is None else self._far.time_of(found.at) - sent_at
        finally:
            self._far, self._begun = None, None

    async def echo(self) -> RoomEcho:
        """Play a sweep and listen to it, before and after echo cancellation; again if not heard."""
        room = await self._sweep()
        for _ in range(TRIES - 1):
            if room.loop_s is not None:
                break
            room = await self._sweep()
        return room

    async def _sweep(self) -> RoomEcho:
        chirp = Chirp(PLAYED_S)
        cleaned, raw = self._near = _Tape(), _Tape()
        try:
            begun = time.monotonic()
            await self._played(chirp.samples)
            await asyncio.sleep(LISTEN_S)
        finally:
            self._near = None
        found = chirp.find(raw.samples)
        window = slice(None)
        if found is not None:
            # The canceller may shift sound by some frames; elsewhere there is only noise.
            window = slice(max(0, found.at - 4 * FRAME_SAMPLES), found.at + 4 * FRAME_SAMPLES)
        left = chirp.strongest(cleaned.samples, window)
        return RoomEcho(
            None if found is None else max(0.0, raw.time_of(found.at) - begun),
            -np.inf if found is None else found.gain_db,
            float(20 * np.log10(max(left, 1e-6))),
        )

    async def _played(self, samples: Samples) -> None:
        clock = asyncio.get_running_loop().time
        due = clock()
        for start in range(0, len(samples), PIECE_SAMPLES):
            self._sound.play(samples[start : start + PIECE_SAMPLES])
            due += PIECE_SAMPLES / SAMPLE_RATE_HZ
            await asyncio.sleep(max(0.0, due - clock()))

    def _captured_raw(self, frame: Samples) -> None:
        if self._near is not None:
            self._near[1].add(frame)

    def _captured(self, frame: Samples) -> None:
        if self._near is not None:
            self._near[0].add(frame)
        if len(self._to_send):
            part, self._to_send = self._to_send[:FRAME_SAMPLES], self._to_send[FRAME_SAMPLES:]
            if self._begun is not None and not self._begun.done():
                self._begun.set_result(time.monotonic())
            frame = np.pad(part, (0, FRAME_SAMPLES - len(part)))
        elif self.alone:
            frame = np.zeros(FRAME_SAMPLES, np.int16)
        self._sink(frame)
