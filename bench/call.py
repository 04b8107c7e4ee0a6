"""The same call in the booth and in Chromium, in turn; one table. `make bench` runs this."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import median

from bench.booth import Booth
from bench.chromium import ChromiumKiosk
from bench.live import Places
from bench.looking import ClockOnScreen, NotOnScreen
from bench.material import prepare
from bench.programs import NotReady
from bench.scenario import Lengths, Visit, visit
from bench.subject import Subject

SIZE = (1920, 1080)
FAILED = Path("build/bench/failed")
WARM_UP = Lengths(settle_s=3, cost_s=2, delay_s=2, touches=3)
"""The first visit finds where things are, and fills the disk's cache for both sides alike."""


def percentile(values: tuple[float, ...], share: float) -> float:
    """Return the smallest value that at least `share` of all are not above."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


Row = tuple[str, Callable[[Visit], float]]

ROWS: tuple[Row, ...] = (
    ("CPU-seconds per call-minute", lambda one: one.cpu_s_per_min),
    ("  and the X server's", lambda one: one.screen_cpu_s_per_min),
    ("  both", lambda one: one.cpu_s_per_min + one.screen_cpu_s_per_min),
    ("memory (PSS), MB", lambda one: one.pss_mb),
    ("processes", lambda one: float(one.processes)),
    ("touch to first picture, s", lambda one: one.first_picture_s),
    ("glass-to-glass, median, ms", lambda one: percentile(one.delays_ms, 0.5)),
    ("glass-to-glass, p95, ms", lambda one: percentile(one.delays_ms, 0.95)),
    ("frames shown per second", lambda one: one.shown_fps),
    ("freezes", lambda one: float(one.freezes)),
    ("frames sent per second", lambda one: one.sent_fps),
    ("kb/s sent", lambda one: one.sent_kbps),
    ("lines sent", lambda one: float(one.sent_size[1])),
    ("touch to its effect, median, ms", lambda one: percentile(one.touches_ms, 0.5)),
    ("touch to its effect, p99, ms", lambda one: percentile(one.touches_ms, 0.99)),
    ("cold start to Home, s", lambda one: one.start_s),
    ("(far end's CPU-seconds per minute)", lambda one: one.far_end_cpu_s_per_min),
)


def table(visits: dict[str, list[Visit]]) -> str:
    """Return the medians over all visits of each subject, and booth/Chromium."""
    names = list(visits)
    lines = [f"{'':36}" + "".join(f"{name:>12}" for name in names) + f"{'ratio':>9}"]
    for label, figure in ROWS:
        values = [median(figure(one) for one in visits[name]) for name in names]
        ratio = f"{values[0] / values[1]:9.2f}" if len(values) == 2 and values[1] else f"{'':9}"
        lines.append(f"{label:36}" + "".join(f"{value:12.2f}" for value in values) + ratio)
    return "\n".join(lines)


def measure(
    subjects: list[Subject], times: int, lengths: Lengths, folder: Path
) -> dict[str, list[Visit]]:
    """Visit each subject `times` times, in turn, after one visit each that does not count."""
    places = {one.name: Places(ClockOnScreen(SIZE[0])) for one in subjects}
    visits: dict[str, list[Visit]] = {one.name: [] for one in subjects}
    for number in range(times + 1):
        for one in subjects:
            wanted = lengths if number else WARM_UP
            inside = folder / f"{one.name}-{number}"
            try:
                seen = visit(one, inside, SIZE, wanted, places[one.name])
            except (NotReady, NotOnScreen):
                keep_evidence(inside)
                raise
            if number:
                visits[one.name].append(seen)
                print(f"{one.name} {number}/{times} measured", file=sys.stderr, flush=True)
    return visits


def keep_evidence(folder: Path) -> None:
    """Keep what a failed visit left: what its programs said, and what was on the screen."""
    FAILED.mkdir(parents=True, exist_ok=True)
    for path in (*folder.glob("*.log"), *folder.glob("*.ppm")):
        shutil.copy(path, FAILED)
    print(f"what is known of the failure is in {FAILED}", file=sys.stderr)


def main() -> None:
    """Read the command line, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="visits of each side that count")
    parser.add_argument("--minutes", type=float, default=0.5, help="length of the measured stretch")
    parser.add_argument("--only", choices=["booth", "chromium"], help="one side alone")
    parser.add_argument(
        "--real-desk", action="store_true", help="a browser as far end; no glass-to-glass delay"
    )
    parser.add_argument("--material", type=Path, default=Path("build/bench"))
    parser.add_argument("--json", type=Path, help="write every visit's figures there too")
    asked = parser.parse_args()
    material = prepare(asked.material.resolve())
    with tempfile.TemporaryDirectory(prefix="visio-guichet-bench-") as name:
        folder = Path(name)
        real = asked.real_desk
        both: list[Subject] = [
            Booth(material, folder, real_desk=real),
            ChromiumKiosk(material, SIZE, folder, real_desk=real),
        ]
        subjects = [one for one in both if asked.only in {None, one.name}]
        visits = measure(subjects, asked.times, Lengths(cost_s=60 * asked.minutes), folder)
    print(table(visits))
    if asked.json is not None:
        figures = {name: [asdict(one) for one in ones] for name, ones in visits.items()}
        asked.json.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
