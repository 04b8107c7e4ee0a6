"""The queue in front of the loudspeaker, and the volume."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.sound.interface import Samples
from devices.sound.playout import (
    CAPACITY_SAMPLES,
    MAX_SAMPLES,
    START_SAMPLES,
    TARGET_SAMPLES,
    PlayoutRing,
)
from devices.sound.volume import Volume, gain_of

FRAME = 480


def _sine(count: int, start: int = 0) -> Samples:
    wave = 8000 * np.sin(2 * np.pi * 440 * (np.arange(count) + start) / 48_000)
    return np.asarray(wave, np.int16)


def _read(ring: PlayoutRing, count: int = FRAME) -> Samples:
    out = np.empty(count, np.int16)
    ring.read_into(out)
    return out


def test_it_waits_for_a_start_then_plays_exactly_what_came() -> None:
    ring = PlayoutRing()
    sound = _sine(START_SAMPLES + 5 * FRAME)
    ring.write(sound[:FRAME])
    assert not _read(ring).any()
    ring.write(sound[FRAME:])
    played = np.concatenate([_read(ring) for _ in range(8)])
    assert np.array_equal(played[240:], sound[240 : len(played)])
    assert (ring.underruns, ring.dropped) == (0, 0)


@pytest.mark.parametrize("rest", [0, 27, 100, 400])
def test_running_dry_fades_out_and_in_again(rest: int) -> None:
    ring = PlayoutRing()
    ring.write(_sine(START_SAMPLES + rest))
    played = np.concatenate([_read(ring) for _ in range(6)])
    assert ring.underruns == 1
    assert ring.level == 0
    # 440 Hz at 8000 moves by 460 a sample; a click would jump by thousands.
    assert np.abs(np.diff(played.astype(int))).max() < 600
    ring.write(_sine(FRAME))
    assert not _read(ring).any()
    ring.write(_sine(START_SAMPLES))
    assert abs(int(_read(ring)[0])) < 50


def test_what_is_flushed_is_not_played_but_for_a_fade() -> None:
    ring = PlayoutRing()
    ring.write(_sine(START_SAMPLES + 5 * FRAME))
    for _ in range(2):
        _read(ring)
    ring.flush()
    fade = _read(ring)
    assert np.abs(np.diff(fade.astype(int))).max() < 600
    assert not fade[240:].any()
    assert ring.level == 0
    assert not _read(ring).any()
    ring.write(_sine(START_SAMPLES))
    assert _read(ring).any()


def test_what_is_flushed_before_it_began_leaves_no_trace() -> None:
    ring = PlayoutRing()
    ring.write(_sine(START_SAMPLES))
    ring.flush()
    ring.write(np.full(START_SAMPLES, 77, np.int16))
    assert not _read(ring).any()
    played = np.concatenate([_read(ring) for _ in range(4)])
    assert set(played[240:].tolist()) == {77}


def test_a_burst_is_cut_without_a_click() -> None:
    ring = PlayoutRing()
    ring.write(_sine(START_SAMPLES))
    _read(ring)
    ring.write(_sine(MAX_SAMPLES + 10 * FRAME, START_SAMPLES))
    played = np.concatenate([_read(ring) for _ in range(3)])
    assert ring.level <= TARGET_SAMPLES
    assert ring.dropped > 0
    assert np.abs(np.diff(played[240:].astype(int))).max() < 600


def test_a_queue_that_stays_long_is_trimmed_gently() -> None:
    ring = PlayoutRing()
    ring.write(_sine(TARGET_SAMPLES + 4 * FRAME))
    for number in range(1200):
        ring.write(_sine(FRAME, number * FRAME))
        _read(ring)
    assert ring.level <= TARGET_SAMPLES + 2 * FRAME
    assert 0 < ring.dropped <= 12 * 240
    assert ring.underruns == 0


def test_a_clock_that_is_100_ppm_fast_adds_no_delay() -> None:
    ring = PlayoutRing()
    owed = 0.0
    highest = 0
    for number in range(60_000):  # Ten minutes.
        owed += FRAME * 1.0001
        count = int(owed)
        owed -= count
        ring.write(np.zeros(count, np.int16))
        _read(ring)
        if number > 1000:
            highest = max(highest, ring.level)
    assert highest <= TARGET_SAMPLES + 2 * FRAME
    assert ring.underruns == 0


def test_a_writer_without_a_reader_is_bounded() -> None:
    ring = PlayoutRing()
    for _ in range(100):
        ring.write(_sine(FRAME))
    assert ring.level == CAPACITY_SAMPLES
    assert ring.dropped == 100 * FRAME - CAPACITY_SAMPLES
    _read(ring)
    assert ring.level <= MAX_SAMPLES


@given(sizes=st.lists(st.tuples(st.integers(0, 5000), st.integers(240, 2000)), max_size=60))
@settings(max_examples=60)
def test_no_pattern_of_writes_and_reads_breaks_it(sizes: list[tuple[int, int]]) -> None:
    ring = PlayoutRing()
    for written, read in sizes:
        ring.write(_sine(written))
        assert len(_read(ring, read)) == read
        assert 0 <= ring.level <= CAPACITY_SAMPLES


def test_ten_is_full_zero_is_silence_and_steps_are_even() -> None:
    assert gain_of(10) == gain_of(99) == 1.0
    assert gain_of(0) == gain_of(-1) == 0.0
    for step in range(2, 11):
        assert 20 * np.log10(gain_of(step) / gain_of(step - 1)) == pytest.approx(3)


def test_a_change_of_volume_has_no_click() -> None:
    volume = Volume(FRAME, step=10)
    volume.set(0)
    block = np.full(FRAME, 10_000, np.int16)
    volume.apply(block)
    assert block[0] > 9900
    assert block[-1] == 0
    assert np.abs(np.diff(block.astype(int))).max() < 50
    block = np.full(FRAME, 10_000, np.int16)
    volume.apply(block)
    assert not block.any()
    volume.set(10)
    volume.apply(block)
    block = _sine(FRAME)
    volume.apply(block)
    assert np.array_equal(block, _sine(FRAME))
