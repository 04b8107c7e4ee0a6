"""A microphone and a loudspeaker for machines that have none, each paced by the clock."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Unpack

import numpy as np

from devices.dock import Action, CabledDriver, plain
from devices.sound.halves import Loudspeaker, Microphone
from devices.sound.interface import (
    FRAME_SAMPLES,
    SAMPLE_RATE_HZ,
    CaptureSink,
    LoudspeakerFigures,
    MicrophoneFigures,
    Samples,
)
from devices.sound.meter import Meter, level_dbfs
from devices.sound.playout import PlayoutRing
from devices.sound.speech import RecordingError, decode, speak, tone
from devices.sound.volume import DEFAULT_STEP, Volume
from devices.status import Capabilities, DeviceError, DeviceKind, DeviceState
from devices.supervisor import Upkeep

TICK_FRAMES = 2
"""Two 10 ms frames at a time, as one Opus packet holds: half the wake-ups."""
TICK_S = TICK_FRAMES * FRAME_SAMPLES / SAMPLE_RATE_HZ
LATE_TICKS = 10
"""Beyond 200 ms of lateness the clock starts anew instead of sending a burst."""
AIR_LOSS = 0.1
"""−20 dB from the simulated loudspeaker to the raw sound of the simulated microphone."""
CLIP_GAIN = 100


class SimulatedLoudspeaker(Loudspeaker):
    """Plays to nobody, at the pace of a real one, and measures what it played."""

    def __init__(self, kind: DeviceKind = DeviceKind.LOUDSPEAKER, **upkeep: Unpack[Upkeep]) -> None:
        """A loudspeaker at the default volume."""
        self._driver = _LoudspeakerDriver()
        upkeep["simulated"] = True
        super().__init__(self._driver, kind, **upkeep)

    @property
    def queue(self) -> PlayoutRing:
        """What waits to be played, with its counters."""
        return self._driver.queue

    @property
    def air(self) -> PlayoutRing:
        """What was played, for a microphone that hears it."""
        return self._driver.air

    @property
    def level_dbfs(self) -> float:
        """Level of the last 20 ms played, dB below full scale (RMS); −∞ for silence."""
        return level_dbfs(self._driver.block)

    @property
    def actions(self) -> Mapping[str, Action]:
        """What can be done to it."""
        return self._driver.cable.actions()

    def plug(self) -> None:
        """Plug it in again."""
        self._driver.cable.plug()

    def unplug(self) -> None:
        """Pull its cable."""
        self._driver.cable.unplug()


class SimulatedMicrophone(Microphone):
    """Speaks a recording, or French speech of its own, over and over."""

    def __init__(
        self,
        cache: Path,
        recording: Path | None = None,
        kind: DeviceKind = DeviceKind.MICROPHONE,
        *,
        hears: SimulatedLoudspeaker | None = None,
        **upkeep: Unpack[Upkeep],
    ) -> None:
        """`cache`: a folder where the synthetic speech is kept between runs.

        What `hears` plays is in the raw sound; the cleaned one has a perfect echo canceller.
        """
        self._driver = _MicrophoneDriver(cache, recording, hears.air if hears else None)
        upkeep["simulated"] = True
        super().__init__(self._driver, kind, **upkeep)

    @property
    def actions(self) -> Mapping[str, Action]:
        """What can be done to it."""
        return {
            **self._driver.cable.actions(),
            "silence": plain(lambda: self._driver.amplify(0)),
            "clip": plain(lambda: self._driver.amplify(CLIP_GAIN)),
            "speak": plain(lambda: self._driver.amplify(1)),
        }

    def plug(self) -> None:
        """Plug it in again."""
        self._driver.cable.plug()

    def unplug(self) -> None:
        """Pull its cable."""
        self._driver.cable.unplug()


class _Driver(CabledDriver):
    """What both have in common: a cable, and a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.capabilities: Capabilities = {"name": "simulated", "rate": SAMPLE_RATE_HZ}

    async def found(self) -> tuple[str, ...]:
        return ("simulated",) if self.cable.plugged else ()

    def choose_anew(self, *, asked: bool) -> None:
        """There is but one."""

    async def work(self) -> None:
        clock = asyncio.get_running_loop().time
        due = clock()
        while True:
            due += TICK_S
            if clock() - due > LATE_TICKS * TICK_S:
                due = clock()
            await asyncio.sleep(due - clock())
            self.tick()

    @abstractmethod
    def tick(self) -> None:
        """Play or hear TICK_FRAMES."""


class _MicrophoneDriver(_Driver):
    def __init__(self, cache: Path, recording: Path | None, air: PlayoutRing | None) -> None:
        super().__init__()
        self.sink: CaptureSink = lambda _: None
        self.raw: CaptureSink | None = None
        self.on_figures: Callable[[MicrophoneFigures], None] = lambda _: None
        self._cache = cache
        self._recording = recording
        self._air = air
        self._heard = np.zeros(FRAME_SAMPLES, np.int16)
        self._gain = 1
        self._meter = Meter()
        self._samples = np.zeros(0, np.int16)
        self._position = 0

    def amplify(self, gain: int) -> None:
        """0: hear nothing; 1: as it is; more: cut off at full scale."""
        self._gain = gain

    async def prepare(self) -> str:
        self._position = 0
        self._meter = Meter()
        samples, name = await asyncio.to_thread(self._load)
        self._samples = _whole_frames(samples)
        self.capabilities = {**self.capabilities, "name": name}
        return name

    async def close(self) -> None:
        self._samples = np.zeros(0, np.int16)
        self.on_figures(MicrophoneFigures())

    def tick(self) -> None:
        for _ in range(TICK_FRAMES):
            end = self._position + FRAME_SAMPLES
            frame = self._samples[self._position : end]
            self._position = end % len(self._samples)
            if self._gain != 1:
                frame = _amplified(frame, self._gain)
            if figures := self._meter.hear(frame):
                self.on_figures(figures)
            if self.raw is not None:
                self.raw(self._with_echo(frame))
            self.sink(frame)

    def _with_echo(self, frame: Samples) -> Samples:
        if self._air is None:
            return frame
        self._air.read_into(self._heard)
        return _amplified(self._heard, AIR_LOSS, frame)

    def _load(self) -> tuple[Samples, str]:
        if self._recording is None:
            try:
                return speak(self._cache), "simulated French speech"
            except RecordingError as error:
                return tone(), f"simulated tone: {error}"
        try:
            return decode(self._recording), f"simulated from {self._recording.name}"
        except RecordingError as error:
            raise DeviceError(
                DeviceState.USER_ERROR,
                str(error),
                hint="give a recording that FFmpeg reads",
                permanent=True,
            ) from error


class _LoudspeakerDriver(_Driver):
    def __init__(self) -> None:
        super().__init__()
        self.queue = PlayoutRing()
        self.air = PlayoutRing()
        self.block = np.zeros(TICK_FRAMES * FRAME_SAMPLES, np.int16)
        self._volume = Volume(len(self.block))
        self._muted = False
        self.set_volume(DEFAULT_STEP)

    @property
    def figures(self) -> LoudspeakerFigures:
        return LoudspeakerFigures(self.queue.level, self.queue.underruns, self.queue.dropped)

    async def prepare(self) -> str:
        return "simulated"

    async def close(self) -> None:
        self.queue = PlayoutRing()
        self.block[:] = 0

    def play(self, samples: Samples) -> None:
        if not self._muted:
            self.queue.write(samples)

    def set_volume(self, step: int) -> None:
        self._volume.set(step)

    def mute(self, muted: bool) -> None:
        self._muted = muted
        if muted:
            self.queue.flush()

    def tick(self) -> None:
        self.queue.read_into(self.block)
        self._volume.apply(self.block)
        self.air.write(self.block)


def _amplified(samples: Samples, gain: float, more: Samples | None = None) -> Samples:
    """`gain` × `samples` + `more`, cut off at full scale."""
    wide = samples * np.float32(gain)
    if more is not None:
        wide += more
    return np.asarray(np.clip(wide, -32_768, 32_767), np.int16)


def _whole_frames(samples: Samples) -> Samples:
    """`samples` with silence added to the next whole frame, so that a loop has no odd end."""
    padded = np.pad(samples, (0, -len(samples) % FRAME_SAMPLES))
    padded.flags.writeable = False  # Frames are views of it.
    return padded
