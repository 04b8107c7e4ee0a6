"""One call as the robot holds it: answers each offer of the booth with a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceServer
from aiortc.sdp import candidate_from_sdp

from desk.robot.media import PictureTrack, SpeechTrack
from kiosk.link.messages import Answer, Candidate, Offer

log = structlog.get_logger(__name__)

CLOSE_S = 3.0

Say = Callable[[Answer], Awaitable[None]]


class RobotCall:
    """The connections of one ticket; the newest offer wins."""

    def __init__(
        self, ticket: str, say: Say, speech: Sequence[bytes], servers: list[RTCIceServer]
    ) -> None:
        self.ticket = ticket
        self._say = say
        self._speech = speech
        self._servers = servers
        self.confirmed = True
        """Whether the gateway has said, on the present socket, that this call is ours."""
        self._attempt = 0
        self._connection: RTCPeerConnection | None = None
        self._answer: Answer | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def offered(self) -> bool:
        """Whether an offer has come."""
        return self._attempt > 0

    @property
    def connected(self) -> bool:
        """Whether media can flow."""
        return self._connection is not None and self._connection.connectionState == "connected"

    async def offer(self, body: Offer) -> None:
        """Answer an offer; the same one again gets the same answer."""
        if body.attempt < self._attempt:
            return
        if body.attempt > self._attempt:
            self._attempt = body.attempt
            self._drop()
            self._answer = None
            self._connection = RTCPeerConnection(
                RTCConfiguration(iceServers=self._servers, bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
            )
            try:
                self._answer = await self._answered(self._connection, body)
            except Exception as error:  # noqa: BLE001 - aiortc's parser raises anything
                log.warning("offer dropped", attempt=body.attempt, error=type(error).__name__)
        if self._answer is not None and self._answer.attempt == self._attempt:
            await self._say(self._answer)

    async def candidate(self, body: Candidate) -> None:
        """Take one of the booth's candidates."""
        if self._connection is None or body.attempt != self._attempt or not body.candidate:
            return
        try:
            candidate = candidate_from_sdp(body.candidate.removeprefix("candidate:"))
            candidate.sdpMid, candidate.sdpMLineIndex = body.sdp_mid, body.sdp_m_line_index
            await self._connection.addIceCandidate(candidate)
        except (ValueError, IndexError, AssertionError) as error:
            log.warning("candidate dropped", attempt=body.attempt, error=type(error).__name__)

    async def close(self) -> None:
        """Close every connection."""
        self._drop()
        while self._closing:
            await asyncio.wait(self._closing)

    async def _answered(self, connection: RTCPeerConnection, body: Offer) -> Answer:
        await connection.setRemoteDescription(RTCSessionDescription(body.sdp, "offer"))
        picture = PictureTrack()
        for transceiver in connection.getTransceivers():
            track = picture if transceiver.kind == "video" else SpeechTrack(self._speech)
            transceiver.sender.replaceTrack(track)
            transceiver.direction = "sendrecv"
            if transceiver.kind == "video":
                # aiortc tells a track nothing of key frame requests, nor of the codec in use.
                picture.codec = transceiver._codecs[0].name  # noqa: SLF001
                transceiver.sender._send_keyframe = lambda: _want_key_frame(picture)  # type: ignore[method-assign]  # noqa: SLF001
        await connection.setLocalDescription(await connection.createAnswer())
        return Answer(attempt=body.attempt, sdp=connection.localDescription.sdp)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            task = asyncio.create_task(_close(connection))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)


def _want_key_frame(picture: PictureTrack) -> None:
    picture.key_frame_due = True


async def _close(connection: RTCPeerConnection) -> None:
    try:
        async with asyncio.timeout(CLOSE_S):
            await connection.close()
    except TimeoutError:
        log.warning("connection closes slowly")
