"""Sums agree while booths, desks and the broker are killed; `bench.events` does it for hours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

RUNS = 6


def test_what_is_counted_through_kills_is_counted_once() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.events", "--runs", str(RUNS), "--seed", "7"],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    sums = json.loads([line for line in done.stdout.splitlines() if line.startswith("{")][-1])
    assert sums["runs"] == RUNS
    assert sums["certain"] > 0
    assert (sums["lost"], sums["twice"], sums["strangers"]) == (0, 0, 0)
