"""A microphone and a loudspeaker, whatever they are, as one sound device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from devices.sound.interface import CaptureSink, Samples
from devices.status import DeviceStatus


class Microphone(Protocol):
    """The capturing half."""

    @property
    def status(self) -> DeviceStatus:
        """How it is now."""

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` at each change."""

    async def start(self, sink: CaptureSink) -> None:
        """Open it; frames go to `sink`."""

    async def stop(self) -> None:
        """Close it."""


class Loudspeaker(Protocol):
    """The playing half."""

    @property
    def status(self) -> DeviceStatus:
        """How it is now."""

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` at each change."""

    def play(self, samples: Samples) -> None:
        """Queue samples."""

    def set_volume(self, step: int) -> None:
        """Set the volume, 0 to 10."""

    async def start(self) -> None:
        """Open it."""

    async def stop(self) -> None:
        """Close it."""


class JoinedSound:
    """Two halves, real or simulated, each with its own supervisor: one may be lost alone."""

    def __init__(self, microphone: Microphone, loudspeaker: Loudspeaker) -> None:
        """Join the two."""
        self._microphone = microphone
        self._loudspeaker = loudspeaker

    @property
    def microphone_status(self) -> DeviceStatus:
        """How the microphone is now."""
        return self._microphone.status

    @property
    def loudspeaker_status(self) -> DeviceStatus:
        """How the loudspeaker is now."""
        return self._loudspeaker.status

    def on_status(self, listener: Callable[[], None]) -> None:
        """Call `listener` when either status changes."""
        self._microphone.on_status(lambda _: listener())
        self._loudspeaker.on_status(lambda _: listener())

    async def start(self, sink: CaptureSink) -> None:
        """Open both; near-end frames go to `sink`, 100 a second."""
        await self._loudspeaker.start()
        await self._microphone.start(sink)

    def play(self, samples: Samples) -> None:
        """Queue far-end samples."""
        self._loudspeaker.play(samples)

    def set_volume(self, step: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""
        self._loudspeaker.set_volume(step)

    async def stop(self) -> None:
        """Close both."""
        await self._microphone.stop()
        await self._loudspeaker.stop()
