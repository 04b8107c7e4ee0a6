"""A microphone and a loudspeaker for machines that have none, each paced by the clock."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np

from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ, CaptureSink, Samples
from devices.sound.playout import PlayoutRing
from devices.sound.speech import RecordingError, decode, speak, tone
from devices.sound.volume import Volume
from devices.status import DeviceError, DeviceState, DeviceStatus
from devices.supervisor import Supervisor

TICK_FRAMES = 2
"""Two 10 ms frames at a time, as one Opus packet holds: half the wake-ups."""
TICK_S = TICK_FRAMES * FRAME_SAMPLES / SAMPLE_RATE_HZ
LATE_TICKS = 10
"""Beyond 200 ms of lateness the clock starts anew instead of sending a burst."""


class SimulatedMicrophone:
    """Speaks a recording, or French speech of its own, over and over."""

    def __init__(self, cache: Path, recording: Path | None = None) -> None:
        """`cache`: a folder where the synthetic speech is kept between runs."""
        self._driver = _MicrophoneDriver(cache, recording)
        self._supervisor = Supervisor(
            "microphone", self._driver, simulated=True, open_timeout_s=30.0
        )

    @property
    def status(self) -> DeviceStatus:
        """How the microphone is now."""
        return self._supervisor.status

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` at each change of status."""
        self._supervisor.on_status(listener)

    async def start(self, sink: CaptureSink) -> None:
        """Give 100 frames a second to `sink`."""
        self._driver.sink = sink
        await self._supervisor.start()

    async def stop(self) -> None:
        """Fall silent; when this returns `sink` is called no more."""
        await self._supervisor.stop()

    def plug(self) -> None:
        """Plug it in again (on the loop)."""
        self._driver.cable.set()
        self._driver.unplugged.clear()

    def unplug(self) -> None:
        """Pull its cable (on the loop)."""
        self._driver.cable.clear()
        self._driver.unplugged.set()


class SimulatedLoudspeaker:
    """Plays to nobody, at the pace of a real one, and measures what it played."""

    def __init__(self) -> None:
        """A loudspeaker at the default volume."""
        self._driver = _LoudspeakerDriver()
        self._supervisor = Supervisor("loudspeaker", self._driver, simulated=True)

    @property
    def status(self) -> DeviceStatus:
        """How the loudspeaker is now."""
        return self._supervisor.status

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` at each change of status."""
        self._supervisor.on_status(listener)

    @property
    def queue(self) -> PlayoutRing:
        """What waits to be played, with its counters."""
        return self._driver.queue

    @property
    def level_dbfs(self) -> float:
        """Level of the last 20 ms played, dB below full scale (RMS); −∞ for silence."""
        return self._driver.level_dbfs()

    def play(self, samples: Samples) -> None:
        """Queue samples; bounded."""
        self._driver.queue.write(samples)

    def set_volume(self, step: int) -> None:
        """Set the volume, 0 to 10."""
        self._driver.volume.set(step)

    async def start(self) -> None:
        """Begin to play."""
        await self._supervisor.start()

    async def stop(self) -> None:
        """Fall silent and forget what was queued."""
        await self._supervisor.stop()

    def plug(self) -> None:
        """Plug it in again (on the loop)."""
        self._driver.cable.set()
        self._driver.unplugged.clear()

    def unplug(self) -> None:
        """Pull its cable (on the loop)."""
        self._driver.cable.clear()
        self._driver.unplugged.set()


class _Driver:
    """What both have in common: a cable, and a clock."""

    def __init__(self) -> None:
        self.cable = asyncio.Event()
        self.cable.set()
        self.unplugged = asyncio.Event()

    def plugged(self) -> bool:
        return self.cable.is_set()

    def present(self) -> bool:
        return self.cable.is_set()

    def _check_plugged(self) -> None:
        if not self.cable.is_set():
            raise DeviceError(DeviceState.NO_DEVICE, "unplugged", hint="plug it in")

    async def watch(self) -> None:
        pulled = asyncio.ensure_future(self.unplugged.wait())
        ticking = asyncio.ensure_future(self._tick_for_ever())
        try:
            await asyncio.wait((pulled, ticking), return_when=asyncio.FIRST_COMPLETED)
            if ticking.done():
                ticking.result()
        finally:
            pulled.cancel()
            ticking.cancel()
            await asyncio.wait((pulled, ticking))
        raise DeviceError(DeviceState.OFFLINE, "the sound ended", hint="check the cable")

    async def _tick_for_ever(self) -> None:
        clock = asyncio.get_running_loop().time
        due = clock()
        while True:
            due += TICK_S
            if clock() - due > LATE_TICKS * TICK_S:
                due = clock()
            await asyncio.sleep(due - clock())
            self._tick()

    def _tick(self) -> None:
        raise NotImplementedError


class _MicrophoneDriver(_Driver):
    def __init__(self, cache: Path, recording: Path | None) -> None:
        super().__init__()
        self._cache = cache
        self._recording = recording
        self.sink: CaptureSink = lambda _: None
        self._samples = np.zeros(0, np.int16)
        self._position = 0

    async def open(self) -> str:
        self._check_plugged()
        self._position = 0
        try:
            if self._recording is not None:
                self._samples = _whole_frames(await asyncio.to_thread(decode, self._recording))
                return f"simulated from {self._recording.name}"
            self._samples = _whole_frames(await asyncio.to_thread(speak, self._cache))
        except RecordingError as error:
            if self._recording is not None:
                raise DeviceError(
                    DeviceState.USER_ERROR,
                    str(error),
                    hint="give a recording that FFmpeg reads",
                    permanent=True,
                ) from error
            self._samples = _whole_frames(tone())
            return f"simulated tone: {error}"
        return "simulated French speech"

    async def close(self) -> None:
        self._samples = np.zeros(0, np.int16)

    def _tick(self) -> None:
        for _ in range(TICK_FRAMES):
            end = self._position + FRAME_SAMPLES
            self.sink(self._samples[self._position : end])
            self._position = end % len(self._samples)


class _LoudspeakerDriver(_Driver):
    def __init__(self) -> None:
        super().__init__()
        self.queue = PlayoutRing()
        self.volume = Volume(TICK_FRAMES * FRAME_SAMPLES)
        self._block = np.zeros(TICK_FRAMES * FRAME_SAMPLES, np.int16)

    async def open(self) -> str:
        self._check_plugged()
        return "simulated"

    async def close(self) -> None:
        self.queue = PlayoutRing()
        self._block[:] = 0

    def level_dbfs(self) -> float:
        power = float(np.square(self._block, dtype=np.float32).mean())
        return 10 * math.log10(power / 2**30) if power else -math.inf

    def _tick(self) -> None:
        self.queue.read_into(self._block)
        self.volume.apply(self._block)


def _whole_frames(samples: Samples) -> Samples:
    """`samples` with silence added to the next whole frame, so that a loop has no odd end."""
    padded = np.pad(samples, (0, -len(samples) % FRAME_SAMPLES))
    padded.flags.writeable = False  # Frames are views of it.
    return padded
