"""What is relied on in aiortc's senders without its being promised: an upgrade fails here."""

from __future__ import annotations

import asyncio
import itertools
import time

import pytest
from aiortc import RTCSessionDescription
from aiortc.exceptions import InvalidStateError
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    pack_remb_fci,
)

from kiosk.calls.aiortc_connection import new_connection
from kiosk.calls.aiortc_sending import (
    BURST_GAP_S,
    BURST_PACKETS,
    _PacedTransport,
    negotiated_codec,
    prefer_codec,
    watch_feedback,
)
from kiosk.calls.sdp import finish_offer


class Told:
    """A `Feedback` that writes down what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, float]] = []
        self.repair = True

    def remb(self, bitrate_bps: int) -> None:
        self.heard.append(("remb", bitrate_bps))

    def loss(self, fraction: float) -> None:
        self.heard.append(("loss", fraction))

    def key_frame(self) -> None:
        self.heard.append(("key", 1))

    def may_repair(self, packets: int) -> bool:
        self.heard.append(("repair", packets))
        return self.repair


async def test_the_far_end_s_feedback_is_told() -> None:
    connection = new_connection([])
    sender = connection.addTransceiver("video").sender
    told = Told()
    watch_feedback(sender, told)
    ssrc = sender._ssrc
    report = RtcpReceiverInfo(ssrc, 64, 10, 100, 0, 0, 0)
    for packet in (
        RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=1, media_ssrc=0, fci=pack_remb_fci(800_000, [ssrc])),
        RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=1, media_ssrc=0, fci=pack_remb_fci(1, [ssrc ^ 1])),
        RtcpPsfbPacket(fmt=RTCP_PSFB_APP, ssrc=1, media_ssrc=0, fci=b"REMB\xff\x00\x00\x00"),
        RtcpPsfbPacket(fmt=RTCP_PSFB_PLI, ssrc=1, media_ssrc=ssrc),
        RtcpRtpfbPacket(fmt=RTCP_RTPFB_NACK, ssrc=1, media_ssrc=ssrc, lost=[1, 2]),
        RtcpRrPacket(ssrc=1, reports=[report]),
    ):
        await sender._handle_rtcp_packet(packet)
    assert told.heard == [("remb", 800_000), ("key", 1), ("repair", 2), ("loss", 0.25)]
    reports = [stats.type for stats in (await sender.getStats()).values()]
    assert "remote-inbound-rtp" in reports
    await connection.close()


async def test_each_codec_can_be_put_first() -> None:
    for name in ("VP8", "H264"):
        booth, agent = new_connection([]), new_connection([])
        booth.addTransceiver("audio")
        video = booth.addTransceiver("video")
        prefer_codec(video, name)
        with pytest.raises(InvalidStateError):
            negotiated_codec(video)
        await booth.setLocalDescription(await booth.createOffer())
        offer = finish_offer(booth.localDescription.sdp, start_kbps=1000, max_kbps=2000)
        await agent.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        await agent.setLocalDescription(await agent.createAnswer())
        await booth.setRemoteDescription(agent.localDescription)
        assert negotiated_codec(video) == name
        await booth.close()
        await agent.close()


class SlowTransport:
    """A transport that notes when packets leave."""

    def __init__(self) -> None:
        self.left: list[float] = []

    async def _send_rtp(self, data: bytes) -> None:
        self.left.append(time.monotonic())


async def test_a_key_frame_leaves_in_small_bursts_and_a_small_frame_at_once() -> None:
    transport = SlowTransport()
    paced = _PacedTransport(transport)  # type: ignore[arg-type]
    for _ in range(3 * BURST_PACKETS):
        await paced._send_rtp(b"x")
    gaps = [after - before for before, after in itertools.pairwise(transport.left)]
    assert sum(gap >= BURST_GAP_S * 0.9 for gap in gaps) == 2
    await asyncio.sleep(2 * BURST_GAP_S)
    before = len(transport.left)
    for _ in range(5):
        await paced._send_rtp(b"x")
    assert len(transport.left) == before + 5
    assert paced.left is transport.left
