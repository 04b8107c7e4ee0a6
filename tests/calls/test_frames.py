"""Packets to frames, through loss, disorder and long silences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.calls.frames import (
    KEY_FRAME_RETRY_S,
    MOST_ASKED,
    MOST_PACKETS,
    PATIENCE_S,
    EncodedFrame,
    FrameAssembler,
)
from kiosk.calls.payloads import Piece

PER_FRAME = 3


class Stream:
    """Packets of a made-up stream: three to a frame, the first frame a key frame."""

    def __init__(self, first: int = 65_530) -> None:
        self.first = first
        self.assembler = FrameAssembler()
        self.now = 100.0

    def send(self, *numbers: int, key_every: int = 1000) -> list[EncodedFrame]:
        frames = []
        for number in numbers:
            frame, part = divmod(number, PER_FRAME)
            self.now += 0.001
            frames += self.assembler.add(
                (self.first + number) & 0xFFFF,
                frame * 3000,
                part == PER_FRAME - 1,
                Piece(f"{frame}.{part} ".encode(), part == 0 and frame % key_every == 0),
                self.now,
            )
        return frames

    def number(self, sequence: int) -> int:
        return (sequence - self.first) & 0xFFFF


def whole(frame: int) -> bytes:
    return b"".join(f"{frame}.{part} ".encode() for part in range(PER_FRAME))


def test_a_frame_is_whole_with_its_last_packet() -> None:
    stream = Stream()
    assert stream.send(0, 1) == []
    (frame,) = stream.send(2)
    assert frame.data == whole(0)
    assert frame.timestamp == 0
    assert frame.arrived_at == stream.now


def test_numbers_wrap() -> None:
    frames = Stream().send(*range(30))
    assert [frame.data for frame in frames] == [whole(n) for n in range(10)]


def test_nothing_is_shown_before_a_key_frame() -> None:
    stream = Stream()
    assert stream.send(*range(3, 9)) == []
    assert stream.assembler.wants_key_frame(stream.now)
    assert not stream.assembler.wants_key_frame(stream.now)
    assert stream.assembler.wants_key_frame(stream.now + KEY_FRAME_RETRY_S + 0.01)


def test_a_lost_packet_is_asked_for_again_until_it_comes() -> None:
    stream = Stream()
    stream.send(0, 1, 2, 3, 5, 6)
    lost = stream.assembler.lost(stream.now)
    assert [stream.number(sequence) for sequence in lost] == [4]
    assert stream.assembler.lost(stream.now) == []
    stream.assembler.round_trip_s = 0.2
    assert stream.assembler.lost(stream.now + 0.2) == []
    assert stream.assembler.lost(stream.now + 0.3) == lost
    assert [frame.data for frame in stream.send(4, 7, 8)] == [whole(1), whole(2)]


def test_what_never_comes_is_given_up_for_a_key_frame() -> None:
    stream = Stream()
    stream.send(*range(3), 4, 5, 6, 7, 8)
    assert not stream.assembler.wants_key_frame(stream.now)
    stream.now += PATIENCE_S + 0.01
    assert stream.assembler.wants_key_frame(stream.now)
    assert stream.assembler.given_up == 1
    assert stream.send(9, 10, 11) == []
    assert stream.assembler.lost(stream.now) == []
    frames = stream.send(*range(12, 18), key_every=4)
    assert [frame.data for frame in frames] == [whole(4), whole(5)]


def test_a_key_frame_already_here_ends_the_wait() -> None:
    stream = Stream()
    stream.send(*range(3), 4, 5, key_every=4)
    stream.send(*range(12, 15), key_every=4)
    stream.now += PATIENCE_S + 0.01
    assert not stream.assembler.wants_key_frame(stream.now)
    assert [frame.data for frame in stream.send(15, 16, 17)] == [whole(4), whole(5)]


def test_after_a_long_silence_it_goes_on_from_a_key_frame_at_once() -> None:
    """The gap of five seconds is not asked for packet by packet."""
    stream = Stream()
    stream.send(*range(6))
    stream.now += 5
    assert stream.send(*range(1500, 1503), key_every=1000) == []
    assert stream.assembler.lost(stream.now) == []
    assert stream.assembler.wants_key_frame(stream.now)
    assert [f.data for f in stream.send(*range(1503, 1506), key_every=501)] == [whole(501)]


def test_what_waits_is_bounded() -> None:
    stream = Stream()
    stream.send(0, 1, 2)
    for number in range(4, MOST_PACKETS + 200):
        stream.send(number)
        assert len(stream.assembler._packets) <= MOST_PACKETS + 1
        assert len(stream.assembler.lost(stream.now)) <= MOST_ASKED
    assert stream.assembler.given_up == 1


def test_a_decoder_that_failed_needs_a_key_frame() -> None:
    stream = Stream()
    stream.send(*range(6))
    stream.assembler.decoder_failed()
    assert stream.send(6, 7, 8) == []
    assert stream.assembler.wants_key_frame(stream.now)


@given(
    order=st.permutations(range(60)),
    twice=st.lists(st.integers(0, 59), max_size=20),
    window=st.integers(1, 12),
)
def test_disorder_and_doubles_change_nothing(
    order: list[int], twice: list[int], window: int
) -> None:
    """Packets displaced by up to `window`, some of them twice, give every frame once, in order."""
    stream = Stream()
    sequence = sorted(range(3, 60), key=lambda n: n + order.index(n) % window)
    for position in twice:
        sequence.insert(position % len(sequence), sequence[position % len(sequence)])
    frames = stream.send(0, 1, 2, *sequence)
    assert [frame.data for frame in frames] == [whole(n) for n in range(20)]


@given(st.lists(st.tuples(st.integers(0, 65_535), st.integers(0, 9), st.booleans(), st.booleans())))
def test_hostile_numbers_never_break_it(packets: list[tuple[int, int, bool, bool]]) -> None:
    assembler = FrameAssembler()
    for at, (sequence, timestamp, marker, key) in enumerate(packets):
        now = at * 0.01
        assembler.add(sequence, timestamp, marker, Piece(b"x", key), now)
        assert len(assembler.lost(now)) <= MOST_ASKED
        assembler.wants_key_frame(now)
        assert len(assembler._packets) <= MOST_PACKETS + 1
        assert len(assembler._gaps) <= MOST_PACKETS + MOST_ASKED
