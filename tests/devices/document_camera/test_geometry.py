"""Quadrilaterals of any kind: corners in order, sizes within bounds, nothing that crashes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from devices.document_camera import flatten, measure, quads
from devices.document_camera.evidence import gather, shrink
from devices.document_camera.find import to_scale
from devices.document_camera.fit import refine, snap
from devices.document_camera.stretch import stretched

COORDINATES = st.floats(-1e4, 1e4, allow_nan=False)
ANY_QUAD = arrays(np.float64, (4, 2), elements=COORDINATES)
IMAGE = np.random.default_rng(3).integers(0, 255, (120, 160, 3)).astype(np.uint8)
EVIDENCE = gather(IMAGE)


@given(ANY_QUAD)
def test_the_order_keeps_the_corners_and_turns_clockwise(quad: np.ndarray) -> None:
    ring = flatten.clockwise(quad)
    assert sorted(map(tuple, ring)) == sorted(map(tuple, quad))
    middle = ring.mean(0)
    angles = np.unwrap(np.arctan2(ring[:, 1] - middle[1], ring[:, 0] - middle[0]))
    assert angles[-1] - angles[0] < 2 * np.pi + 1e-6


@given(st.floats(-44, 44), st.integers(0, 3), st.booleans())
def test_a_sheet_turned_by_less_than_45_degrees_begins_top_left(
    degrees: float, first: int, mirrored: bool
) -> None:
    flat = np.array([(-30, -40), (30, -40), (30, 40), (-30, 40)], np.float64)
    turn = np.radians(degrees)
    turned = flat @ np.array([(np.cos(turn), np.sin(turn)), (-np.sin(turn), np.cos(turn))])
    told = np.roll(turned[::-1] if mirrored else turned, first, 0)
    assert np.allclose(flatten.clockwise(told), turned)


@given(ANY_QUAD)
def test_any_quad_has_a_shape_of_a_bounded_size(quad: np.ndarray) -> None:
    with np.errstate(all="ignore"):
        shape = flatten.shape_of(quad, 1600, 1200)
    assert 0 < shape.width_mm < 1500
    assert 0 < shape.height_mm < 1500
    assert np.isfinite(shape.dpi)


@settings(deadline=None, max_examples=60)
@given(ANY_QUAD)
def test_any_quad_can_be_measured_snapped_and_stretched(quad: np.ndarray) -> None:
    many = quad[None]
    assert np.isfinite(measure.measure(many, EVIDENCE)).all()
    assert np.isfinite(snap(many, EVIDENCE.lab, 4.0)).all()
    stretched(many, EVIDENCE)
    refine(quad, IMAGE)


def test_a_quad_of_one_point_is_measured() -> None:
    assert np.isfinite(measure.measure(np.zeros((1, 4, 2)), EVIDENCE)).all()
    assert measure.measure(np.zeros((0, 4, 2)), EVIDENCE).shape == (0, len(measure.NAMES))


@given(st.integers(1, 12), st.floats(0, 50))
def test_quads_that_are_kept_are_apart(count: int, distance: float) -> None:
    many = np.random.default_rng(count).uniform(0, 100, (40, 4, 2))
    kept = quads.apart(many, count, distance)
    assert len(kept) <= count
    for index, one in enumerate(kept):
        assert all(np.abs(one - other).max() > distance for other in kept[index + 1 :])


@pytest.mark.parametrize("tilt", [0.0, 10.0, 20.0, 30.0])
def test_the_ratio_is_that_of_the_sheet_whatever_the_tilt(tilt: float) -> None:
    """A pinhole camera of focal length 1500 that looks at A4."""
    flat = np.array([(-105, -148.5, 0), (105, -148.5, 0), (105, 148.5, 0), (-105, 148.5, 0)])
    angle = np.radians(tilt)
    turn = np.array(
        [(1, 0, 0), (0, np.cos(angle), -np.sin(angle)), (0, np.sin(angle), np.cos(angle))]
    )
    space = flat @ turn.T + (10, 5, 500)
    seen = space[:, :2] / space[:, 2:] * 1500 + (800, 600)
    assert flatten.ratio(seen, 1600, 1200) == pytest.approx(210 / 297, rel=0.02)
    assert flatten.shape_of(seen, 1600, 1200).a4


def test_scales_go_there_and_back() -> None:
    points = np.array([(0.0, 0.0), (639, 479)])
    assert np.allclose(to_scale(to_scale(points, 2.5), 0.4), points)
    small, factor = shrink(IMAGE, 80)
    assert small.shape == (60, 80, 3)
    assert factor == 0.5
