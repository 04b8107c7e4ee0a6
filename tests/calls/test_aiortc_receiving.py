"""What is relied on in aiortc's receivers without its being promised: an upgrade fails here."""

from __future__ import annotations

import inspect
from typing import Self

import pytest
from aiortc import RTCRtpReceiver
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtp import (
    RTCP_PSFB_PLI,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
    RtpPacket,
)

from kiosk.calls.aiortc_connection import new_connection
from kiosk.calls.aiortc_receiving import MOST_STREAMS, REPORT_S, RtpInput


def test_packets_reach_a_receiver_by_the_method_we_take_over() -> None:
    source = inspect.getsource(RTCDtlsTransport)
    assert "receiver._handle_rtp_packet(packet, arrival_time_ms=arrival_time_ms)" in source
    assert "recipient._handle_rtcp_packet(packet)" in source
    assert inspect.iscoroutinefunction(RTCRtpReceiver._send_rtcp)


class Input:
    """An `RtpInput` on a negotiated receiver whose answers are kept instead of sent."""

    async def __aenter__(self) -> Self:
        self.connection = new_connection([])
        video = self.connection.addTransceiver("video")
        self.agent = new_connection([])
        await self.connection.setLocalDescription(await self.connection.createOffer())
        await self.agent.setRemoteDescription(self.connection.localDescription)
        await self.agent.setLocalDescription(await self.agent.createAnswer())
        await self.connection.setRemoteDescription(self.agent.localDescription)
        self.taken: list[tuple[int, str]] = []
        self.sent: list[object] = []
        self.input = RtpInput(video, self._take)
        self.receiver = video.receiver
        self.receiver._send_rtcp = self._send  # type: ignore[method-assign,assignment]
        self.payloads = {codec.name: codec.payloadType for codec in reversed(video._codecs)}
        self.rtx = next(
            codec.payloadType
            for codec in video._codecs
            if codec.parameters.get("apt") == self.payloads["VP8"]
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.connection.close()
        await self.agent.close()

    async def _take(self, packet: RtpPacket, codec: str) -> None:
        self.taken.append((packet.sequence_number, codec))

    async def _send(self, packet: object) -> None:
        self.sent.append(packet)

    async def feed(self, payload_type: int | None, ssrc: int, sequence: int, data: bytes) -> None:
        packet = RtpPacket(payload_type or 0, 0, sequence, 1000, ssrc, data)
        await self.receiver._handle_rtp_packet(packet, arrival_time_ms=0)


async def test_packets_are_taken_and_retransmissions_unwrapped() -> None:
    async with Input() as one:
        await one.feed(one.rtx, 8, 1, b"\x00\x05early")
        assert one.taken == []
        await one.feed(one.payloads["VP8"], 7, 10, b"x")
        await one.feed(one.rtx, 8, 2, b"\x00\x09repaired")
        await one.feed(one.rtx, 8, 3, b"\x00")
        await one.feed(3, 7, 11, b"unknown payload type")
        assert one.taken == [(10, "VP8"), (9, "VP8")]
        assert one.input.bytes_received > 0
        assert one.input.last_packet_at is not None


async def test_only_so_many_sources_are_heard() -> None:
    async with Input() as one:
        for ssrc in range(100, 200):
            await one.feed(one.payloads["VP8"], ssrc, 1, b"x")
        assert len(one.input.sources) == MOST_STREAMS
        assert len(one.taken) == MOST_STREAMS


async def test_answers_to_the_far_end() -> None:
    async with Input() as one:
        await one.input.ask_again([3])
        await one.input.ask_key_frame()
        assert one.sent == []
        await one.feed(one.payloads["VP8"], 7, 10, b"x")
        await one.input.ask_again([3, 2])
        await one.input.ask_key_frame()
        await one.input.tell_estimate(2_000_000, one.input.sources)
        nack, pli, remb = one.sent
        assert isinstance(nack, RtcpRtpfbPacket)
        assert (nack.media_ssrc, nack.lost) == (7, [2, 3])
        assert isinstance(pli, RtcpPsfbPacket)
        assert pli.fmt == RTCP_PSFB_PLI
        assert isinstance(remb, RtcpPsfbPacket)
        assert bytes(remb)


async def test_reports_carry_loss_and_the_sender_s_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Input() as one:
        for sequence in (10, 11, 12, 16):
            await one.feed(one.payloads["VP8"], 7, sequence, b"x")
        info = RtcpSenderInfo(0x1122_3344_5566_7788, 0, 0, 0)
        await one.receiver._handle_rtcp_packet(RtcpSrPacket(ssrc=7, sender_info=info))
        one.input._reported_at -= REPORT_S
        await one.feed(one.payloads["VP8"], 7, 17, b"x")
        (sent,) = one.sent
        assert isinstance(sent, RtcpRrPacket)
        (report,) = sent.reports
        assert report.lsr == 0x3344_5566
        assert report.packets_lost == 3
        assert one.input.fraction_lost == pytest.approx(3 / 8, abs=0.01)
