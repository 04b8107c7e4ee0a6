"""A booth with real media in few lines: it offers, shows a moving picture, and hums."""

from __future__ import annotations

import asyncio
import contextlib
import fractions
from typing import Self

import av
import numpy as np
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
    VideoStreamTrack,
)
from aiortc.mediastreams import AudioStreamTrack, MediaStreamError

from kiosk.link import papers, show, text
from kiosk.link.line import Line
from kiosk.link.messages import Answer, Bye, EndReason, Offer, Ready, SignalBody, TicketState
from kiosk.link.signals import SignalChannel
from kiosk.link.tickets import OwnTicket
from tests.desk.lanes import LaneEnd, PapersEnd

#: Small, because two cores are shared by all that is tested.
_WIDTH, _HEIGHT, _RATE = 320, 180, 15
_CLOCK = 90_000
_RESEND_S = 1.0


class Picture(VideoStreamTrack):
    """A bright bar that moves over a coloured field."""

    def __init__(self, width: int = _WIDTH, height: int = _HEIGHT) -> None:
        super().__init__()
        self._plane = np.zeros((height * 3 // 2, width), np.uint8)
        self._height, self._width = height, width
        self._count = 0

    async def recv(self) -> av.VideoFrame:
        await asyncio.sleep(1 / _RATE)
        self._plane[: self._height] = np.linspace(40, 150, self._width, dtype=np.uint8)
        self._plane[self._height :] = 110
        left = (self._count * 8) % self._width
        self._plane[: self._height, left : left + self._width // 8] = 230
        frame = av.VideoFrame.from_ndarray(self._plane, format="yuv420p")
        frame.pts = self._count * _CLOCK // _RATE
        frame.time_base = fractions.Fraction(1, _CLOCK)
        self._count += 1
        return frame


class MediaBooth:
    """Takes part in the call of one ticket, from the claim until `stop` or the agent's bye."""

    def __init__(self, line: Line, ticket: OwnTicket, picture: MediaStreamTrack) -> None:
        self.ticket = ticket
        self.received: dict[str, int] = {"video": 0, "audio": 0, "shared": 0}
        self.readies: set[str] = set()
        self.text = LaneEnd(text.LABEL)
        self.text.greeting = [{"type": "have", "revisions": []}]
        self.again = LaneEnd("text-again")
        self.show = LaneEnd(show.LABEL)
        self.papers = PapersEnd()
        self.attempt = 0
        self.ended: EndReason | None = None
        self.news = asyncio.Condition()
        key = ticket.key
        self._channel = SignalChannel(line, key.agency, key.kiosk, key.ticket, "booth")
        self._picture = picture
        self._peer: RTCPeerConnection | None = None
        self._answered = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    async def start(
        cls, line: Line, ticket: OwnTicket, picture: MediaStreamTrack | None = None
    ) -> Self:
        booth = cls(line, ticket, picture or Picture())
        await booth._channel.open()
        booth._spawn(booth._listen())
        return booth

    async def call_again(self) -> None:
        """Make a new attempt, as after a silence."""
        former = self._peer
        await self._offer()
        if former is not None:
            await former.close()

    async def until_received(self, kind: str, more: int = 20) -> None:
        goal = self.received[kind] + more
        async with asyncio.timeout(20), self.news:
            await self.news.wait_for(lambda: self.received[kind] >= goal)

    async def until_ended(self) -> EndReason | None:
        async with asyncio.timeout(20), self.news:
            await self.news.wait_for(lambda: self.ended is not None)
        return self.ended

    async def send(self, body: SignalBody) -> None:
        await self._channel.send(body)

    async def fall_silent(self) -> None:
        """Cut the media, and nothing else."""
        if self._peer is not None:
            await self._peer.close()

    async def stop(self) -> None:
        await self._channel.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.fall_silent()

    async def _listen(self) -> None:
        async for body in self._channel:
            match body:
                case Ready() if body.page not in self.readies:
                    self.readies.add(body.page)
                    await self.call_again()
                case Answer() if self._peer is not None and body.attempt == self.attempt:
                    if not self._answered.is_set():
                        self._answered.set()
                        answer = RTCSessionDescription(body.sdp, "answer")
                        await self._peer.setRemoteDescription(answer)
                        await self.ticket.set_state(
                            TicketState.IN_CALL, self.ticket.claim and self.ticket.claim.agent
                        )
                case Bye():
                    await self._note(ended=body.reason)
                case _:
                    pass

    async def _offer(self) -> None:
        self.attempt += 1
        self._answered = asyncio.Event()
        peer = self._peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        peer.on("track", lambda track: self._spawn(self._count(peer, track)))
        peer.addTrack(self._picture)
        peer.addTrack(AudioStreamTrack())
        # For a window that the agent shares.
        peer.addTransceiver("video", direction="recvonly")
        self.text.use(peer.createDataChannel(text.LABEL))
        self.papers.use(peer.createDataChannel(papers.LABEL))
        for lossy in (self.again, self.show):
            lossy.use(peer.createDataChannel(lossy.label, ordered=False, maxRetransmits=0))
        await peer.setLocalDescription(await peer.createOffer())
        offer = Offer(attempt=self.attempt, sdp=peer.localDescription.sdp)
        self._spawn(self._repeat(offer, self._answered))

    async def _repeat(self, offer: Offer, answered: asyncio.Event) -> None:
        while not answered.is_set():
            await self._channel.send(offer)
            try:
                async with asyncio.timeout(_RESEND_S):
                    await answered.wait()
            except TimeoutError:
                continue

    async def _count(self, peer: RTCPeerConnection, track: MediaStreamTrack) -> None:
        videos = [one.receiver.track for one in peer.getTransceivers() if one.kind == "video"]
        kind = "shared" if track is videos[-1] else track.kind
        with contextlib.suppress(MediaStreamError):
            while True:
                await track.recv()
                self.received[kind] += 1
                await self._note()

    async def vanish(self) -> None:
        """Be as a booth whose power is cut: no media, no more refresh, no farewell."""
        await self.ticket._refresher.stop()
        await self.stop()

    async def _note(self, ended: EndReason | None = None) -> None:
        async with self.news:
            self.ended = ended or self.ended
            self.news.notify_all()

    def _spawn(self, work: object) -> None:
        task = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
