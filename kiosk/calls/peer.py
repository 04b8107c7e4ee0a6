"""One attempt at a connection: one RTCPeerConnection of aiortc, always offering, never re-used."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.stats import RTCRemoteInboundRtpStreamStats

from kiosk.calls.aiortc_connection import (
    bound_input,
    chosen_candidates,
    new_connection,
    widen_receive_buffers,
)
from kiosk.calls.aiortc_sending import negotiated_codec, pace, prefer_codec, watch_feedback
from kiosk.calls.aiortc_transport import route_by_mid
from kiosk.calls.channels import Channels
from kiosk.calls.ice import IceLadder
from kiosk.calls.incoming import Incoming
from kiosk.calls.media import CallMedia
from kiosk.calls.rate import RepairBudget, SendRate
from kiosk.calls.sdp import (
    MOST_CANDIDATES,
    DescriptionError,
    OtherTransportError,
    finish_offer,
    read_answer,
    read_candidate,
)
from kiosk.calls.tracks import EncodedPacket, PacketTrack
from kiosk.calls.video_send import Outlet
from kiosk.link.messages import Candidate

log = structlog.get_logger(__name__)

VIDEO_QUEUE = 12
"""Encoded frames, 400 ms: beyond this the network side hangs and a key frame is better."""
AUDIO_QUEUE = 10
"""Packets of 20 ms."""
FLOOR_BPS = 100_000
"""Below this there is no picture worth sending; sound goes on."""
CLOSE_S = 3.0
"""aiortc closes in milliseconds, unless a relay that is gone is asked to agree."""


class Peer:
    """One peer connection with its media; lives on the loop."""

    def __init__(self, attempt: int, media: CallMedia, ladder: IceLadder) -> None:
        self.attempt = attempt
        self.begun_at = time.monotonic()
        self.answered_at: float | None = None
        self.round_trip_s: float | None = None
        self.failed = False
        self._media = media
        self._ladder = ladder
        self._connection: RTCPeerConnection | None = None
        self._incoming: Incoming | None = None
        self._outlet: Outlet | None = None
        self._candidates = 0
        self._input_dropped: Callable[[], int] = int
        self._channels: Channels | None = None
        self._making: asyncio.Task[str] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        settings = media.settings
        self.rate = SendRate(
            start_bps=settings.start_bitrate_kbps * 1000,
            floor_bps=FLOOR_BPS,
            ceiling_bps=settings.max_bitrate_kbps * 1000,
        )
        self._repairs = RepairBudget()
        self._loop = asyncio.get_running_loop()
        self._video_track = PacketTrack(
            "video", VIDEO_QUEUE, on_wanted=self._video_wanted, on_overflow=self.key_frame
        )
        self._audio_track = PacketTrack(
            "audio", AUDIO_QUEUE, on_wanted=self._audio_wanted, on_overflow=lambda: None
        )

    @property
    def last_media_at(self) -> float | None:
        """`time.monotonic()` of the newest packet of sound or picture."""
        return None if self._incoming is None else self._incoming.last_packet_at

    @property
    def pictures(self) -> int:
        """Pictures of the agent shown so far."""
        return 0 if self._incoming is None else self._incoming.face.shown

    @property
    def shared_pictures(self) -> int:
        """Pictures of a shared window shown so far."""
        return 0 if self._incoming is None else self._incoming.shared.shown

    @property
    def bytes_received(self) -> int:
        """Of RTP payload."""
        return 0 if self._incoming is None else self._incoming.bytes_received

    @property
    def loss_from_agent(self) -> float:
        """Part of the agent's video packets lost in the last second."""
        return 0.0 if self._incoming is None else self._incoming.face.input.fraction_lost

    @property
    def dropped(self) -> int:
        """Packets thrown away on this side because network or loop did not keep up."""
        return self._video_track.dropped + self._audio_track.dropped + self._input_dropped()

    @property
    def path(self) -> str:
        """The candidate pair in use, without addresses, such as `host ↔ relay`; empty before."""
        pair = None if self._connection is None else chosen_candidates(self._connection)
        return "" if pair is None else " ↔ ".join(pair)

    async def make_offer(self) -> str:
        """Gather candidates and return the offer's SDP.

        Goes on to its end even if cancelled: aioice would leave the sockets open that it has made.
        """
        self._making = asyncio.create_task(self._make_offer())
        return await asyncio.shield(self._making)

    async def _make_offer(self) -> str:
        connection = new_connection(await self._ladder.choose())
        self._connection = connection
        connection.on("connectionstatechange", self._state_changed)
        audio = connection.addTransceiver(self._audio_track, "sendrecv")
        video = connection.addTransceiver(self._video_track, "sendrecv")
        shared = connection.addTransceiver("video", "recvonly")
        settings = self._media.settings
        for picture in (video, shared):
            prefer_codec(picture, settings.video_codec)
        watch_feedback(video.sender, self)
        pace(video.sender)
        self._input_dropped = bound_input(audio)
        route_by_mid(audio)
        self._channels = Channels(connection, self._media.lanes)
        self._incoming = Incoming(self._media, audio, video, shared)
        await connection.setLocalDescription(await connection.createOffer())
        widen_receive_buffers(connection)
        return finish_offer(
            connection.localDescription.sdp,
            start_kbps=settings.start_bitrate_kbps,
            max_kbps=settings.max_bitrate_kbps,
        )

    async def take_answer(self, sdp: str) -> None:
        """Take the page's answer; only the first counts.

        Raises:
            DescriptionError: the answer cannot be used; the attempt waits for a better one.
        """
        if self._connection is None or self.answered_at is not None:
            return
        mids = [str(part.mid) for part in self._connection.getTransceivers()]
        if self._connection.sctp is not None:
            mids.append(str(self._connection.sctp.mid))
        answer = read_answer(sdp, mids)
        self.answered_at = time.monotonic()
        try:
            await self._connection.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
        except Exception as error:  # noqa: BLE001 - aiortc may raise anything here
            # Half applied: this connection is of no use any more, the next attempt is.
            self.failed = True
            raise DescriptionError(f"cannot be applied ({type(error).__name__})") from None
        for candidate in answer.candidates:
            self._candidates += 1
            self._spawn(self._connection.addIceCandidate(candidate))

    def take_candidate(self, body: Candidate) -> None:
        """Take one of the page's candidates.

        Raises:
            DescriptionError: malformed, or more of them than any real page has.
        """
        if self._connection is None or self.answered_at is None or not body.candidate:
            return
        if self._candidates >= MOST_CANDIDATES:
            raise DescriptionError("too many candidates")
        self._candidates += 1
        # All sections share one transport: whichever section it names, it is the first's.
        mid = str(self._connection.getTransceivers()[0].mid)
        try:
            candidate = read_candidate(body.candidate, mid, 0)
        except OtherTransportError:
            return
        self._spawn(self._connection.addIceCandidate(candidate))

    async def measure(self) -> None:
        """Take up what the far end reports; call each second."""
        if self._connection is None or self._closed:
            return
        video = self._connection.getTransceivers()[1]
        for report in (await video.sender.getStats()).values():
            if isinstance(report, RTCRemoteInboundRtpStreamStats) and report.roundTripTime:
                self.round_trip_s = max(0.0, report.roundTripTime)
                if self._incoming is not None:
                    self._incoming.set_round_trip(self.round_trip_s)

    def remb(self, bitrate_bps: int) -> None:
        """The page's estimate of the line from us to it."""
        self.rate.remb(bitrate_bps, time.monotonic())

    def loss(self, fraction: float) -> None:
        """What the page lost of our video since it last said so."""
        self.rate.loss(fraction, time.monotonic())

    def key_frame(self) -> None:
        """The page, or a queue of ours, needs a key frame."""
        if self._outlet is not None:
            self._outlet.key_frame_due = True

    def may_repair(self, packets: int) -> bool:
        """Whether the line bears sending these packets again."""
        return self._repairs.allow(packets, time.monotonic())

    async def close(self) -> None:
        """Let go of connection, threads and tracks; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        if self._channels is not None:
            self._channels.close()
        if self._making is not None:
            await asyncio.gather(self._making, return_exceptions=True)
        if self._outlet is not None:
            self._media.video.detach(self._outlet)
        self._media.audio.detach(self._audio_track.deliver)
        if self._incoming is not None:
            self._incoming.close()
        for task in self._tasks:
            task.cancel()
        self._video_track.stop()
        self._audio_track.stop()
        if self._connection is not None:
            try:
                async with asyncio.timeout(CLOSE_S):
                    await self._connection.close()
            except TimeoutError:
                log.warning("connection closes slowly", attempt=self.attempt)

    def _spawn(self, work: object) -> None:
        task = asyncio.ensure_future(self._guarded(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guarded(self, work: object) -> None:
        try:
            await work  # type: ignore[misc]
        except (ValueError, OSError) as error:
            log.info("candidate dropped", attempt=self.attempt, reason=type(error).__name__)

    def _state_changed(self) -> None:
        if self._connection is not None and self._connection.connectionState == "failed":
            self.failed = True

    def _video_wanted(self) -> None:
        if self._closed or self._connection is None:
            return
        name = negotiated_codec(self._connection.getTransceivers()[1])
        self._outlet = Outlet(
            codec="H264" if name.upper() == "H264" else "VP8",
            deliver=self._video_encoded,
            target_bps=lambda: self.rate.target_bps,
        )
        self._media.video.attach(self._outlet)

    def _audio_wanted(self) -> None:
        if not self._closed:
            self._media.audio.attach(self._audio_track.deliver)

    def _video_encoded(self, packet: EncodedPacket) -> None:
        """On the encoder's thread."""
        self._loop.call_soon_threadsafe(self._send_video, packet)

    def _send_video(self, packet: EncodedPacket) -> None:
        if self._closed:
            return
        now = time.monotonic()
        self.rate.sent(packet.size, now)
        self._video_track.deliver(packet)
