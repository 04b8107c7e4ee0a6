"""The finder on desks drawn from seeds: how often it is right, and what it must refuse."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from devices.document_camera.find import Finder
from devices.document_camera.likely import Likelihood
from devices.document_camera.scenes.desks import Desk
from devices.document_camera.scenes.papers import Paper
from devices.document_camera.scenes.scene import Plan, Scene, Thing, blank, random_plan, render

SMALL = {"width": 800, "height": 600, "scale": 3.0}
"""Quick to draw; what is searched is smaller still."""


def error_percent(scene: Scene) -> float | None:
    """The worst corner's distance in percent of the diagonal; None when nothing was found."""
    found = Finder().find(scene.image)
    if found is None:
        return None
    rings = [np.roll(found.corners, turn, 0) for turn in range(4)]
    worst = min(np.linalg.norm(ring - scene.corners, axis=1).max() for ring in rings)
    return float(worst / np.hypot(*scene.image.shape[:2]) * 100)


@pytest.mark.parametrize("desk", list(Desk))
def test_any_page_is_found_within_1_percent(desk: Desk) -> None:
    """Half of the papers on each desk: turned, tilted, shaded, folded, under hands."""
    errors = {}
    for index, paper in list(enumerate(Paper))[list(Desk).index(desk) % 2 :: 2]:
        random = np.random.default_rng(500 + list(Desk).index(desk) * len(Paper) + index)
        plan = replace(random_plan(random, desk, paper), **SMALL)
        errors[paper] = error_percent(render(plan, random))
    missed = {key: error for key, error in errors.items() if error is None or error > 1}
    # A band of a card or letterhead may be lost among bands: docs/decisions/0013.
    assert len(missed) <= 1, missed
    found = [error for error in errors.values() if error is not None]
    assert np.median(found) < 0.1


@pytest.mark.parametrize("desk", list(Desk))
def test_a_blank_desk_is_refused(desk: Desk) -> None:
    for seed in range(2):
        random = np.random.default_rng(900 + seed)
        plan = replace(blank(random_plan(random, desk)), things=(), **SMALL)
        assert Finder().find(render(plan, random).image) is None


@pytest.mark.parametrize("thing", [Thing.CUP, Thing.PEN, Thing.KEYBOARD, Thing.NOTEBOOK])
def test_things_are_no_pages(thing: Thing) -> None:
    refused = 0
    for seed in range(4):
        random = np.random.default_rng(700 + seed)
        plan = replace(blank(random_plan(random)), things=(thing,), **SMALL)
        refused += Finder().find(render(plan, random).image) is None
    assert refused >= 3


def test_a_sheet_that_was_there_is_followed_without_a_search(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    random = np.random.default_rng(4)
    scene = render(Plan(Desk.WOOD, turn_deg=10, width=960, height=720, scale=4.0), random)
    finder = Finder()
    first = finder.find(scene.image)
    assert first is not None
    monkeypatch.setattr(finder, "_search", lambda _: pytest.fail("searched"))
    pushed = cv2.warpAffine(scene.image, np.array([(1.0, 0, 4), (0, 1.0, 2)]), (960, 720))
    again = finder.find(pushed, first.corners)
    assert again is not None
    assert np.abs(again.corners - first.corners - (4, 2)).max() < 1.5


def test_a_sheet_that_the_rim_cuts_is_told_from_a_blank_desk() -> None:
    random = np.random.default_rng(6)
    plan = Plan(Desk.WOOD, turn_deg=92, fill=0.9, shift=(0.25, 0.0), **SMALL)
    assert Finder().cut_off(render(plan, random).image)
    assert not Finder().cut_off(render(blank(plan), random).image)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((100, 100), np.uint8),
        np.zeros((100, 100, 4), np.uint8),
        np.zeros((100, 100, 3), np.float32),
        np.zeros((63, 900, 3), np.uint8),
    ],
)
def test_what_is_no_picture_is_refused(image: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"picture"):
        Finder().find(image)


@pytest.mark.parametrize("value", [0, 128, 255])
def test_one_colour_and_noise_have_no_page(value: int) -> None:
    flat = np.full((300, 400, 3), value, np.uint8)
    noise = np.random.default_rng(1).integers(0, 255, (64, 3000, 3)).astype(np.uint8)
    assert Finder().find(flat) is None
    assert Finder().find(noise) is None


def test_weights_of_other_measurements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.document_camera.likely.NAMES", ("other",))
    with pytest.raises(ValueError, match="fit it again"):
        Likelihood()
