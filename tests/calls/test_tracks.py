"""Bounded tracks of encoded packets."""

from __future__ import annotations

import asyncio

import av
import pytest
from aiortc.mediastreams import MediaStreamError

from kiosk.calls.tracks import PacketTrack


class Watched:
    """A track with its two events counted."""

    def __init__(self, limit: int = 3) -> None:
        self.wanted = self.overflows = 0
        self.track = PacketTrack("video", limit, on_wanted=self._want, on_overflow=self._overflow)

    def _want(self) -> None:
        self.wanted += 1

    def _overflow(self) -> None:
        self.overflows += 1


async def test_packets_come_in_order_and_the_first_wish_is_told_once() -> None:
    watched = Watched()
    packets = [av.Packet(bytes([n])) for n in range(3)]
    for packet in packets:
        watched.track.deliver(packet)
    assert watched.wanted == 0
    assert [await watched.track.recv() for _ in packets] == packets
    assert watched.wanted == 1


async def test_it_waits_for_a_packet() -> None:
    watched = Watched()
    waiting = asyncio.create_task(watched.track.recv())
    await asyncio.sleep(0)
    packet = av.Packet(b"x")
    watched.track.deliver(packet)
    assert await waiting is packet


async def test_a_full_queue_is_emptied_counted_and_told() -> None:
    watched = Watched(limit=3)
    for number in range(4):
        watched.track.deliver(av.Packet(bytes([number])))
    assert (watched.overflows, watched.track.dropped) == (1, 3)
    assert bytes(await watched.track.recv()) == b"\x03"


async def test_stop_ends_a_waiting_reader() -> None:
    watched = Watched()
    waiting = asyncio.create_task(watched.track.recv())
    await asyncio.sleep(0)
    watched.track.stop()
    with pytest.raises(MediaStreamError):
        await waiting
    watched.track.deliver(av.Packet(b"x"))
    with pytest.raises(MediaStreamError):
        await watched.track.recv()
