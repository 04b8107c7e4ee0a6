"""What `kiosk.calls.aiortc_adapter` is for media, this is for what carries it: routes and order.

aiortc tells two video sections of one transport apart by sources alone, and hands data channels'
messages over first come, first served. Both are mended on the instances that one call uses.
"""

from __future__ import annotations

from aiortc import RTCRtpTransceiver
from aiortc.rtcdtlstransport import RtpReceiver
from aiortc.rtp import RtpPacket

MOST_SOURCES = 32
"""SSRCs of one connection; a page's three sections with their retransmissions have five."""


def route_by_mid(transceiver: RTCRtpTransceiver) -> None:
    """Let a source that no description named find its section by the MID it carries.

    RFC 8843, 9.2. Any transceiver of the bundle will do; to be called before media flows. Two video
    sections have the same payload types, and a sender that starts later may have a source of its
    own.
    """
    router = transceiver.receiver.transport._rtp_router
    known = router.route_rtp

    def route(packet: RtpPacket) -> RtpReceiver | None:
        receiver = known(packet)
        if receiver is not None or packet.ssrc in router.ssrc_table:
            return receiver
        named = router.mid_table.get(packet.extensions.mid)
        fits = named in router.payload_type_table.get(packet.payload_type, ())
        if named is None or not fits or len(router.ssrc_table) >= MOST_SOURCES:
            return None
        router.ssrc_table[packet.ssrc] = named
        return named

    router.route_rtp = route  # type: ignore[method-assign]
