"""Microphone and loudspeaker, and the handset's own, as one sound device."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from devices.device import Device
from devices.sound.halves import Loudspeaker, Microphone
from devices.sound.interface import (
    CaptureSink,
    LoudspeakerFigures,
    MicrophoneFigures,
    Samples,
)
from devices.sound.volume import DEFAULT_STEP, MAX_STEP
from devices.status import DeviceState, DeviceStatus


class JoinedSound:
    """Halves, real or simulated, each with its own supervisor: one may be lost alone.

    The handset's are open whenever the others are, so that a lifted handset is heard at once. While
    it is lifted nothing is played aloud, whatever happens to the handset's sound.
    """

    def __init__(
        self,
        microphone: Microphone,
        loudspeaker: Loudspeaker,
        *,
        private_microphone: Microphone | None = None,
        private_loudspeaker: Loudspeaker | None = None,
        private_expected: bool = False,
        max_volume: int = MAX_STEP,
    ) -> None:
        """`private_expected`: there is a handset; otherwise that is known once it was open."""
        self._microphone = microphone
        self._loudspeaker = loudspeaker
        self._private_microphone = private_microphone
        self._private_loudspeaker = private_loudspeaker
        self._has_handset = private_expected
        self._max_volume = max_volume
        self._lifted = False
        self._private = False
        self._listeners: list[Callable[[], None]] = []
        for half in self._halves:
            half.on_status(self._on_half)
        self.set_volume(DEFAULT_STEP)
        if private_loudspeaker is not None:
            private_loudspeaker.mute(True)

    @property
    def microphone_status(self) -> DeviceStatus:
        """How the microphone in use is now."""
        return self._microphone_in_use.status

    @property
    def loudspeaker_status(self) -> DeviceStatus:
        """How the loudspeaker in use is now."""
        return self._loudspeaker_in_use.status

    @property
    def microphone_figures(self) -> MicrophoneFigures:
        """What the microphone in use hears."""
        return self._microphone_in_use.figures

    @property
    def loudspeaker_figures(self) -> LoudspeakerFigures:
        """How the loudspeaker in use plays."""
        return self._loudspeaker_in_use.figures

    @property
    def devices(self) -> tuple[Device, ...]:
        """Microphone, loudspeaker, and the handset's own."""
        return self._halves

    def on_status(self, listener: Callable[[], None]) -> None:
        """Call `listener` on the loop when the status of either half in use changes."""
        self._listeners.append(listener)

    async def start(self, sink: CaptureSink, *, raw: CaptureSink | None = None) -> None:
        """Open all; near-end frames go cleaned to `sink`, and as captured to `raw`."""
        await self._loudspeaker.start()
        await self._microphone.start(
            self._if_private(sink, private=False), raw and self._if_private(raw, private=False)
        )
        if self._private_loudspeaker is not None:
            await self._private_loudspeaker.start()
        if self._private_microphone is not None:
            await self._private_microphone.start(
                self._if_private(sink, private=True), raw and self._if_private(raw, private=True)
            )

    def play(self, samples: Samples) -> None:
        """Queue far-end samples."""
        self._loudspeaker_in_use.play(samples)

    def set_volume(self, step: int) -> None:
        """Set the volume, 0 to 10; above the booth's own maximum it is the maximum."""
        step = min(step, self._max_volume)
        self._loudspeaker.set_volume(step)
        if self._private_loudspeaker is not None:
            self._private_loudspeaker.set_volume(step)

    def use_handset(self, lifted: bool) -> None:
        """Lifted: silence aloud at once, and sound through the handset alone."""
        self._lifted = lifted
        self._route()

    async def stop(self) -> None:
        """Close all."""
        await asyncio.gather(*(half.stop() for half in self._halves))

    @property
    def _halves(self) -> tuple[Microphone | Loudspeaker, ...]:
        private = (self._private_microphone, self._private_loudspeaker)
        return (self._microphone, self._loudspeaker, *(half for half in private if half))

    @property
    def _microphone_in_use(self) -> Microphone:
        return (self._private and self._private_microphone) or self._microphone

    @property
    def _loudspeaker_in_use(self) -> Loudspeaker:
        return (self._private and self._private_loudspeaker) or self._loudspeaker

    def _if_private(self, sink: CaptureSink, *, private: bool) -> CaptureSink:
        """Pass on the frames of the microphone in use; a handset may come without one."""
        microphone = self._private_microphone if private else self._microphone

        def take(frame: Samples) -> None:
            if self._microphone_in_use is microphone:
                sink(frame)

        return take

    def _on_half(self, _: DeviceStatus) -> None:
        self._route()
        for listener in self._listeners:
            listener()

    def _route(self) -> None:
        """Where sound goes; what becomes silent does so before the other begins."""
        handset = self._private_loudspeaker
        if handset is None:
            return
        self._has_handset |= handset.status.state is DeviceState.ONLINE
        missing = not self._has_handset and handset.status.state is DeviceState.NO_DEVICE
        private = self._lifted and not missing
        if private == self._private:
            return
        self._private = private
        before, after = self._loudspeaker, handset
        if not private:
            before, after = after, before
        before.mute(True)
        after.mute(False)
