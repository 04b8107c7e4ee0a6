"""Two real connections that carry data alone, with a bad line between them, and bulk to fill it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiortc import RTCDataChannel, RTCPeerConnection, RTCSessionDescription

from kiosk.calls.aiortc_adapter import new_connection
from kiosk.calls.channels import ChannelPipe, Channels
from kiosk.calls.lane import Lane, Pipe
from kiosk.calls.text import RealTimeText
from kiosk.link.papers import CHUNK_BYTES, LABEL, WANT_EVERY_BYTES, WINDOW_BYTES
from tests.calls.line import BadLine, own_address, stand_in


class Bulk:
    """A lane that sends without end, never more than a window ahead of what the other side has."""

    label = LABEL
    lossy = False

    def __init__(self) -> None:
        self.received = self._sent = self._wanted = 0
        self._end = 0
        self._news = asyncio.Event()
        self._pipe: Pipe | None = None

    def open(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self._send_up_to(self._end)

    def closed(self, pipe: Pipe) -> None:
        self._pipe = None

    def begin(self) -> None:
        self._send_up_to(WINDOW_BYTES)

    def take(self, data: str | bytes) -> None:
        if isinstance(data, str):
            self._send_up_to(int(data) + WINDOW_BYTES)
            return
        self.received += len(data)
        self._news.set()
        if self.received - self._wanted >= WANT_EVERY_BYTES and self._pipe is not None:
            self._wanted = self.received
            self._pipe.send(str(self._wanted))

    async def has(self, size: int) -> None:
        """Wait until so many bytes have come."""
        while self.received < size:
            self._news.clear()
            await self._news.wait()

    def _send_up_to(self, end: int) -> None:
        self._end = end
        while self._pipe is not None and self._sent + CHUNK_BYTES <= end:
            self._sent += CHUNK_BYTES
            self._pipe.send(bytes(CHUNK_BYTES))


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
