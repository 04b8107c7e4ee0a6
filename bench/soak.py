"""A long call: the delay of the agent's picture, the memory and the lost frames, minute by minute.

`python -m bench.soak` lasts 30 minutes; it fails when the delay grew by 40 ms or more.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import procs
from bench.booth import Booth
from bench.clock import delays_s
from bench.live import Live, Places, at_home
from bench.looking import ClockOnScreen
from bench.material import prepare

SIZE = (1920, 1080)
MOST_GROWTH_MS = 40.0
"""A bit more than one frame: nothing queues up."""
SETTLE_S = 10.0
LOOK_S = 5.0
"""How long the screen is looked at for each sample: 150 frames."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The call at one moment."""

    minute: float
    delay_ms: float
    """Median of the frames looked at."""
    shown_fps: float
    pss_mb: float


def samples(live: Live, minutes: float, every_s: float) -> Iterator[Sample]:
    """Look at a call that runs, now and then, for so many minutes."""
    begun = time.monotonic()
    while (at := time.monotonic()) < begun + 60 * minutes:
        sightings, watched_s = live.watch(LOOK_S)
        sends, _ = live.far_end(at, watched_s)
        yield Sample(
            minute=(at - begun) / 60,
            delay_ms=1000 * median(delays_s(sightings, sends)),
            shown_fps=len(sightings) / watched_s,
            pss_mb=procs.pss_bytes(live.pid) / 1e6,
        )
        time.sleep(max(0.0, at + every_s - time.monotonic()))


def growth_ms(seen: list[Sample]) -> float:
    """Return by how much the delay of the last third is above that of the first.

    Raises:
        ValueError: fewer than three samples tell nothing.
    """
    third = len(seen) // 3
    if third == 0:
        raise ValueError("a soak needs three samples")
    first = median(one.delay_ms for one in seen[:third])
    return median(one.delay_ms for one in seen[-third:]) - first


def soak(minutes: float, every_s: float, material: Path) -> list[Sample]:
    """Hold a call of so many minutes and return what was seen of it."""
    seen: list[Sample] = []
    with tempfile.TemporaryDirectory(prefix="visio-guichet-soak-") as name:
        folder = Path(name)
        booth = Booth(prepare(material.resolve()), folder)
        with at_home(booth, folder / "visit", SIZE, Places(ClockOnScreen(SIZE[0]))) as live:
            live.call()
            time.sleep(SETTLE_S)
            for one in samples(live, minutes, every_s):
                seen.append(one)
                print(
                    f"{one.minute:6.1f} min {one.delay_ms:8.1f} ms {one.shown_fps:6.1f} fps"
                    f" {one.pss_mb:7.0f} MB",
                    flush=True,
                )
            live.hang_up()
    return seen


def main() -> int:
    """Read the command line, hold the call, judge it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--every", type=float, default=30.0, help="seconds between two looks")
    parser.add_argument("--material", type=Path, default=Path("build/bench"))
    asked = parser.parse_args()
    grown = growth_ms(soak(asked.minutes, asked.every, asked.material))
    print(f"the delay grew by {grown:.1f} ms (less than {MOST_GROWTH_MS:.0f} is asked for)")
    return 0 if grown < MOST_GROWTH_MS else 1


if __name__ == "__main__":
    sys.exit(main())
