"""A receiver's packets and reports, in place of aiortc's own decoding, which is a frame late."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiortc import RTCRtpTransceiver
from aiortc.codecs import is_rtx
from aiortc.rtcrtpreceiver import StreamStatistics
from aiortc.rtp import (
    RTCP_PSFB_APP,
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
    unwrap_rtx,
)

REPORT_S = 1.0
"""Between receiver reports: the far end computes loss and round trip from them."""
MOST_STREAMS = 8
"""Sources per media section; more than audio or video plus its retransmissions is an attack."""


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
