"""A track that gives aiortc media already encoded: its public way is an `av.Packet`."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import av
from aiortc import MediaStreamTrack
from aiortc.mediastreams import MediaStreamError

if TYPE_CHECKING:
    from av.stream import Stream

EncodedPacket: TypeAlias = "av.Packet[Stream]"
"""What leaves an encoder; it belongs to no container's stream."""


class PacketTrack(MediaStreamTrack):
    """Encoded packets in a bounded queue; lives on the loop.

    `on_wanted` is called once, when the connection first asks for media: only then is it up.
    `on_overflow` is called when the queue was full and has been emptied.
    """

    def __init__(
        self,
        kind: str,
        limit: int,
        *,
        on_wanted: Callable[[], None],
        on_overflow: Callable[[], None],
    ) -> None:
        super().__init__()
        self.kind = kind
        self._limit = limit
        self._on_wanted: Callable[[], None] | None = on_wanted
        self._on_overflow = on_overflow
        self._queue: deque[EncodedPacket] = deque()
        self._arrived = asyncio.Event()
        self.dropped = 0
        """Packets thrown away because the network side did not keep up."""

    def deliver(self, packet: EncodedPacket) -> None:
        """Queue a packet; call on the loop."""
        if self.readyState != "live":
            return
        if len(self._queue) >= self._limit:
            self.dropped += len(self._queue)
            self._queue.clear()
            self._on_overflow()
        self._queue.append(packet)
        self._arrived.set()

    async def recv(self) -> EncodedPacket:
        """Return the next packet.

        Raises:
            MediaStreamError: the track is stopped.
        """
        if self._on_wanted is not None:
            wanted, self._on_wanted = self._on_wanted, None
            wanted()
        while not self._queue:
            if self.readyState != "live":
                raise MediaStreamError
            self._arrived.clear()
            await self._arrived.wait()
        return self._queue.popleft()

    def stop(self) -> None:
        """End the track; a waiting `recv` ends too."""
        super().stop()
        self._queue.clear()
        self._on_wanted = None
        self._arrived.set()
