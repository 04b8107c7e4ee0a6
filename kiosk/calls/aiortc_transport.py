"""What carries media and data channels, where aiortc does not offer it: routes and order.

aiortc tells two video sections of one transport apart by sources alone, and hands data channels'
messages over first come, first served. Both are mended on the instances that one call uses.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeAlias

from aiortc import RTCDataChannel, RTCPeerConnection, RTCRtpTransceiver
from aiortc.rtcdtlstransport import RtpReceiver
from aiortc.rtp import RtpPacket

MOST_SOURCES = 32
"""SSRCs of one connection; a page's three sections with their retransmissions have five."""
SHORTEST_RTO_S = 0.4
"""Until what was lost is sent again, as in Chromium: aiortc's whole second is felt in typing."""

Message: TypeAlias = tuple[RTCDataChannel, int, bytes]


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


class _Outbox(deque[Message]):
    """The messages that wait for SCTP, those of earlier channels first."""

    def __init__(self, waiting: Sequence[Message], rank: Callable[[RTCDataChannel], int]) -> None:
        super().__init__(waiting)
        self._rank = rank

    def append(self, message: Message) -> None:
        place, own = len(self), self._rank(message[0])
        while place and self._rank(self[place - 1][0]) > own:
            place -= 1
        self.insert(place, message)


def send_in_order(connection: RTCPeerConnection, channels: Sequence[RTCDataChannel]) -> None:
    """Let what is sent on an earlier channel overtake what waits on a later one.

    To be called once, before the connection's offer.
    """
    sctp = connection.sctp
    if sctp is None:
        return
    ranks = {channel: number for number, channel in enumerate(channels)}
    sctp._data_channel_queue = _Outbox(sctp._data_channel_queue, lambda one: ranks.get(one, 0))
    transmit, measured = sctp._transmit, sctp._update_rto

    async def watched_transmit() -> None:
        # aiortc sends from tasks that nobody awaits: a connection that went away meanwhile is
        # noticed, and replaced, by whoever watches it.
        with contextlib.suppress(ConnectionError):
            await transmit()

    def update_rto(round_trip_s: float) -> None:
        measured(round_trip_s)
        if sctp._srtt is not None and sctp._rttvar is not None:
            sctp._rto = min(sctp._rto, max(SHORTEST_RTO_S, sctp._srtt + 4 * sctp._rttvar))

    sctp._transmit = watched_transmit  # type: ignore[method-assign]
    sctp._update_rto = update_rto  # type: ignore[method-assign, assignment]
