"""Real microphones and loudspeakers, each behind a child process of its own."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Unpack

import numpy as np

from devices.child import Child
from devices.child_driver import ChildDriver
from devices.sound.halves import Loudspeaker, Microphone
from devices.sound.interface import (
    FRAME_SAMPLES,
    CaptureSink,
    LoudspeakerFigures,
    MicrophoneFigures,
    Samples,
)
from devices.sound.listing import list_devices
from devices.sound.reference import SharedReference
from devices.sound.selection import HANDSET, Direction
from devices.sound.volume import DEFAULT_STEP
from devices.sound.wire import (
    CAPTURED,
    METERED,
    MUTE,
    PLAY,
    PLAY_SAMPLES,
    PLAYED,
    PLAYED_MESSAGE,
    RAW,
    VOLUME,
    unpack_figures,
)
from devices.status import DeviceError, DeviceKind, DeviceState
from devices.supervisor import Upkeep

STALL_S = 2.0
"""200 frames missing, or four reports: no sound server pauses that long."""
_SOUND_NODES = Path("/dev/snd")


class Reference:
    """Owns the memory in which the loudspeaker tells the microphone what it played."""

    def __init__(self) -> None:
        """One for a pair that can hear each other; gone with its last user."""
        self.fd = SharedReference.create()
        weakref.finalize(self, os.close, self.fd)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which device is meant."""

    device: str
    """A name, AUTO, or HANDSET."""
    avoid: str = ""
    """With HANDSET: the name of what is no handset."""


class PortAudioMicrophone(Microphone):
    """A microphone by its PortAudio name, its sound cleaned for a call."""

    def __init__(
        self,
        wanted: Wanted,
        reference: Reference | None,
        kind: DeviceKind = DeviceKind.MICROPHONE,
        **upkeep: Unpack[Upkeep],
    ) -> None:
        """`reference` when a loudspeaker of ours can be heard."""
        self._driver = _MicrophoneDriver(wanted, reference)
        super().__init__(self._driver, kind, **upkeep)

    @property
    def child_pid(self) -> int | None:
        """The process that holds the device, while there is one."""
        return self._driver.child.pid if self._driver.child else None


class PortAudioLoudspeaker(Loudspeaker):
    """A loudspeaker by its PortAudio name."""

    def __init__(
        self,
        wanted: Wanted,
        reference: Reference,
        kind: DeviceKind = DeviceKind.LOUDSPEAKER,
        **upkeep: Unpack[Upkeep],
    ) -> None:
        """What is played is written down in `reference`."""
        self._driver = _LoudspeakerDriver(wanted, reference)
        super().__init__(self._driver, kind, **upkeep)

    @property
    def child_pid(self) -> int | None:
        """The process that holds the device, while there is one."""
        return self._driver.child.pid if self._driver.child else None


def sound_nodes() -> Hashable:
    """The kernel's sound devices now; a headset's arrival or departure changes it."""
    try:
        return tuple(sorted(os.listdir(_SOUND_NODES)))  # noqa: PTH208 - names, and no objects.
    except OSError:
        return ()


class _PortAudioDriver(ChildDriver):
    """What both halves have in common: which device, and a child process on it."""

    module: ClassVar[str]
    direction: ClassVar[Direction]

    def __init__(self, wanted: Wanted, reference: Reference | None, hint: str) -> None:
        super().__init__("sound", STALL_S, hint)
        self.plugged = sound_nodes
        self._wanted = wanted
        self._reference = reference
        self._chosen = ""
        self._none_among: Hashable = None

    async def open(self) -> str:
        """Open it; one that was lost is waited for by name, another does not step in for it."""
        nodes = sound_nodes()
        if self._none_among == nodes:
            raise _no_handset()
        try:
            self._chosen = await super().open()
        except DeviceError as fault:
            if fault.state is not DeviceState.NO_DEVICE or self._wanted.device != HANDSET:
                raise
            self._none_among = nodes
            raise _no_handset() from fault
        return self._chosen

    def choose_anew(self, *, asked: bool) -> None:
        """Forget which device it was and, where somebody asks, that there was none."""
        self._chosen = ""
        if asked:
            self._none_among = None

    async def found(self) -> tuple[str, ...]:
        """Names of what would be used, as PortAudio has them now."""
        devices = await list_devices()
        return devices.names(self.direction, self._wanted.device, self._wanted.avoid)

    def spawn(self) -> Child:
        """Start a child for the device."""
        fd = self._reference.fd if self._reference else None
        settings = {
            "device": self._chosen or self._wanted.device,
            "avoid": self._wanted.avoid,
            "reference_fd": fd,
            **self.settings(),
        }
        fds = () if fd is None else (fd,)
        return Child.spawn(self.module, settings, self.on_messages, fds=fds)

    def settings(self) -> dict[str, Any]:
        """What else the child is told."""
        return {}


class _MicrophoneDriver(_PortAudioDriver):
    module = "devices.sound.capture"
    direction = Direction.MICROPHONE

    def __init__(self, wanted: Wanted, reference: Reference | None) -> None:
        super().__init__(wanted, reference, "replug the microphone")
        self.sink: CaptureSink = lambda _: None
        self.raw: CaptureSink | None = None
        self.on_figures: Callable[[MicrophoneFigures], None] = lambda _: None

    def settings(self) -> dict[str, Any]:
        return {"raw": self.raw is not None}

    def forget(self) -> None:
        self.on_figures(MicrophoneFigures())

    def on_data(self, messages: list[bytes]) -> None:
        for message in messages:
            kind = message[:2]
            if kind == METERED:
                if figures := unpack_figures(message):
                    self.on_figures(figures)
            elif (len(message) - 2) % (2 * FRAME_SAMPLES) == 0:
                if kind == CAPTURED:
                    self.alive()
                    _deal(message, self.sink)
                elif kind == RAW and self.raw is not None:
                    _deal(message, self.raw)


class _LoudspeakerDriver(_PortAudioDriver):
    module = "devices.sound.playback"
    direction = Direction.LOUDSPEAKER

    def __init__(self, wanted: Wanted, reference: Reference) -> None:
        super().__init__(wanted, reference, "replug the loudspeaker")
        self.figures = LoudspeakerFigures()
        self._step = DEFAULT_STEP
        self._muted = False

    def spawn(self) -> Child:
        child = super().spawn()
        child.send(VOLUME + bytes((self._step,)))
        child.send(MUTE + bytes((self._muted,)))
        return child

    def play(self, samples: Samples) -> None:
        if self.child is None or self._muted:
            return
        for start in range(0, len(samples), PLAY_SAMPLES):
            self.child.send(PLAY + samples[start : start + PLAY_SAMPLES].tobytes())

    def set_volume(self, step: int) -> None:
        self._step = step
        if self.child is not None:
            self.child.send(VOLUME + bytes((step,)))

    def mute(self, muted: bool) -> None:
        self._muted = muted
        # One that does not even read this must not go on with what it has.
        if self.child is not None and not self.child.send(MUTE + bytes((muted,))):
            self.child.kill()

    def forget(self) -> None:
        self.figures = LoudspeakerFigures()
        # It lives as long as the booth; its last second is the agent's voice.
        if self._reference is not None:
            SharedReference.wipe(self._reference.fd)

    def on_data(self, messages: list[bytes]) -> None:
        for message in messages:
            if message[:2] == PLAYED and len(message) == PLAYED_MESSAGE.size:
                self.alive()
                self.figures = LoudspeakerFigures(*PLAYED_MESSAGE.unpack(message)[1:])


def _no_handset() -> DeviceError:
    """Most booths have none: a child is started to look for one only when cables change."""
    detail = "no device calls itself a handset"
    return DeviceError(
        DeviceState.NO_DEVICE, detail, hint="plug it in, or name it in kiosk.toml", permanent=True
    )


def _deal(message: bytes, sink: CaptureSink) -> None:
    """Hand over a message's frames one by one."""
    samples = np.frombuffer(message, np.int16, offset=2)
    for start in range(0, len(samples), FRAME_SAMPLES):
        sink(samples[start : start + FRAME_SAMPLES])
