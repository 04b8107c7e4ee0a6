"""Fits the weights by which the document camera tells a sheet from what only looks like one.

    python -m bench.document_camera_fit --scenes 1000 --jobs 2

renders that many scenes (three in ten without a sheet), measures every guess in each, and trains a
network of 12 hidden units on them: is this guess within 0.6 % of the diagonal of the truth, or more
than 1.5 % off? What lies between says nothing. Every fourth scene is kept for testing. Since some
guesses are made from the likeliest ones, it is run twice when the measurements change.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from devices.document_camera import measure
from devices.document_camera.evidence import gather, shrink
from devices.document_camera.find import Finder, to_scale
from devices.document_camera.scenes.scene import Plan, Thing, blank, random_plan, render

SEED = 10_000
"""Scenes of the fit are none of those that bench and tests measure with."""
HIDDEN = 12
STEPS = 6000
RIGHT_PERCENT, WRONG_PERCENT = 0.6, 1.5
NOWHERE = 1000.0
WEIGHTS = Path(__file__).parents[1] / "devices" / "document_camera" / "weights.json"

Array = NDArray[np.float64]
Measured = tuple[int, Array, Array]
"""Scene, measurements of its guesses, their error in percent of the diagonal."""


def corner_error(guess: Array, truth: Array) -> float:
    """Distance of the worst corner in pixels, whichever corner is named first."""
    rings = (np.roll(ring, turn, 0) for ring in (guess, guess[::-1]) for turn in range(4))
    return min(float(np.linalg.norm(ring - truth, axis=1).max()) for ring in rings)


def plan_of(scene: int) -> tuple[Plan, np.random.Generator]:
    """What is drawn for a scene, and the random numbers to draw it with."""
    random = np.random.default_rng(SEED + scene)
    plan = random_plan(random)
    width, height = (1280, 960) if random.random() < 0.7 else (960, 1280)
    fill = 1.1 if random.random() < 0.03 else float(random.uniform(0.33, 0.985))
    plan = replace(plan, width=width, height=height, fill=fill, scale=4.0)
    if random.random() < 0.3:
        things = tuple(thing for thing in Thing if random.random() < 0.4)
        plan = replace(blank(plan), things=things)
    return plan, random


def measured(scene: int) -> Measured:
    """Draw a scene and measure the guesses."""
    cv2.setNumThreads(1)
    plan, random = plan_of(scene)
    drawn = render(plan, random)
    small, factor = shrink(drawn.image)
    evidence = gather(small)
    guesses = Finder().guesses(evidence)
    errors = np.full(len(guesses), NOWHERE)
    if drawn.corners is not None:
        truth = to_scale(drawn.corners, factor)
        found = [corner_error(guess, truth) for guess in guesses]
        errors = np.array(found) / np.hypot(*small.shape[:2]) * 100
    return scene, measure.measure(guesses, evidence), errors


def train(table: Array, right: NDArray[np.bool_], random: np.random.Generator) -> dict[str, Array]:
    """Weights by Adam (Kingma and Ba, 2015), two wrong guesses to a right one in each step."""
    middle, scale = table.mean(0), table.std(0) + 1e-6
    table = (table - middle) / scale
    width = table.shape[1]
    weights = [
        random.standard_normal((width, HIDDEN)) / np.sqrt(width),
        np.zeros(HIDDEN),
        random.standard_normal(HIDDEN) / np.sqrt(HIDDEN),
        np.zeros(1),
    ]
    first = [np.zeros_like(part) for part in weights]
    second = [np.zeros_like(part) for part in weights]
    good, bad = np.flatnonzero(right), np.flatnonzero(~right)
    for step in range(1, STEPS + 1):
        some = np.concatenate((random.choice(good, 256), random.choice(bad, 512)))
        rows = table[some]
        hidden = np.tanh(rows @ weights[0] + weights[1])
        odds = hidden @ weights[2] + weights[3]
        miss = (1 / (1 + np.exp(-odds)) - right[some]) / len(some)
        back = np.outer(miss, weights[2]) * (1 - hidden**2)
        slopes = (
            rows.T @ back + 1e-4 * weights[0], back.sum(0), hidden.T @ miss, np.array([miss.sum()])
        )  # fmt: skip
        rate = 0.01 * (1 - step / STEPS)
        for part, slope, mean, power in zip(weights, slopes, first, second, strict=True):
            mean[...] = 0.9 * mean + 0.1 * slope
            power[...] = 0.999 * power + 0.001 * slope**2
            part[...] -= (
                rate * (mean / (1 - 0.9**step)) / (np.sqrt(power / (1 - 0.999**step)) + 1e-8)
            )
    return dict(
        zip(
            ("middle", "scale", "in", "bias", "out", "offset"),
            (middle, scale, *weights),
            strict=True,
        )
    )


def odds_of(weights: dict[str, Array], table: Array) -> Array:
    """Log-odds of each row."""
    hidden = np.tanh(
        (table - weights["middle"]) / weights["scale"] @ weights["in"] + weights["bias"]
    )
    return np.asarray(hidden @ weights["out"] + weights["offset"])


def report(weights: dict[str, Array], scenes: list[Measured], name: str) -> None:
    """Print how often the likeliest guess is right, and how likely blank desks look."""
    right, with_sheet, of_right, of_blank = 0, 0, [], []
    for _, table, errors in scenes:
        odds = odds_of(weights, table)
        best = int(odds.argmax())
        if errors.min() >= NOWHERE:
            of_blank.append(odds[best])
            continue
        with_sheet += 1
        if errors[best] < 1:
            right += 1
            of_right.append(odds[best])
    print(
        f"{name}: {right} of {with_sheet} right; log-odds of these p5 "
        f"{np.percentile(of_right, 5):.1f}, of blank desks p95 {np.percentile(of_blank, 95):.1f}"
    )


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with ProcessPoolExecutor(options.jobs) as pool:
        scenes = list(pool.map(measured, range(options.scenes), chunksize=10))
    fitting = [scene for scene in scenes if scene[0] % 4]
    errors = np.concatenate([scene[2] for scene in fitting])
    clear = (errors < RIGHT_PERCENT) | (errors > WRONG_PERCENT)
    table = np.concatenate([scene[1] for scene in fitting])[clear]
    weights = train(table, errors[clear] < RIGHT_PERCENT, np.random.default_rng(0))
    report(weights, fitting, "fitted on")
    report(weights, [scene for scene in scenes if scene[0] % 4 == 0], "kept apart")
    told = {"names": measure.NAMES} | {
        key: np.round(value, 4).tolist() for key, value in weights.items()
    }
    told["offset"] = round(float(weights["offset"][0]), 4)
    WEIGHTS.write_text(json.dumps(told, indent=None, separators=(", ", ": ")) + "\n")


if __name__ == "__main__":
    main()
