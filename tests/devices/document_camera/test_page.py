"""From a picture to pages of a PDF: white, coloured where it must be, upright, small, legible."""

from __future__ import annotations

import functools
import io
from dataclasses import replace

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image as Pillow

from devices.document_camera.evidence import Image
from devices.document_camera.flatten import shape_of
from devices.document_camera.interface import Page
from devices.document_camera.page import make_page, with_density
from devices.document_camera.pdf_out import make_pdf, page_layout
from devices.document_camera.scenes.desks import Desk
from devices.document_camera.scenes.papers import Paper, draw_paper
from devices.document_camera.scenes.scene import Plan, render
from devices.document_camera.upright import quarter_turns

LARGE = Plan(
    Desk.WOOD, Paper.LETTER, 2720, 2040, turn_deg=91, tilt_deg=8, fill=0.95, unevenness=0.4,
    shadow=0.35, blur_px=0.8, jpeg=92, scale=8.0,
)  # fmt: skip
"""A4 at 220 dpi in a shadow."""


@functools.cache
def page_of(plan: Plan, seed: int = 2) -> tuple[Page, Image, Image]:
    """The page, its pixels (grey), and what was printed on it at the same size (grey)."""
    printed = draw_paper(plan.paper or Paper.LETTER, np.random.default_rng(seed), plan.scale)
    scene = render(plan, np.random.default_rng(seed), printed)
    page = make_page(scene.image, scene.corners, shape_of(scene.corners, plan.width, plan.height))
    pixels = cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    truth = cv2.cvtColor(printed, cv2.COLOR_BGR2GRAY)
    size = (page.width, page.height)
    return page, pixels, cv2.resize(truth, size, interpolation=cv2.INTER_AREA)


def test_a_page_full_of_text_is_white_small_and_like_the_print() -> None:
    page, pixels, truth = page_of(LARGE)
    assert len(page.jpeg) <= 300_000
    assert page.dpi >= 190
    assert abs(page.width - 1654) < 90
    assert not page.colour
    paper = cv2.erode((truth > 220).astype(np.uint8), np.ones((25, 25), np.uint8)) > 0
    assert np.percentile(pixels[paper], 3) > 235, "the shadow is gone"
    core = cv2.erode((truth < 90).astype(np.uint8), np.ones((2, 2), np.uint8)) > 0
    assert np.percentile(pixels[core], 75) < 110, "the print is dark"
    likeness = np.corrcoef(
        cv2.GaussianBlur(pixels, (0, 0), 1.0).ravel(), cv2.GaussianBlur(truth, (0, 0), 1.0).ravel()
    )[0, 1]
    assert likeness > 0.85


@pytest.mark.parametrize(
    ("paper", "colour"),
    [(Paper.LETTER, False), (Paper.FORM, False), (Paper.STAMPED, True), (Paper.PHOTO, True)],
)
def test_colour_is_kept_where_there_is_some(paper: Paper, colour: bool) -> None:
    page, _, _ = page_of(replace(LARGE, paper=paper))
    assert page.colour is colour
    assert len(page.jpeg) <= 300_000


def test_a_stamp_stays_blue() -> None:
    page, _, _ = page_of(replace(LARGE, paper=Paper.STAMPED))
    pixels = cv2.imdecode(np.frombuffer(page.jpeg, np.uint8), cv2.IMREAD_COLOR).astype(int)
    blue = (pixels[..., 0] - pixels[..., 2] > 60).mean()
    assert 0.001 < blue < 0.03


@pytest.mark.parametrize("turns", range(4))
def test_text_is_turned_upright(turns: int) -> None:
    drawn = draw_paper(Paper.LETTER, np.random.default_rng(1), 8.0)
    grey = cv2.cvtColor(drawn, cv2.COLOR_BGR2GRAY)
    assert quarter_turns(np.ascontiguousarray(np.rot90(grey, -turns)), 203.0) == turns


def test_a_page_without_text_stays_as_it_lies() -> None:
    assert quarter_turns(np.full((1000, 700), 250, np.uint8), 85.0) == 0


def test_a_pdf_has_a4_pages_in_their_order() -> None:
    upright, _, _ = page_of(LARGE)
    card, _, _ = page_of(replace(LARGE, paper=Paper.CARD, fill=0.4, turn_deg=1))
    made = make_pdf([upright, card])
    assert len(made) <= 300_000 * 2
    document = pypdfium2.PdfDocument(made)
    sizes = [document[index].get_size() for index in range(len(document))]
    assert sizes[0] == pytest.approx((595.3, 841.9), abs=0.5)
    assert sizes[1] == pytest.approx((841.9, 595.3), abs=0.5)
    shown = document[1].render(scale=1).to_numpy()
    inked = np.argwhere(shown[..., 0] < 250)
    width_mm = (inked[:, 1].max() - inked[:, 1].min()) / 72 * 25.4
    assert width_mm == pytest.approx(85.6, rel=0.1)


def test_a_bad_page_makes_no_pdf() -> None:
    with pytest.raises(ValueError, match="JPEG"):
        make_pdf([Page(b"rubbish", 10, 10, 200, False)])
    with pytest.raises(ValueError, match="0 pages"):
        make_pdf([])
    with pytest.raises(ValueError, match="51 pages"):
        make_pdf([Page(b"", 1, 1, 1, False)] * 51)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1654, 2339, 200), (595.3, 841.9, 595.3, 841.9)),
        ((1620, 2292, 200), (595.3, 841.9, 595.0, 841.9)),
        ((674, 425, 200), (841.9, 595.3, 242.6, 153.0)),
        ((1654, 6000, 200), (595.3, 841.9, 232.1, 841.9)),
    ],
)
def test_a_page_lies_on_a4_at_its_size(
    size: tuple[int, int, int], expected: tuple[float, ...]
) -> None:
    assert page_layout(*size) == pytest.approx(expected, abs=0.6)


def test_the_jpeg_says_its_density() -> None:
    _, packed = cv2.imencode(".jpg", np.zeros((20, 20), np.uint8))
    with Pillow.open(io.BytesIO(with_density(packed.tobytes(), 200))) as picture:
        assert picture.info["dpi"] == (200, 200)
    assert with_density(b"not a jpeg at all", 200) == b"not a jpeg at all"
