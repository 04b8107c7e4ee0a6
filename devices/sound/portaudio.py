"""Real microphones and loudspeakers, each behind a child process of its own."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from devices.child import Child
from devices.child_driver import ChildDriver
from devices.sound.interface import FRAME_SAMPLES, CaptureSink, Samples
from devices.sound.reference import SharedReference
from devices.sound.volume import DEFAULT_STEP
from devices.sound.wire import (
    CAPTURED,
    PLAY,
    PLAY_SAMPLES,
    PLAYED,
    PLAYED_MESSAGE,
    VOLUME,
)
from devices.status import DeviceStatus
from devices.supervisor import Backoff, Supervisor

STALL_S = 2.0
"""200 frames missing, or four reports: no sound server pauses that long."""
OPEN_TIMEOUT_S = 8.0
"""Child 0.3 s; a sound server that is starting may take seconds to answer."""
_MODULE = "devices.sound.stream"
_SOUND_NODES = Path("/dev/snd")


class Reference:
    """Owns the memory in which the loudspeaker tells the microphone what it played."""

    def __init__(self) -> None:
        """One for a pair that can hear each other; gone with its last user."""
        self.fd = SharedReference.create()
        weakref.finalize(self, os.close, self.fd)


@dataclass(frozen=True, slots=True)
class PlayoutFigures:
    """How well the loudspeaker plays, since it was opened."""

    queued_samples: int = 0
    underruns: int = 0
    dropped_samples: int = 0
    device_underruns: int = 0


class PortAudioMicrophone:
    """A microphone by its PortAudio name, its sound cleaned for a call."""

    def __init__(
        self, device: str, reference: Reference | None, backoff: Backoff | None = None
    ) -> None:
        """`device` is a name or `auto`; `reference` when a loudspeaker of ours can be heard."""
        self._driver = _MicrophoneDriver(device, reference)
        self._supervisor = Supervisor(
            "microphone", self._driver, open_timeout_s=OPEN_TIMEOUT_S, backoff=backoff
        )

    @property
    def status(self) -> DeviceStatus:
        """How the microphone is now."""
        return self._supervisor.status

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` on the loop at each change of status."""
        self._supervisor.on_status(listener)

    @property
    def overruns(self) -> int:
        """How often the device's buffer ran over since it was opened."""
        return self._driver.overruns

    @property
    def child_pid(self) -> int | None:
        """The process that holds the device, while there is one."""
        return self._driver.child.pid if self._driver.child else None

    async def start(self, sink: CaptureSink) -> None:
        """Open the device; cleaned frames go to `sink` on this loop, 100 a second."""
        self._driver.sink = sink
        await self._supervisor.start()

    async def stop(self) -> None:
        """Close the device; when this returns its process is gone."""
        await self._supervisor.stop()


class PortAudioLoudspeaker:
    """A loudspeaker by its PortAudio name."""

    def __init__(self, device: str, reference: Reference, backoff: Backoff | None = None) -> None:
        """`device` is a name or `auto`; what is played is written down in `reference`."""
        self._driver = _LoudspeakerDriver(device, reference)
        self._supervisor = Supervisor(
            "loudspeaker", self._driver, open_timeout_s=OPEN_TIMEOUT_S, backoff=backoff
        )

    @property
    def status(self) -> DeviceStatus:
        """How the loudspeaker is now."""
        return self._supervisor.status

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` on the loop at each change of status."""
        self._supervisor.on_status(listener)

    @property
    def figures(self) -> PlayoutFigures:
        """What the loudspeaker last told of itself."""
        return self._driver.figures

    @property
    def child_pid(self) -> int | None:
        """The process that holds the device, while there is one."""
        return self._driver.child.pid if self._driver.child else None

    def play(self, samples: Samples) -> None:
        """Queue samples; bounded, and dropped while there is no device."""
        child = self._driver.child
        if child is None:
            return
        for start in range(0, len(samples), PLAY_SAMPLES):
            child.send(PLAY + samples[start : start + PLAY_SAMPLES].tobytes())

    def set_volume(self, step: int) -> None:
        """Set the volume, 0 to 10; kept when the device is opened anew."""
        self._driver.set_volume(max(0, min(10, step)))

    async def start(self) -> None:
        """Open the device."""
        await self._supervisor.start()

    async def stop(self) -> None:
        """Close the device; when this returns its process is gone."""
        await self._supervisor.stop()


def sound_nodes() -> Hashable:
    """The kernel's sound devices now; a headset's arrival or departure changes it."""
    try:
        return tuple(sorted(os.listdir(_SOUND_NODES)))  # noqa: PTH208 - names, and no objects.
    except OSError:
        return ()


class _MicrophoneDriver(ChildDriver):
    def __init__(self, device: str, reference: Reference | None) -> None:
        super().__init__("sound", STALL_S, "replug the microphone")
        self.sink: CaptureSink = lambda _: None
        self.overruns = 0
        self.plugged = sound_nodes
        self._device = device
        self._reference = reference

    def spawn(self) -> Child:
        fd = self._reference.fd if self._reference else None
        return Child.spawn(
            _MODULE,
            {"half": "microphone", "device": self._device, "reference_fd": fd},
            self.on_messages,
            fds=() if fd is None else (fd,),
        )

    def forget(self) -> None:
        self.overruns = 0

    def on_data(self, messages: list[bytes]) -> None:
        for message in messages:
            if message[:2] != CAPTURED or (len(message) - 4) % (2 * FRAME_SAMPLES):
                continue
            self.alive()
            self.overruns = int.from_bytes(message[2:4], "little")
            samples = np.frombuffer(message, np.int16, offset=4)
            for start in range(0, len(samples), FRAME_SAMPLES):
                self.sink(samples[start : start + FRAME_SAMPLES])


class _LoudspeakerDriver(ChildDriver):
    def __init__(self, device: str, reference: Reference) -> None:
        super().__init__("sound", STALL_S, "replug the loudspeaker")
        self.figures = PlayoutFigures()
        self.plugged = sound_nodes
        self._device = device
        self._reference = reference
        self._step = DEFAULT_STEP

    def spawn(self) -> Child:
        fd = self._reference.fd
        child = Child.spawn(
            _MODULE,
            {"half": "loudspeaker", "device": self._device, "reference_fd": fd},
            self.on_messages,
            fds=(fd,),
        )
        child.send(VOLUME + bytes((self._step,)))
        return child

    def set_volume(self, step: int) -> None:
        self._step = step
        if self.child is not None:
            self.child.send(VOLUME + bytes((step,)))

    def forget(self) -> None:
        self.figures = PlayoutFigures()

    def on_data(self, messages: list[bytes]) -> None:
        for message in messages:
            if message[:2] == PLAYED and len(message) == PLAYED_MESSAGE.size:
                self.alive()
                self.figures = PlayoutFigures(*PLAYED_MESSAGE.unpack(message)[1:])
