"""One visit from a cold start to hanging up, and all that is measured on the way."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from bench import procs
from bench.clock import delays_s, freezes
from bench.live import Live, Places, at_home
from bench.subject import Subject


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long each part of a visit lasts, seconds, and how many touches there are."""

    settle_s: float = 12.0
    """Both sides' encoders are at their bit rate by then."""
    cost_s: float = 30.0
    delay_s: float = 15.0
    touches: int = 50


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit showed."""

    start_s: float
    first_picture_s: float
    cpu_s_per_min: float
    screen_cpu_s_per_min: float
    far_end_cpu_s_per_min: float
    pss_mb: float
    processes: int
    delays_ms: tuple[float, ...]
    shown_fps: float
    freezes: int
    sent_fps: float
    sent_kbps: float
    sent_size: tuple[int, int]
    touches_ms: tuple[float, ...]


def visit(
    subject: Subject, folder: Path, size: tuple[int, int], lengths: Lengths, places: Places
) -> Visit:
    """Go through one whole visit.

    Raises:
        NotReady, NotOnScreen: the subject did not do what it should.
    """
    with at_home(subject, folder, size, places) as live:
        return _measure(live, lengths)


def _measure(live: Live, lengths: Lengths) -> Visit:
    first_picture_s = live.call()
    time.sleep(lengths.settle_s)
    begun, before = time.monotonic(), live.spent_s()
    time.sleep(lengths.cost_s)
    took = time.monotonic() - begun
    spent = [(b - a) / took * 60 for a, b in zip(before, live.spent_s(), strict=True)]
    pss_mb = procs.pss_bytes(live.pid) / 1e6
    sightings, watched_s = live.watch(lengths.delay_s)
    touches = live.touch_often(lengths.touches)
    sends, received = live.far_end(begun, took)
    live.hang_up()
    return Visit(
        start_s=live.start_s,
        first_picture_s=first_picture_s,
        cpu_s_per_min=spent[0],
        screen_cpu_s_per_min=spent[1],
        far_end_cpu_s_per_min=spent[2],
        pss_mb=pss_mb,
        processes=procs.count(live.pid),
        delays_ms=tuple(1000 * delay for delay in delays_s(sightings, sends)),
        shown_fps=len(sightings) / watched_s,
        freezes=freezes(sightings),
        sent_fps=received.frames_per_second,
        sent_kbps=received.kilobits_per_second,
        sent_size=received.size,
        touches_ms=tuple(1000 * touch for touch in touches),
    )
