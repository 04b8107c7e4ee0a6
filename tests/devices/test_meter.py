"""A microphone's level, and when it is dead or overdriven."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from devices.sound.interface import FRAME_SAMPLES, SAMPLE_RATE_HZ, MicrophoneFigures
from devices.sound.meter import Meter, cut_off, level_dbfs
from devices.sound.speech import speak
from devices.sound.wire import METERED, pack_figures, unpack_figures

Signal = NDArray[np.float64]


def _judged(signal: Signal) -> list[MicrophoneFigures]:
    """All figures on a signal, whose full scale is 1."""
    samples = np.clip(np.round(signal * 32_768), -32_768, 32_767).astype(np.int16)
    meter = Meter()
    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    return [figures for frame in frames if (figures := meter.hear(frame))]


def _noise(dbfs: float, seconds: float = 6) -> Signal:
    rng = np.random.default_rng(7)
    noise: Signal = rng.standard_normal(int(seconds * SAMPLE_RATE_HZ)) * 10 ** (dbfs / 20)
    return noise


def _sine(amplitude: float, seconds: float = 6) -> Signal:
    t = np.arange(int(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    return np.asarray(amplitude * np.sin(2 * np.pi * 440 * t))


@pytest.mark.parametrize(
    ("signal", "silent"),
    [
        (np.zeros(6 * SAMPLE_RATE_HZ), True),
        (np.full(6 * SAMPLE_RATE_HZ, 0.05), True),  # A constant offset is no sound.
        (_noise(-90), True),  # A muted input.
        (_noise(-72), False),  # The quietest of rooms.
        (_noise(-60), False),
        (_sine(0.001), False),
    ],
)
def test_only_a_dead_microphone_is_silent(signal: Signal, silent: bool) -> None:
    figures = _judged(signal)
    assert not figures[48].silent
    assert figures[-1].silent is silent
    assert not any(one.clipping for one in figures)


def test_a_sound_ends_silence_at_once() -> None:
    figures = _judged(np.concatenate([np.zeros(6 * SAMPLE_RATE_HZ), _sine(0.1, 0.2)]))
    assert figures[59].silent
    assert not figures[60].silent


def test_a_pause_between_words_is_no_silence(tmp_path_factory: pytest.TempPathFactory) -> None:
    spoken = speak(tmp_path_factory.mktemp("speech")).astype(np.float64) / 32_768
    figures = _judged(spoken)
    assert not any(one.silent or one.clipping for one in figures)


@pytest.mark.parametrize(("amplitude", "clipping"), [(0.5, False), (0.999, False), (1.5, True)])
def test_what_is_cut_off_is_clipping(amplitude: float, clipping: bool) -> None:
    assert _judged(_sine(amplitude))[-1].clipping is clipping


def test_a_slammed_door_is_not() -> None:
    slam = np.concatenate([_noise(-60, 2), np.sign(_noise(-20, 0.1)), _noise(-60, 2)])
    assert not any(one.clipping for one in _judged(slam))


def test_clipping_ends_once_it_is_over() -> None:
    figures = _judged(np.concatenate([_sine(1.5, 2), _sine(0.3, 4)]))
    assert figures[19].clipping
    assert not figures[-1].clipping


def test_the_level_is_that_of_the_last_tenth_of_a_second() -> None:
    assert _judged(_sine(1.0))[-1].level_dbfs == pytest.approx(-3.01, abs=0.05)
    assert _judged(_sine(0.1))[-1].level_dbfs == pytest.approx(-23.01, abs=0.05)
    assert level_dbfs(np.zeros(480, np.int16)) == -math.inf


@given(st.lists(st.sampled_from([-32_768, -32_700, 0, 32_700, 32_767]), max_size=12))
def test_three_in_a_row_on_one_side_are_a_flat_top(values: list[int]) -> None:
    expected = any(
        all(value > 0 for value in values[at : at + 3])
        or all(value < 0 for value in values[at : at + 3])
        for at in range(len(values) - 2)
    )
    assert cut_off(np.array(values, np.int16)) is expected


@given(st.floats(width=32, allow_nan=False), st.booleans(), st.integers(0, 2**32 - 1))
def test_figures_cross_the_wire(level: float, flag: bool, overruns: int) -> None:
    figures = MicrophoneFigures(level, flag, not flag, overruns)
    assert unpack_figures(pack_figures(figures)) == figures


@given(st.binary(max_size=40))
def test_no_bytes_break_the_figures(data: bytes) -> None:
    figures = unpack_figures(METERED + data)
    assert figures is None or isinstance(figures, MicrophoneFigures)
