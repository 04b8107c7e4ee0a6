"""Two real connections that carry data alone, with a bad line between them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiortc import RTCDataChannel, RTCPeerConnection, RTCSessionDescription

from kiosk.calls.aiortc_connection import new_connection
from kiosk.calls.channels import ChannelPipe, Channels
from kiosk.calls.lane import Lane
from kiosk.calls.text import RealTimeText
from tests.calls.line import BadLine, own_address, stand_in


class Typist:
    """Types at one end, and notes when each key is read at the other."""

    def __init__(self) -> None:
        self.latencies_s: list[float] = []
        self._typed_at: list[float] = []
        self._news = asyncio.Event()
        self.text = RealTimeText(self._news.set)
        self.reader = RealTimeText(self._read)

    async def type(self, keys: int, every_s: float) -> None:
        """Type so many keys, and wait until the last one is read."""
        await self._until(lambda: self.text.connected)
        for number in range(1, keys + 1):
            self._typed_at.append(time.monotonic())
            self.text.type("x" * number)
            await asyncio.sleep(every_s)
        await self._until(lambda: len(self.latencies_s) >= keys)

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._news.clear()
            await self._news.wait()

    def _read(self) -> None:
        for line in self.reader.lines:
            while len(self.latencies_s) < len(line.text):
                typed_at = self._typed_at[len(self.latencies_s)]
                self.latencies_s.append(time.monotonic() - typed_at)
        self._news.set()


@asynccontextmanager
async def joined(
    line: BadLine, ours: Sequence[Lane], theirs: Sequence[Lane]
) -> AsyncIterator[None]:
    """Connect two ends over `line`; all channels are open inside the block."""
    booth, agent = new_connection([]), RTCPeerConnection()
    channels = Channels(booth, ours)
    open_ = asyncio.Event()
    wanted = {lane.label: lane for lane in theirs}

    @agent.on("datachannel")
    def join(channel: RTCDataChannel) -> None:
        lane = wanted.pop(channel.label)
        channel.on("message", lane.take)
        lane.open(ChannelPipe(channel))
        if not wanted:
            open_.set()

    try:
        booth_end, agent_end = await line.pair(1)
        await booth.setLocalDescription(await booth.createOffer())
        offer = stand_in(booth.localDescription.sdp, booth_end, line.address)
        await agent.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        await agent.setLocalDescription(await agent.createAnswer())
        answer = stand_in(agent.localDescription.sdp, agent_end, line.address)
        await booth.setRemoteDescription(RTCSessionDescription(answer, "answer"))
        async with asyncio.timeout(15):
            await open_.wait()
        yield
    finally:
        channels.close()
        await booth.close()
        await agent.close()
        line.close()


def narrow(rate_bps: float = 500_000, delay_s: float = 0.08) -> BadLine:
    """A line of that rate and one-way delay in both directions."""
    line = BadLine(own_address())
    for conditions in (line.to_booth, line.to_agent):
        conditions.rate_bps, conditions.delay_s = rate_bps, delay_s
    return line
