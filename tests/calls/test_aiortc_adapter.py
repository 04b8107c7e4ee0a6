"""What we rely on in aiortc without being promised it: an upgrade that changes it fails here."""

from __future__ import annotations

import asyncio
import inspect
import itertools
import time
from typing import Self

import aioice
import pytest
from aiortc import RTCRtpReceiver, RTCSessionDescription
from aiortc.exceptions import InvalidStateError
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
    RtpPacket,
    pack_remb_fci,
)

from kiosk.calls.aiortc_adapter import (
    BURST_GAP_S,
    BURST_PACKETS,
    MOST_DATAGRAMS,
    MOST_STREAMS,
    REPORT_S,
    RtpInput,
    _PacedTransport,
    bound_input,
    negotiated_codec,
    new_connection,
    prefer_codec,
    watch_feedback,
    widen_receive_buffers,
)
from kiosk.calls.sdp import finish_offer


def test_packets_reach_a_receiver_by_the_method_we_take_over() -> None:
    source = inspect.getsource(RTCDtlsTransport)
    assert "receiver._handle_rtp_packet(packet, arrival_time_ms=arrival_time_ms)" in source
    assert "recipient._handle_rtcp_packet(packet)" in source
    assert inspect.iscoroutinefunction(RTCRtpReceiver._send_rtcp)


def test_datagrams_reach_the_loop_by_the_queue_we_bound() -> None:
    source = inspect.getsource(aioice.Connection.data_received)
    assert "self._queue.put_nowait((data, component))" in source


async def test_every_gathered_socket_gets_a_wider_buffer() -> None:
    connection = new_connection([])
    connection.addTransceiver("audio")
    await connection.setLocalDescription(await connection.createOffer())
    hosts = connection.localDescription.sdp.count(" typ host")
    assert widen_receive_buffers(connection) == hosts > 0
    await connection.close()


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


async def test_no_server_is_asked_unless_it_is_named() -> None:
    connection = new_connection([])
    transceiver = connection.addTransceiver("audio")
    ice = transceiver.receiver.transport.transport._connection
    assert ice.stun_server is None
    assert ice.turn_server is None
    await connection.close()


async def test_datagrams_that_wait_are_bounded_and_the_end_is_not_lost() -> None:
    connection = new_connection([])
    transceiver = connection.addTransceiver("audio")
    dropped = bound_input(transceiver)
    ice = transceiver.receiver.transport.transport._connection
    for number in range(MOST_DATAGRAMS + 50):
        ice.data_received(number.to_bytes(2, "big"), 1)
    assert ice._queue.qsize() == MOST_DATAGRAMS
    assert dropped() == 50
    assert ice._queue.get_nowait() == ((50).to_bytes(2, "big"), 1)
    ice._queue.put_nowait(None)
    for number in range(MOST_DATAGRAMS):
        ice.data_received(number.to_bytes(2, "big"), 1)
    waiting = [ice._queue.get_nowait() for _ in range(ice._queue.qsize())]
    assert None in waiting
    await connection.close()


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
