"""What aiortc's senders do not offer: bursts paced, codecs chosen, the far end's feedback told."""

from __future__ import annotations

import asyncio
import struct
import time
from typing import Protocol

from aiortc import RTCRtpSender, RTCRtpTransceiver
from aiortc.codecs import is_rtx
from aiortc.exceptions import InvalidStateError
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpCodecCapability
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSrPacket,
    unpack_remb_fci,
)

BURST_PACKETS = 12
BURST_GAP_S = 0.008
"""14 kB each 8 ms are 14 Mb/s: an ordinary frame goes out at once, a key frame in 40 ms."""


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
