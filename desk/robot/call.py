"""One call as the robot holds it: answers each offer of the booth with a connection of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence

import structlog
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceServer
from aiortc.sdp import candidate_from_sdp

from desk.robot.conversation import Conversation
from desk.robot.media_ends import MediaEnds
from desk.robot.papers import DepositParcel
from kiosk.link.messages import Answer, Candidate, Offer
from kiosk.link.papers import Offer as PaperOffer
from kiosk.link.rehearsal import Ask

log = structlog.get_logger(__name__)

CLOSE_S = 3.0

Say = Callable[[Answer], Awaitable[None]]


async def nowhere(_offer: PaperOffer, _content: bytes) -> int | None:
    """Take no parcel, where there is no gateway to lay it down at."""
    return None


class RobotCall:
    """The connections of one ticket; the newest offer wins."""

    def __init__(
        self,
        ticket: str,
        say: Say,
        speech: Sequence[bytes],
        servers: list[RTCIceServer],
        deposit: DepositParcel = nowhere,
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
        self._work: set[asyncio.Task[None]] = set()
        self._ends: MediaEnds | None = None
        self._conversation = Conversation(self._rehearse, self._share, deposit)

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

    def parcel_taken(self, parcel: str) -> None:
        """The gateway says that somebody has fetched what was deposited in this call."""
        self._conversation.parcel_taken(parcel)

    async def close(self) -> None:
        """Close every connection."""
        self._conversation.close()
        self._drop()
        while self._work:
            await asyncio.wait(self._work)

    async def _answered(self, connection: RTCPeerConnection, body: Offer) -> Answer:
        connection.on("datachannel", self._conversation.use)
        await connection.setRemoteDescription(RTCSessionDescription(body.sdp, "offer"))
        self._ends = MediaEnds(connection, self._speech)
        self._ends.share(on=self._conversation.sharing)
        await connection.setLocalDescription(await connection.createAnswer())
        return Answer(attempt=body.attempt, sdp=connection.localDescription.sdp)

    def _rehearse(self, what: Ask) -> None:
        if self._ends is not None:
            self._ends.ask(what)
            self._spawn(self._report(self._ends))

    async def _report(self, ends: MediaEnds) -> None:
        self._conversation.report(await ends.heard())

    def _share(self, on: bool) -> None:
        if self._ends is not None:
            self._ends.share(on=on)

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        ends, self._ends = self._ends, None
        if ends is not None:
            ends.close()
        if connection is not None:
            self._spawn(_close(connection))

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._work.add(task)
        task.add_done_callback(self._work.discard)


async def _close(connection: RTCPeerConnection) -> None:
    try:
        async with asyncio.timeout(CLOSE_S):
            await connection.close()
    except TimeoutError:
        log.warning("connection closes slowly")
