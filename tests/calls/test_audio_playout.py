"""Order, concealment and bounds of the agent's voice."""

from __future__ import annotations

import asyncio
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ, Samples
from kiosk.calls.audio_playout import LONGEST_S, MOST_CONCEALED, MOST_HELD, Playout
from kiosk.calls.audio_send import PACKET_SAMPLES, AudioSender
from tests.calls.pictures import hum

PACKET_S = PACKET_SAMPLES / SAMPLE_RATE_HZ


async def opus(count: int) -> list[bytes]:
    """So many packets of a tone, as the booth's own sender makes them."""
    packets: list[bytes] = []
    sender = AudioSender(asyncio.get_running_loop())
    sender.attach(lambda packet: packets.append(bytes(packet)))
    for number in range(2 * (count + 1)):
        sender.hear(hum(number * FRAME_SAMPLES))
        await asyncio.sleep(0)
    sender.close()
    return packets[:count]


class Heard:
    """A playout, what it played, and the clock."""

    def __init__(self) -> None:
        self.pieces: list[Samples] = []
        self.playout = Playout(self.pieces.append)
        self.now = 10.0

    @property
    def sound(self) -> Samples:
        return np.concatenate(self.pieces)

    def run(
        self, packets: dict[int, bytes], until: int, late: dict[int, float] | None = None
    ) -> None:
        """Packet n comes at n · 20 ms (plus `late[n]`); the timer runs as it asks to."""
        late = late or {}
        arrivals = sorted((self.now + n * PACKET_S + late.get(n, 0.0), n) for n in packets)
        due = self.now
        end = self.now + until * PACKET_S
        while self.now < end:
            if arrivals and arrivals[0][0] <= due:
                self.now, number = arrivals.pop(0)
                self.playout.packet(number & 0xFFFF, packets[number], self.now)
                due = self.playout.tick(self.now)
            else:
                self.now = due
                due = self.playout.tick(self.now)


def level(sound: Samples) -> float:
    return float(np.sqrt(np.mean(sound.astype(np.float64) ** 2)))


async def test_all_that_comes_is_played_once_and_in_order() -> None:
    packets = dict(enumerate(await opus(50)))
    heard = Heard()
    heard.run(packets, 50)
    assert heard.playout.counts.played == 50
    assert heard.playout.counts.concealed <= MOST_CONCEALED
    assert level(heard.sound[4800:43_200]) == pytest.approx(8000 / np.sqrt(2), rel=0.1)


async def test_sound_goes_on_through_a_lost_packet() -> None:
    """The decoder makes up a tone where a packet is missing, not silence."""
    packets = dict(enumerate(await opus(40)))
    del packets[20]
    heard = Heard()
    heard.run(packets, 40)
    pieces = heard.sound[: 39 * PACKET_SAMPLES].reshape(-1, PACKET_SAMPLES)
    assert heard.playout.counts.concealed == 1
    assert min(level(piece) for piece in pieces[5:38]) > 1500


async def test_concealment_fades_and_ends() -> None:
    packets = dict(enumerate(await opus(20)))
    heard = Heard()
    heard.run(packets, 60)
    assert heard.playout.counts.concealed == MOST_CONCEALED
    assert level(heard.sound[-PACKET_SAMPLES:]) < 0.5 * level(heard.sound[9600:14_400])


async def test_packets_in_disorder_are_put_in_order() -> None:
    packets = dict(enumerate(await opus(60)))
    rng = random.Random(2)
    heard = Heard()
    heard.run(packets, 62, {n: rng.random() * 0.03 for n in packets if n > 3})
    assert heard.playout.counts.played + heard.playout.counts.late == 60
    assert heard.playout.counts.played >= 58


async def test_the_delay_is_bounded_whatever_comes() -> None:
    """Two hundred packets at once: what waits never exceeds the loudspeaker's queue."""
    packets = await opus(50)
    heard = Heard()
    for number in range(200):
        heard.playout.packet(number, packets[number % 50], heard.now)
        assert heard.playout.level(heard.now) <= LONGEST_S
    assert len(heard.playout._held) <= MOST_HELD


async def test_a_jump_in_numbers_is_followed() -> None:
    packets = await opus(20)
    heard = Heard()
    heard.run(dict(enumerate(packets)), 20)
    heard.run({30_000 + n: packet for n, packet in enumerate(packets)}, 0)
    for n, packet in enumerate(packets):
        heard.playout.packet(30_000 + n, packet, heard.now + n * PACKET_S)
    assert heard.playout.counts.played >= 38
    for n, packet in enumerate(packets):
        heard.playout.packet(10_000 + n, packet, heard.now + n * PACKET_S)
    assert heard.playout.counts.played >= 56


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 65_535), st.binary(max_size=60)), max_size=40))
def test_hostile_packets_never_break_it(packets: list[tuple[int, bytes]]) -> None:
    heard = Heard()
    for at, (sequence, payload) in enumerate(packets):
        heard.playout.packet(sequence, payload, 10 + at * 0.02)
        assert heard.playout.tick(10 + at * 0.02) > 10 + at * 0.02
        assert len(heard.playout._held) <= MOST_HELD
    heard.playout.packet(1, b"x" * 5000, 20)
