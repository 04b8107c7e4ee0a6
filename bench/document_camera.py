"""How well the document camera finds sheets, and refuses desks without one.

    python -m bench.document_camera --scenes 200 --seed 1
    python -m bench.document_camera --photographs FOLDER

Scenes are drawn from a seed that the fit of the weights never saw. A folder of photographs holds
`corners.json`: {"name.jpg": [[x, y], …four…]}; names without corners (null) must be refused.
With `--textures FOLDER` and `--pages FOLDER` real textures and scanned pages are used in scenes.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.document_camera_fit import corner_error
from devices.document_camera.evidence import Image
from devices.document_camera.find import Finder
from devices.document_camera.scenes.desks import Field
from devices.document_camera.scenes.papers import Paper
from devices.document_camera.scenes.scene import Plan, Scene, blank, random_plan, render

TARGET_PERCENT = 1.0
"""Of the picture's diagonal, for the worst of the four corners."""


@dataclass(frozen=True, slots=True)
class Result:
    """One picture: with or without a sheet, found how exactly, how fast."""

    name: str
    has_sheet: bool
    error_percent: float | None
    """None: nothing was found."""
    seconds: float


def look(finder: Finder, name: str, image: Image, truth: NDArray[np.float64] | None) -> Result:
    """Find the sheet in one picture."""
    begun = time.perf_counter()
    found = finder.find(image)
    seconds = time.perf_counter() - begun
    if found is None:
        return Result(name, truth is not None, None, seconds)
    error = 100.0
    if truth is not None:
        error = corner_error(found.corners, truth) / float(np.hypot(*image.shape[:2])) * 100
    return Result(name, truth is not None, error, seconds)


def scene_of(seed: int, textures: list[Field], pages: list[Image]) -> Scene:
    """A scene with the whole sheet in the picture; of real material where there is some."""
    random = np.random.default_rng(seed)
    plan = replace(random_plan(random), scale=5.0)
    texture = textures[random.integers(len(textures))] if textures else None
    page = None
    if pages:
        plan = replace(plan, paper=Paper.LETTER)
        page = pages[random.integers(len(pages))]
    return render(plan, random, page, texture)


def blank_of(seed: int, textures: list[Field]) -> Scene:
    """A desk with things on it, or none, and no sheet."""
    random = np.random.default_rng(seed)
    plan: Plan = blank(random_plan(random))
    texture = textures[random.integers(len(textures))] if textures else None
    return render(plan, random, None, texture)


def drawn(seed: int, scenes: int, textures: list[Field], pages: list[Image]) -> Iterator[Result]:
    """Results of drawn scenes, three with a sheet to one without."""
    finder = Finder()
    for index in range(scenes):
        number = seed * 1_000_003 + index
        scene = blank_of(number, textures) if index % 4 == 3 else scene_of(number, textures, pages)
        things = "+".join(scene.plan.things)
        name = f"{number} {scene.plan.desk} {scene.plan.paper or 'blank'} {things}"
        yield look(finder, name, scene.image, scene.corners)


def photographs(folder: Path) -> Iterator[Result]:
    """Results of a folder of photographs."""
    finder = Finder()
    for name, corners in json.loads((folder / "corners.json").read_text()).items():
        image = cv2.imread(str(folder / name), cv2.IMREAD_COLOR)
        if image is None:
            raise SystemExit(f"{name} can't be read")
        truth = None if corners is None else np.array(corners, np.float64)
        yield look(finder, name, np.asarray(image, np.uint8), truth)


def images_in(folder: Path | None) -> list[Image]:
    """Every picture of a folder."""
    if folder is None:
        return []
    read = (cv2.imread(str(path), cv2.IMREAD_COLOR) for path in sorted(folder.iterdir()))
    return [np.asarray(image, np.uint8) for image in read if image is not None]


def summary(results: list[Result]) -> str:
    """Rates and errors in a few lines."""
    sheets = [result for result in results if result.has_sheet]
    blanks = [result for result in results if not result.has_sheet]
    lines = []
    if sheets:
        errors = [result.error_percent for result in sheets if result.error_percent is not None]
        good = sum(error <= TARGET_PERCENT for error in errors)
        lines.append(
            f"sheets: {good} of {len(sheets)} within {TARGET_PERCENT:g} % "
            f"({100 * good / len(sheets):.1f} %), {len(sheets) - len(errors)} not found"
        )
        middle, most = np.percentile(errors, (50, 95)) if errors else (np.nan, np.nan)
        lines.append(
            f"worst corner, of those found: median {middle:.3f} %, p95 {most:.3f} % of the diagonal"
        )
    if blanks:
        refused = sum(result.error_percent is None for result in blanks)
        lines.append(f"desks without a sheet: {refused} of {len(blanks)} refused")
    times = sorted(result.seconds for result in results)
    lines.append(
        f"time: median {1000 * times[len(times) // 2]:.0f} ms, "
        f"p95 {1000 * times[int(0.95 * (len(times) - 1))]:.0f} ms for a picture"
    )
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--photographs", type=Path)
    parser.add_argument("--textures", type=Path)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--misses", action="store_true", help="name each picture that went wrong")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    if options.photographs:
        results = list(photographs(options.photographs))
    else:
        textures = [image.astype(np.float32) for image in images_in(options.textures)]
        results = list(drawn(options.seed, options.scenes, textures, images_in(options.pages)))
    if options.misses:
        for result in results:
            error = result.error_percent
            missed = error is None or error > TARGET_PERCENT
            if missed if result.has_sheet else error is not None:
                print(f"  {result.name}: {'not found' if error is None else f'{error:.2f} %'}")
    print(summary(results))


if __name__ == "__main__":
    main()
