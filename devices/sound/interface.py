"""What the booth needs of microphone and loudspeaker, joined so that echo can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from devices.device import Device
from devices.status import DeviceStatus

SAMPLE_RATE_HZ = 48_000
FRAME_SAMPLES = 480
"""10 ms: what WebRTC's audio processing takes at a time."""

Samples = NDArray[np.int16]
"""Mono, 48 kHz, shape (n,)."""

CaptureSink = Callable[[Samples], None]
"""Takes one 10 ms frame of the near end, echo-cancelled, from any thread; returns at once."""


class Sound(Protocol):
    """Full-duplex sound, open only between `start` and `stop`."""

    @property
    def microphone_status(self) -> DeviceStatus:
        """How the microphone is now."""

    @property
    def loudspeaker_status(self) -> DeviceStatus:
        """How the loudspeaker is now."""

    @property
    def devices(self) -> tuple[Device, ...]:
        """Microphone and loudspeaker, then the handset's own, as devices like the others."""

    def on_status(self, listener: Callable[[], None]) -> None:
        """Call `listener` when either status changes, from any thread."""

    async def start(self, sink: CaptureSink) -> None:
        """Open both devices; near-end frames go to `sink`, 100 a second.

        Never raises for a missing or broken device: that is a status, and it is tried again.
        """

    def play(self, samples: Samples) -> None:
        """Queue far-end samples (any length) for the loudspeaker; bounded, the oldest go first."""

    def set_volume(self, step: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""

    def use_handset(self, lifted: bool) -> None:
        """Lifted: the loudspeaker falls silent at once, and sound goes through the handset alone,
        both ways. Without a handset's sound device nothing changes.
        """

    async def stop(self) -> None:
        """Close both devices; when this returns nothing holds them open. Safe to call twice."""
