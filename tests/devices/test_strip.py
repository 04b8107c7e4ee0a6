"""The strip that carries a clock in the picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from devices.camera import strip

VALUES = st.integers(1, 2**32 - 1)


def _grey(height: int = 720, width: int = 1280) -> NDArray[np.uint8]:
    return np.full((height, width), 120, np.uint8)


@given(value=VALUES)
@settings(max_examples=50)
def test_what_is_drawn_is_read_back(value: int) -> None:
    luma = _grey(80, 600)
    strip.draw(luma, value)
    assert strip.read(luma) == value


@given(value=VALUES, factor=st.sampled_from([2, 4]))
@settings(max_examples=30)
def test_it_survives_being_shrunk_and_made_noisy(value: int, factor: int) -> None:
    luma = _grey()
    strip.draw(luma, value)
    small = luma.reshape(720 // factor, factor, 1280 // factor, factor).mean((1, 3))
    noise = np.random.default_rng(value).normal(0, 12, small.shape)
    assert strip.read(np.clip(small + noise, 0, 255).astype(np.uint8), 1 / factor) == value


def test_it_is_found_where_the_picture_lies_on_a_screen() -> None:
    screen = np.zeros((1080, 1920), np.uint8)
    luma = _grey()
    strip.draw(luma, 0xC0FFEE01)
    screen[100:820, 300:1580] = luma
    assert strip.read(screen, 1.0, left=300, top=100) == 0xC0FFEE01
    assert strip.read(screen) is None


def test_cells_stand_where_the_format_says() -> None:
    luma = _grey()
    strip.draw(luma, 0x80000001)
    assert luma[32, 32] == luma[47, 47] == 235
    assert luma[32, 48] == luma[16, 16] == luma[63, 559] == 16
    assert luma[40, 32 + 31 * 16] == 235
    assert luma[15, 40] == luma[40, 15] == luma[64, 40] == luma[40, 560] == 120


@pytest.mark.parametrize("kind", ["grey", "noise", "outside", "empty"])
def test_no_strip_reads_as_none(kind: str) -> None:
    if kind == "grey":
        assert strip.read(_grey()) is None
    elif kind == "noise":
        noise = np.random.default_rng(5).integers(0, 256, (720, 1280)).astype(np.uint8)
        assert strip.read(noise) is None
    elif kind == "outside":
        assert strip.read(_grey(40, 300)) is None
    else:
        luma = _grey()
        strip.draw(luma, 0)
        assert strip.read(luma) is None


def test_a_small_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        strip.draw(_grey(48, 1280), 1)


@given(then=VALUES, late=st.integers(-(2**31), 2**31 - 1))
def test_ages_are_right_across_the_wrap(then: int, late: int) -> None:
    assert strip.age_ms(then, (then + late) % 2**32) == late
    assert 0 <= strip.stamp() < 2**32
