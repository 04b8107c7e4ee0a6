"""Routes and order below aiortc's public surface: an upgrade that changes them fails here."""

from __future__ import annotations

import inspect

from aiortc import RTCRtpTransceiver
from aiortc.rtcsctptransport import RTCSctpTransport
from aiortc.rtp import RtpPacket

from kiosk.calls.aiortc_connection import new_connection
from kiosk.calls.aiortc_transport import (
    MOST_SOURCES,
    route_by_mid,
    send_in_order,
)

VP8 = 97


def two_pictures() -> tuple[RTCRtpTransceiver, RTCRtpTransceiver]:
    """Two sections of one transport, as they stand once both sides have agreed on VP8."""
    connection = new_connection([])
    first = connection.addTransceiver("video")
    second = connection.addTransceiver("video", "recvonly")
    router = first.receiver.transport._rtp_router
    for mid, transceiver in (("1", first), ("2", second)):
        router.register_receiver(transceiver.receiver, [], [VP8], mid)
    return first, second


def packet(source: int, mid: str | None, payload_type: int = VP8) -> RtpPacket:
    made = RtpPacket(payload_type=payload_type, ssrc=source)
    made.extensions.mid = mid
    return made


async def test_an_unnamed_source_finds_its_section_by_its_mid_and_keeps_it() -> None:
    first, second = two_pictures()
    router = first.receiver.transport._rtp_router
    assert router.route_rtp(packet(7, "2")) is None, "aiortc can do it now"
    route_by_mid(first)
    assert router.route_rtp(packet(7, "2")) is second.receiver
    assert router.route_rtp(packet(8, "1")) is first.receiver
    # Senders leave the MID out once they know that it was heard (RFC 8852, 4).
    assert router.route_rtp(packet(7, None)) is second.receiver


async def test_what_names_no_section_or_comes_from_too_many_sources_is_dropped() -> None:
    first, _ = two_pictures()
    route_by_mid(first)
    router = first.receiver.transport._rtp_router
    assert router.route_rtp(packet(7, None)) is None
    assert router.route_rtp(packet(7, "3")) is None
    assert router.route_rtp(packet(7, "2", payload_type=111)) is None
    taken = [router.route_rtp(packet(source, "2")) for source in range(100, 200)]
    assert sum(one is not None for one in taken) == MOST_SOURCES


async def test_an_earlier_channel_overtakes_a_later_one_and_keeps_its_own_order() -> None:
    connection = new_connection([])
    text = connection.createDataChannel("text")
    bulk = connection.createDataChannel("bulk")
    send_in_order(connection, [text, bulk])
    sctp = connection.sctp
    assert sctp is not None
    for channel, data in ((bulk, b"1"), (bulk, b"2"), (text, b"a"), (bulk, b"3"), (text, b"b")):
        sctp._data_channel_queue.append((channel, 53, data))
    sent = [sctp._data_channel_queue.popleft() for _ in range(7)]
    # The first of each channel opens it (RFC 8832).
    assert [(one.label, data) for one, _, data in sent if len(data) == 1] == [
        ("text", b"a"),
        ("text", b"b"),
        ("bulk", b"1"),
        ("bulk", b"2"),
        ("bulk", b"3"),
    ]


def test_sctp_sends_by_the_names_that_we_take_over() -> None:
    source = inspect.getsource(RTCSctpTransport)
    assert "self._data_channel_queue.append((channel, pp_id, user_data))" in source
    assert "self._data_channel_queue.popleft()" in source
    assert "await self._transmit()" in source
    assert "self._update_rto(received_time - schunk._sent_time)" in source
