"""The data channels of one connection: one for each of the call's lanes."""

from __future__ import annotations

from collections.abc import Sequence

from aiortc import RTCDataChannel, RTCPeerConnection

from kiosk.calls.aiortc_transport import send_in_order
from kiosk.calls.lane import Lane


class ChannelPipe:
    """One data channel, as its lane sees it."""

    def __init__(self, channel: RTCDataChannel) -> None:
        self._channel = channel

    @property
    def buffered(self) -> int:
        """Bytes handed over that have not left this machine."""
        return self._channel.bufferedAmount

    def send(self, data: str | bytes) -> None:
        """Send a message; one that the channel can no longer carry is lost, without an error."""
        if self._channel.readyState == "open":
            self._channel.send(data)


class Channels:
    """Opens a channel for each lane, and parts them again; lives on the loop.

    Where the line is full the earlier lanes go first.
    """

    def __init__(self, connection: RTCPeerConnection, lanes: Sequence[Lane]) -> None:
        """To be made before the connection's offer."""
        self._open: list[tuple[Lane, ChannelPipe]] = []
        self._closed = False
        send_in_order(connection, [self._join(connection, lane) for lane in lanes])

    def close(self) -> None:
        """Tell the lanes that this connection's channels are gone; nothing is taken after it."""
        self._closed = True
        while self._open:
            lane, pipe = self._open.pop()
            lane.closed(pipe)

    def _join(self, connection: RTCPeerConnection, lane: Lane) -> RTCDataChannel:
        channel = connection.createDataChannel(
            lane.label, ordered=not lane.lossy, maxRetransmits=0 if lane.lossy else None
        )
        pipe = ChannelPipe(channel)

        def opened() -> None:
            if not self._closed:
                self._open.append((lane, pipe))
                lane.open(pipe)

        def closed() -> None:
            if (lane, pipe) in self._open:
                self._open.remove((lane, pipe))
                lane.closed(pipe)

        def take(data: str | bytes) -> None:
            if not self._closed:
                lane.take(data)

        channel.on("open", opened)
        channel.on("close", closed)
        channel.on("message", take)
        return channel
