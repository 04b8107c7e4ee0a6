"""Where a connection of aiortc's has no public way: its servers, sockets, route and input queue."""

from __future__ import annotations

import socket
from collections.abc import Callable

from aiortc import RTCConfiguration, RTCPeerConnection, RTCRtpTransceiver
from aiortc.rtcconfiguration import RTCBundlePolicy, RTCIceServer

MOST_DATAGRAMS = 300
"""One second at 2.5 Mb/s: beyond it, what waits is too old to be worth decoding."""
RECEIVE_BUFFER_BYTES = 1 << 20
"""A second of video, counted as the kernel counts small datagrams; Linux's default holds a third.
The kernel grants what `net.core.rmem_max` allows, silently."""


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
