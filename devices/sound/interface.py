"""What the booth needs of microphone and loudspeaker, joined so that echo can be cancelled."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
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
"""Takes one 10 ms frame of the near end on the loop; returns at once."""


@dataclass(frozen=True, slots=True)
class MicrophoneFigures:
    """What is heard, before anything is cleaned; nothing while the microphone is closed."""

    level_dbfs: float = -math.inf
    """RMS of the last 100 ms, dB below full scale, a constant offset taken away."""
    silent: bool = False
    """For 5 s nothing above −80 dBFS: a muted or broken microphone, for no room is that quiet."""
    clipping: bool = False
    """Much of the last 3 s was cut off at full scale: gain too high, or a hand on it."""
    overruns: int = 0
    """How often since it was opened the device's buffer, or its process's, ran over."""


@dataclass(frozen=True, slots=True)
class LoudspeakerFigures:
    """How well the loudspeaker plays, since it was opened."""

    queued_samples: int = 0
    underruns: int = 0
    """How often the queue ran dry: the far end sent nothing, or too late."""
    dropped_samples: int = 0
    device_underruns: int = 0
    """How often the device itself ran dry."""


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

    @property
    def microphone_figures(self) -> MicrophoneFigures:
        """Level, silence, clipping and overruns of the microphone in use, ten times a second."""

    @property
    def loudspeaker_figures(self) -> LoudspeakerFigures:
        """Queue and underruns of the loudspeaker in use, twice a second."""

    async def start(self, sink: CaptureSink, *, raw: CaptureSink | None = None) -> None:
        """Open both devices; near-end frames, echo-cancelled, go to `sink`, 100 a second.

        `raw` gets the same frames just before as they were captured, echo and all: for measuring
        what the microphone hears of the loudspeaker.
        Never raises for a missing or broken device: that is a status, and it is tried again.
        """

    def play(self, samples: Samples) -> None:
        """Queue far-end samples (any length) for the loudspeaker; bounded, the oldest go first."""

    def set_volume(self, step: int) -> None:
        """Set the volume, 0 to 10; above the booth's own maximum it is the maximum."""

    def use_handset(self, lifted: bool) -> None:
        """Lifted: the loudspeaker falls silent at once, and sound goes through the handset alone.

        Both ways, from now until it is hung up, whether the sound is open or not; also while the
        handset's sound device is lost: then nothing is heard. Without one nothing changes.
        """

    async def stop(self) -> None:
        """Close both devices; when this returns nothing holds them open. Safe to call twice."""
