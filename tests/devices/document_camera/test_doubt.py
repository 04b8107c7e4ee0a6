"""Desks with joints, bricks or stripes: what is the desk again is no sheet, paper upon it is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from devices.document_camera.doubt import doubt, sides_at_rim, unlikeness
from devices.document_camera.evidence import Image, gather
from devices.document_camera.find import Finder

WIDTH, HEIGHT = 640, 480
SHEET = np.array([(180.0, 90), (450, 100), (440, 400), (170, 390)])


def tiled(step: int, staggered: int) -> Image:
    """Grey tiles with light joints, each with a grain and a shade of its own."""
    random = np.random.default_rng(step)
    desk = 120 + random.normal(0, 9, (HEIGHT, WIDTH))
    for row, top in enumerate(range(-step // 2, HEIGHT, step)):
        for left in range(-step - (row % 2) * staggered, WIDTH, 2 * step):
            tile = np.s_[max(top, 0) : max(top + step - 5, 0), max(left, 0) : left + 2 * step - 5]
            desk[tile] += random.uniform(-6, 6) - 45
    soft = cv2.GaussianBlur(desk, (0, 0), 1.0)
    return np.dstack([np.clip(soft, 0, 255).astype(np.uint8)] * 3)


def striped() -> Image:
    """Bars of two colours, 40 px wide."""
    share = (np.arange(WIDTH) // 40 % 2)[None, :, None] * np.ones((HEIGHT, 1, 1))
    return (np.array((60, 60, 170)) * share + np.array((90, 150, 80)) * (1 - share)).astype(
        np.uint8
    )


def with_sheet(desk: Image) -> Image:
    """A white sheet with a few lines of print."""
    image = desk.copy()
    cv2.fillConvexPoly(image, SHEET.astype(np.int32), (232, 236, 238), cv2.LINE_AA)
    for row in range(150, 350, 16):
        cv2.line(image, (215, row), (400, row + 6), (50, 50, 50), 2, cv2.LINE_AA)
    return image


@pytest.mark.parametrize(("step", "staggered"), [(90, 0), (150, 0), (220, 110)])
def test_tiles_and_bricks_are_no_sheet(step: int, staggered: int) -> None:
    assert Finder().find(tiled(step, staggered)) is None


@pytest.mark.parametrize("desk", [tiled(150, 0), striped()])
def test_a_sheet_upon_them_is_found_and_not_doubted(desk: Image) -> None:
    image = with_sheet(desk)
    assert doubt(SHEET[None], gather(image))[0] == 0
    found = Finder().find(image)
    assert found is not None
    assert np.abs(found.corners - SHEET).max() < 4


def test_stripes_alone_are_doubted_where_they_go_on() -> None:
    """The unlikeness of a quad that nothing sets apart from the stripes is next to none."""
    evidence = gather(striped())
    assert unlikeness(SHEET[None], evidence)[0].min() < 0.1
    assert doubt(SHEET[None], evidence)[0] > 3


def test_sides_along_the_rim_are_counted() -> None:
    right, bottom = WIDTH - 1, HEIGHT - 1
    half = np.array([(0, 0), (300, 0), (300, bottom), (0, bottom)], np.float64)
    whole = np.array([(0, 0), (right, 0), (right, bottom), (0, bottom)], np.float64)
    one_corner = np.array([(0, 100), (300, 20), (400, 300), (90, 400)], np.float64)
    many = np.stack((half, whole, one_corner, SHEET))
    assert sides_at_rim(many, WIDTH, HEIGHT).tolist() == [3, 4, 0, 0]


def test_no_quads_no_doubt() -> None:
    assert doubt(np.zeros((0, 4, 2)), gather(striped())).shape == (0,)
