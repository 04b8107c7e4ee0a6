"""A microphone and a loudspeaker as devices, whatever drives them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Unpack

from devices.device import SupervisedDevice
from devices.sound.interface import (
    CaptureSink,
    LoudspeakerFigures,
    MicrophoneFigures,
    Samples,
)
from devices.sound.meter import SILENT_AFTER_S, SILENT_DBFS
from devices.status import Capabilities, DeviceKind, DeviceState
from devices.supervisor import Driver, Upkeep

SILENT, CLIPPING = "silent", "clipping"
"""Among the reasons of a microphone that is online; its detail then has the evidence."""
OPEN_TIMEOUT_S = 30.0
"""A child opens in 0.3 s, but a sound server that starts, or the first synthetic speech on a busy
machine, may take many seconds."""


class HalfDriver(Driver, Protocol):
    """What either half asks of its driver beside its life."""

    @property
    def capabilities(self) -> Capabilities:
        """At least `name`, once it was open."""

    async def found(self) -> tuple[str, ...]:
        """Names of what would be used."""

    def choose_anew(self, *, asked: bool) -> None:
        """A new start, or somebody asks: where any device will do, another may be used."""


class MicrophoneDriver(HalfDriver, Protocol):
    """What drives a `Microphone`."""

    sink: CaptureSink
    raw: CaptureSink | None
    on_figures: Callable[[MicrophoneFigures], None]
    """Called ten times a second while it is open, and with none at its end."""


class LoudspeakerDriver(HalfDriver, Protocol):
    """What drives a `Loudspeaker`; volume and muting are kept when it is opened anew."""

    @property
    def figures(self) -> LoudspeakerFigures:
        """Queue and underruns."""

    def play(self, samples: Samples) -> None:
        """Queue samples; nothing where it is closed or muted."""

    def set_volume(self, step: int) -> None:
        """Set the volume, 0 to 10."""

    def mute(self, muted: bool) -> None:
        """Forget what is queued, at once, and play nothing until it is not muted any more."""


class _Half(SupervisedDevice):
    def __init__(
        self,
        driver: HalfDriver,
        kind: DeviceKind,
        **upkeep: Unpack[Upkeep],
    ) -> None:
        self.kind = kind
        self._half = driver
        upkeep.setdefault("open_timeout_s", OPEN_TIMEOUT_S)
        super().__init__(driver, **upkeep)

    @property
    def capabilities(self) -> Capabilities:
        """Its name, and what it was opened with."""
        return self._half.capabilities

    async def found(self) -> tuple[str, ...]:
        """Names of the devices that would be used, the first choice first."""
        return await self._half.found()

    def retry(self) -> None:
        """Try again now, also another device where any will do."""
        self._half.choose_anew(asked=True)
        super().retry()

    async def _begin(self) -> None:
        self._half.choose_anew(asked=False)
        await super()._begin()


class Microphone(_Half):
    """The capturing half; also tells when it is online and yet hears nothing, or too much."""

    def __init__(
        self,
        driver: MicrophoneDriver,
        kind: DeviceKind = DeviceKind.MICROPHONE,
        **upkeep: Unpack[Upkeep],
    ) -> None:
        """`kind`: MICROPHONE, or HANDSET for the handset's."""
        super().__init__(driver, kind, **upkeep)
        self._capture = driver
        self._figures = MicrophoneFigures()
        driver.on_figures = self._judge

    @property
    def figures(self) -> MicrophoneFigures:
        """What it hears now."""
        return self._figures

    async def start(self, sink: CaptureSink, raw: CaptureSink | None = None) -> None:
        """Open it; frames, 100 a second, go cleaned to `sink` and as they are to `raw`."""
        self._capture.sink = sink
        self._capture.raw = raw
        await self._begin()

    def _judge(self, figures: MicrophoneFigures) -> None:
        self._figures = figures
        detail = str(self.capabilities.get("name", ""))
        reasons: tuple[str, ...] = ()
        if figures.silent:
            reasons = (SILENT,)
            detail += f": nothing above {SILENT_DBFS:g} dBFS for {SILENT_AFTER_S:g} s"
        elif figures.clipping:
            reasons = (CLIPPING,)
            detail += ": cut off at full scale"
        if self.status.state is DeviceState.ONLINE and self.status.reasons != reasons:
            self._supervisor.report(DeviceState.ONLINE, detail, reasons)


class Loudspeaker(_Half):
    """The playing half."""

    def __init__(
        self,
        driver: LoudspeakerDriver,
        kind: DeviceKind = DeviceKind.LOUDSPEAKER,
        **upkeep: Unpack[Upkeep],
    ) -> None:
        """`kind`: LOUDSPEAKER, or HANDSET for the handset's."""
        super().__init__(driver, kind, **upkeep)
        self._playback = driver

    @property
    def figures(self) -> LoudspeakerFigures:
        """How well it plays."""
        return self._playback.figures

    def play(self, samples: Samples) -> None:
        """Queue samples (any length); bounded, and dropped while it is closed or muted."""
        self._playback.play(samples)

    def set_volume(self, step: int) -> None:
        """Set the volume, 0 to 10; kept when the device is opened anew."""
        self._playback.set_volume(max(0, min(10, step)))

    def mute(self, muted: bool) -> None:
        """Muted: fall silent at once, and forget what was queued."""
        self._playback.mute(muted)

    async def start(self) -> None:
        """Open it."""
        await self._begin()
