"""Touches, with `aiortc_transport`, what aiortc does not promise; tests of their own guard that.

aiortc's public API lets a track give encoded packets, which is all that sending needs, but tells
nobody of the far end's feedback, and its receiver decodes every frame itself, one frame late, into
queues without end. Both are mended on the instances that one call uses; nothing is changed in
aiortc's modules. See docs/decisions/0007-aiortc-adapter.md.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpSender, RTCRtpTransceiver
from aiortc.codecs import is_rtx
from aiortc.exceptions import InvalidStateError
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceServer
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpCodecCapability
from aiortc.rtcrtpreceiver import StreamStatistics
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    RtpPacket,
    pack_remb_fci,
    unpack_remb_fci,
    unwrap_rtx,
)

REPORT_S = 1.0
"""Between receiver reports: the far end computes loss and round trip from them."""
MOST_DATAGRAMS = 300
"""One second at 2.5 Mb/s: beyond it, what waits is too old to be worth decoding."""
BURST_PACKETS = 12
BURST_GAP_S = 0.008
"""14 kB each 8 ms are 14 Mb/s: an ordinary frame goes out at once, a key frame in 40 ms."""
RECEIVE_BUFFER_BYTES = 1 << 20
"""A second of video, counted as the kernel counts small datagrams; Linux's default holds a third.
The kernel grants what `net.core.rmem_max` allows, silently."""
MOST_STREAMS = 8
"""Sources per media section; more than audio or video plus its retransmissions is an attack."""


def new_connection(servers: list[RTCIceServer]) -> RTCPeerConnection:
    """Return a connection that asks these ICE servers and no other, over one transport."""
    return RTCPeerConnection(
        RTCConfiguration(iceServers=servers, bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
    )


def widen_receive_buffers(connection: RTCPeerConnection) -> int:
    """Let the kernel keep what comes while the loop is busy; return how many sockets do.

    To be called once candidates are gathered: the sockets are made by then.
    """
    ice = connection.getTransceivers()[0].receiver.transport.transport
    widened = 0
    for protocol in ice._connection._protocols:
        udp = protocol.transport.get_extra_info("socket")
        if udp is not None:  # A relay's own transport has none.
            udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            widened += 1
    return widened


def chosen_candidates(connection: RTCPeerConnection) -> tuple[str, str] | None:
    """Return the types (RFC 8445, 5.1.1) of the pair in use, ours first; None before there is one.

    No addresses.
    """
    ice = connection.getTransceivers()[0].receiver.transport.transport
    pair = ice._connection._nominated.get(1)
    if pair is None:
        return None
    return pair.local_candidate.type, pair.remote_candidate.type


class _PacedTransport:
    """A sender's DTLS transport that lets a burst through a few packets at a time."""

    def __init__(self, transport: RTCDtlsTransport) -> None:
        self._inner = transport
        self._burst = 0
        self._last_at = float("-inf")

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    async def _send_rtp(self, data: bytes) -> None:
        now = time.monotonic()
        self._burst = self._burst + 1 if now - self._last_at < BURST_GAP_S else 1
        if self._burst > BURST_PACKETS:
            await asyncio.sleep(BURST_GAP_S)
            self._burst = 1
        self._last_at = time.monotonic()
        await self._inner._send_rtp(data)


def pace(sender: RTCRtpSender) -> None:
    """Spread this sender's large frames: aiortc sends a key frame's 60 packets in one go.

    What stands between, a socket's buffer or a router's queue, may hold fewer than that.
    """
    sender.setTransport(_PacedTransport(sender.transport))  # type: ignore[arg-type]


def bound_input(transceiver: RTCRtpTransceiver) -> Callable[[], int]:
    """Bound the queue of datagrams that wait for the loop; return how to read what was dropped.

    aioice keeps every datagram: a loop that once fell behind would show the past for ever.
    """
    connection = transceiver.receiver.transport.transport._connection
    waiting = connection._queue
    dropped = 0

    def data_received(data: bytes, component: int) -> None:
        nonlocal dropped
        if waiting.qsize() >= MOST_DATAGRAMS:
            if waiting.get_nowait() is None:
                # The connection is closing: its reader must learn of it.
                waiting.put_nowait(None)
            dropped += 1
        waiting.put_nowait((data, component))

    connection.data_received = data_received  # type: ignore[method-assign]
    return lambda: dropped


def prefer_codec(transceiver: RTCRtpTransceiver, name: str) -> None:
    """Offer the codec of this name (as in SDP) first, then the others."""
    codecs = RTCRtpSender.getCapabilities(transceiver.kind).codecs

    def rank(codec: RTCRtpCodecCapability) -> int:
        return 0 if codec.name.upper() == name.upper() else 1

    transceiver.setCodecPreferences(sorted(codecs, key=rank))


def negotiated_codec(transceiver: RTCRtpTransceiver) -> str:
    """Return the name of the codec that will be sent.

    Raises:
        InvalidStateError: nothing is negotiated yet.
    """
    for codec in transceiver._codecs:
        if not is_rtx(codec):
            return codec.name
    raise InvalidStateError("no codec is negotiated")


class Feedback(Protocol):
    """Who wants to know what the far end says of our video."""

    def remb(self, bitrate_bps: int) -> None:
        """It believes that the line carries this much."""

    def loss(self, fraction: float) -> None:
        """This part of our packets was lost since its last report."""

    def key_frame(self) -> None:
        """It cannot decode without a key frame."""

    def may_repair(self, packets: int) -> bool:
        """It asks for this many packets again: whether to send them."""


def watch_feedback(sender: RTCRtpSender, feedback: Feedback) -> None:
    """Tell of everything the far end says of this sender's stream."""
    handle = sender._handle_rtcp_packet

    async def observe(packet: AnyRtcpPacket) -> None:
        match packet:
            case RtcpPsfbPacket(fmt=kind) if kind in (RTCP_PSFB_PLI, RTCP_PSFB_FIR):
                feedback.key_frame()
            case RtcpPsfbPacket(fmt=kind) if kind == RTCP_PSFB_APP:
                bitrate = _remb_for(sender._ssrc, packet.fci)
                if bitrate is not None:
                    feedback.remb(bitrate)
            case RtcpRtpfbPacket(fmt=kind) if kind == RTCP_RTPFB_NACK:
                if feedback.may_repair(len(packet.lost)):
                    await handle(packet)
            case RtcpRrPacket(reports=reports) | RtcpSrPacket(reports=reports):
                for report in reports:
                    if report.ssrc == sender._ssrc:
                        feedback.loss(report.fraction_lost / 256)
                await handle(packet)
            case _:
                await handle(packet)

    sender._handle_rtcp_packet = observe  # type: ignore[method-assign]


def _remb_for(source: int, fci: bytes) -> int | None:
    """Return the estimate if it is one and means this source."""
    try:
        bitrate, sources = unpack_remb_fci(fci)
    except (ValueError, IndexError, struct.error):
        return None
    return bitrate if source in sources else None


@dataclass(slots=True)
class _SenderReport:
    middle_bits: int
    arrived_at: float


class RtpInput:
    """Takes a receiver's packets in place of aiortc's own decoding, and answers the far end.

    `on_packet(packet, codec_name)` is awaited for each; retransmissions come unwrapped.
    """

    def __init__(
        self,
        transceiver: RTCRtpTransceiver,
        on_packet: Callable[[RtpPacket, str], Awaitable[None]],
    ) -> None:
        self._transceiver = transceiver
        self._receiver = transceiver.receiver
        self._on_packet = on_packet
        self._streams: dict[int, StreamStatistics] = {}
        self._reports: dict[int, _SenderReport] = {}
        self._main_source: int | None = None
        self._reported_at = time.monotonic()
        self.fraction_lost = 0.0
        """Of the main source, between the last two receiver reports."""
        self.bytes_received = 0
        self.last_packet_at: float | None = None
        """`time.monotonic()` of the newest packet."""
        self._receiver._handle_rtp_packet = self._take  # type: ignore[method-assign]
        self._receiver._handle_rtcp_packet = self._take_rtcp  # type: ignore[method-assign]

    @property
    def sources(self) -> list[int]:
        """SSRCs heard so far."""
        return list(self._streams)

    async def ask_again(self, sequences: list[int]) -> None:
        """Send a generic NACK (RFC 4585, 6.2.1)."""
        if self._main_source is not None:
            await self._send(
                RtcpRtpfbPacket(
                    fmt=RTCP_RTPFB_NACK,
                    ssrc=self._own_ssrc,
                    media_ssrc=self._main_source,
                    lost=sorted(sequences),
                )
            )

    async def ask_key_frame(self) -> None:
        """Send a picture loss indication (RFC 4585, 6.3.1)."""
        if self._main_source is not None:
            await self._send(
                RtcpPsfbPacket(fmt=RTCP_PSFB_PLI, ssrc=self._own_ssrc, media_ssrc=self._main_source)
            )

    async def tell_estimate(self, bitrate_bps: int, sources: list[int]) -> None:
        """Send a REMB (draft-alvestrand-rmcat-remb-03) that speaks of these SSRCs."""
        fci = pack_remb_fci(bitrate_bps, sources)
        await self._send(
            RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=self._own_ssrc, media_ssrc=0, fci=fci)
        )

    @property
    def _own_ssrc(self) -> int:
        return int(self._transceiver.sender._ssrc)

    async def _send(self, packet: AnyRtcpPacket) -> None:
        await self._receiver._send_rtcp(packet)

    async def _take(self, packet: RtpPacket, arrival_time_ms: int) -> None:
        del arrival_time_ms  # Whole milliseconds; the estimate wants better.
        codecs = {codec.payloadType: codec for codec in self._transceiver._codecs}
        codec = codecs.get(packet.payload_type)
        if codec is None or not self._count(packet, codec.clockRate):
            return
        if is_rtx(codec):
            apt = codec.parameters.get("apt")
            original = codecs.get(apt) if isinstance(apt, int) else None
            if original is None or self._main_source is None or len(packet.payload) < 2:
                return
            packet = unwrap_rtx(packet, packet.payload_type, self._main_source)
            codec = original
        elif self._main_source is None or packet.ssrc != self._main_source:
            self._main_source = packet.ssrc
        await self._on_packet(packet, codec.name)
        await self._report_if_due()

    def _count(self, packet: RtpPacket, clock_rate: int) -> bool:
        stream = self._streams.get(packet.ssrc)
        if stream is None:
            if len(self._streams) >= MOST_STREAMS:
                return False
            stream = self._streams[packet.ssrc] = StreamStatistics(clock_rate)
        stream.add(packet)
        self.bytes_received += len(packet.payload)
        self.last_packet_at = time.monotonic()
        return True

    async def _take_rtcp(self, packet: AnyRtcpPacket) -> None:
        if isinstance(packet, RtcpSrPacket) and packet.ssrc in self._streams:
            middle = (packet.sender_info.ntp_timestamp >> 16) & 0xFFFFFFFF
            self._reports[packet.ssrc] = _SenderReport(middle, time.monotonic())

    async def _report_if_due(self) -> None:
        now = time.monotonic()
        if now - self._reported_at < REPORT_S:
            return
        self._reported_at = now
        reports = [self._report(ssrc, stream, now) for ssrc, stream in self._streams.items()]
        await self._send(RtcpRrPacket(ssrc=self._own_ssrc, reports=reports))

    def _report(self, ssrc: int, stream: StreamStatistics, now: float) -> RtcpReceiverInfo:
        lost = stream.fraction_lost
        if ssrc == self._main_source:
            self.fraction_lost = lost / 256
        last = self._reports.get(ssrc)
        since = int((now - last.arrived_at) * 65536) if last is not None else 0
        return RtcpReceiverInfo(
            ssrc=ssrc,
            fraction_lost=lost,
            packets_lost=stream.packets_lost,
            highest_sequence=(stream.cycles + (stream.max_seq or 0)) & 0xFFFFFFFF,
            jitter=stream.jitter,
            lsr=last.middle_bits if last is not None else 0,
            dlsr=min(since, 0xFFFFFFFF),
        )
