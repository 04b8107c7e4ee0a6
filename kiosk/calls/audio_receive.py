"""The agent's voice stream of one connection: Opus packets to the playout buffer, on time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from aiortc import RTCRtpTransceiver
from aiortc.rtp import RtpPacket

from devices.sound.interface import Samples
from kiosk.calls.aiortc_receiving import RtpInput
from kiosk.calls.audio_playout import Playout


class AudioReceiver:
    """Receives one connection's audio; lives on the loop, as `play` is called there."""

    def __init__(self, transceiver: RTCRtpTransceiver, play: Callable[[Samples], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False
        self.playout = Playout(play)
        self.input = RtpInput(transceiver, self._take)

    def close(self) -> None:
        """Play nothing more."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _take(self, packet: RtpPacket, codec_name: str) -> None:
        if self._closed or codec_name.lower() != "opus":
            return
        now = time.monotonic()
        self.playout.packet(packet.sequence_number, packet.payload, now)
        self._rearm(now)

    def _rearm(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        due = self.playout.tick(now)
        self._timer = self._loop.call_later(max(0.001, due - now), self._tick)

    def _tick(self) -> None:
        if not self._closed:
            self._rearm(time.monotonic())
