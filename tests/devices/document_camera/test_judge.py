"""What the resident is told to do, on simulated desks, through the analysis of the real camera."""

from __future__ import annotations

import functools
from dataclasses import replace

import cv2
import numpy as np
import pytest

from devices.document_camera.desk import PAGES
from devices.document_camera.evidence import Image
from devices.document_camera.interface import Advice, PageRefused
from devices.document_camera.judge import edge_sigma
from devices.document_camera.looker import Looker
from devices.document_camera.scenes.scene import Thing, render
from devices.document_camera.simulated import PAGES as NAMES

AT_REST_S = 3.0


@functools.cache
def desk(name: str) -> Image:
    return render(PAGES[name], np.random.default_rng(40)).image


class Clock:
    def __init__(self) -> None:
        self.now = 10.0

    def __call__(self) -> float:
        return self.now


def advice_after_rest(image: Image) -> Advice:
    clock = Clock()
    looker = Looker(clock=clock)
    looker.look(image)
    clock.now += AT_REST_S
    return looker.look(image).advice


@pytest.mark.parametrize(
    ("page", "advice"),
    [
        ("good", Advice.GOOD),
        ("blurred", Advice.SHARPER),
        ("glare", Advice.GLARE),
        ("cut", Advice.WHOLE_PAGE),
        ("far", Advice.CLOSER),
        ("dark", Advice.LIGHT),
        ("card", Advice.GOOD),
        ("none", Advice.NO_PAGE),
    ],
)
def test_the_advice_fits_what_lies_there(page: str, advice: Advice) -> None:
    assert advice_after_rest(desk(page)) is advice


def test_the_dock_and_the_child_know_the_same_pages() -> None:
    assert {*NAMES, "none"} == set(PAGES)


def test_a_page_that_has_just_been_laid_down_must_rest_first() -> None:
    clock = Clock()
    looker = Looker(clock=clock)
    assert looker.look(desk("good")).advice is Advice.HOLD_STILL
    clock.now += 1
    look = looker.look(desk("good"))
    assert (look.advice, look.still_s) == (Advice.GOOD, 1.0)
    pushed = cv2.warpAffine(desk("good"), np.array([(1.0, 0, 40), (0, 1.0, 0)]), (2560, 1920))
    assert looker.look(pushed).still_s == 0
    assert looker.look(desk("none")).advice is Advice.NO_PAGE


def test_a_slow_push_is_a_push() -> None:
    clock = Clock()
    looker = Looker(clock=clock)
    looker.look(desk("good"))
    stills = []
    for step in range(12):
        clock.now += 0.1
        push = np.array([(1.0, 0, 3.0 * step), (0, 1.0, 0)])
        stills.append(looker.look(cv2.warpAffine(desk("good"), push, (2560, 1920))).still_s)
    assert 0 in stills


def test_a_page_is_taken_only_when_it_is_good() -> None:
    clock = Clock()
    looker = Looker(clock=clock)
    looker.look(desk("good"))
    clock.now += AT_REST_S
    assert looker.take(desk("good")).dpi >= 190
    with pytest.raises(PageRefused) as refused:
        Looker().take(desk("none"))
    assert refused.value.advice is Advice.NO_PAGE


def test_a_hand_on_a_corner_is_seen() -> None:
    plan = replace(PAGES["good"], things=(Thing.HAND,))
    scene = render(replace(plan, things=()), np.random.default_rng(40))
    image = scene.image.copy()
    corner = scene.corners[1].astype(int).tolist()
    cv2.circle(image, corner, 130, (110, 145, 200), -1)
    assert advice_after_rest(image) is not Advice.GOOD


@pytest.mark.parametrize("sigma", [1.0, 2.0, 3.0])
def test_blur_is_measured_in_pixels(sigma: float) -> None:
    step = np.zeros((192, 192), np.uint8)
    step[:, 96:] = 200
    measured = edge_sigma(cv2.GaussianBlur(step, (0, 0), sigma))
    assert measured == pytest.approx(sigma, rel=0.35)


def test_a_blank_patch_has_no_blur_to_measure() -> None:
    assert edge_sigma(np.full((192, 192), 240, np.uint8)) is None
