"""One visit from a cold start to hanging up, and all that is measured on the way."""

from __future__ import annotations

import contextlib
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import procs
from bench.clock import Send, Sighting, delays_s, freezes
from bench.looking import (
    BRICK,
    ClockOnScreen,
    NotOnScreen,
    around,
    colour_box,
    first_control,
)
from bench.programs import NotReady
from bench.screen import Box, Pixels, Screen, Server, virtual_screen
from bench.subject import Servers, Subject

STABLE_S = 2.5
"""Home is complete when it has not changed for this long; only then is it known since when."""
START_LIMIT_S = 60.0
LOOK_AT_HOME_EVERY_S = 0.02
PICTURE_LIMIT_S = 30.0
LOOK_EVERY_S = 0.003
"""A tenth of a frame time: what the delay is known to."""
TOUCH_LIMIT_S = 3.0
TOUCH_PAUSE_S = (0.25, 0.45)
"""Long enough that a control's own animation has ended, and never in step with the frames."""


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


@dataclass(slots=True)
class Places:
    """Where things are on one subject's screen: learnt in a first visit that does not count."""

    clock: ClockOnScreen
    tile: Box | None = None


def visit(
    subject: Subject, folder: Path, size: tuple[int, int], lengths: Lengths, places: Places
) -> Visit:
    """Go through one whole visit.

    Raises:
        NotReady, NotOnScreen: the subject did not do what it should.
    """
    folder.mkdir(parents=True)
    with (
        subject.servers(folder) as servers,
        virtual_screen(*size) as server,
    ):
        screen = Screen(server.display, *size)
        try:
            begun = time.monotonic()
            with servers.start(server) as pid:
                home_at = _until_home(screen, subject, places)
                call = _Call(screen, server, servers, pid, places)
                return call.run(lengths, home_at - begun)
        finally:
            screen.close()


def _until_home(screen: Screen, subject: Subject, places: Places) -> float:
    """Return since when Home has been complete and at rest."""
    limit = time.monotonic() + START_LIMIT_S
    # Before the tile's place is known: all but the bars, where the time of day goes on.
    box = Box(0, screen.height // 8, screen.width, screen.height * 3 // 4)
    if places.tile is not None:
        box = around(places.tile, screen)
    last: Pixels | None = None
    changed_at = time.monotonic()
    while (now := time.monotonic()) < limit:
        seen = screen.look(box)
        if last is None or not np.array_equal(seen, last):
            last, changed_at = seen, now
        elif now - changed_at > STABLE_S:
            with contextlib.suppress(NotOnScreen):
                places.tile = colour_box(screen.look(), subject.tile_colour)
                return changed_at
        time.sleep(LOOK_AT_HOME_EVERY_S)
    raise NotReady(f"{subject.name} showed no Home in {START_LIMIT_S:g} s")


class _Call:
    """The call of one visit."""

    def __init__(
        self, screen: Screen, server: Server, servers: Servers, pid: int, places: Places
    ) -> None:
        self._screen = screen
        self._server = server
        self._servers = servers
        self._pid = pid
        self._places = places

    def run(self, lengths: Lengths, start_s: float) -> Visit:
        """Touch the tile, be in the call, measure, hang up."""
        first_picture_s = self._first_picture()
        time.sleep(lengths.settle_s)
        begun = time.monotonic()
        before = self._spent()
        time.sleep(lengths.cost_s)
        took = time.monotonic() - begun
        spent = [(b - a) / took * 60 for a, b in zip(before, self._spent(), strict=True)]
        pss = procs.pss_bytes(self._pid) / 1e6
        sightings, watched_s = self._watch(lengths.delay_s)
        touches = self._touch_often(lengths.touches)
        sends, received = self._far_end(begun, took)
        self._screen.touch(*colour_box(self._screen.look(), BRICK).centre)
        return Visit(
            start_s=start_s,
            first_picture_s=first_picture_s,
            cpu_s_per_min=spent[0],
            screen_cpu_s_per_min=spent[1],
            far_end_cpu_s_per_min=spent[2],
            pss_mb=pss,
            processes=procs.count(self._pid),
            delays_ms=tuple(1000 * delay for delay in delays_s(sightings, sends)),
            shown_fps=len(sightings) / watched_s,
            freezes=freezes(sightings),
            sent_fps=len(received) / took,
            sent_kbps=sum(size for size, _, _ in received) * 8 / took / 1000,
            sent_size=received[-1][1:] if received else (0, 0),
            touches_ms=tuple(1000 * touch for touch in touches),
        )

    def _spent(self) -> tuple[float, float, float]:
        pids = (self._pid, self._server.pid, self._servers.far_end_pid)
        return (procs.cpu_s(pids[0]), procs.cpu_s(pids[1]), procs.cpu_s(pids[2]))

    def _first_picture(self) -> float:
        """Touch the tile; return how long until the far end's picture is to be seen."""
        if self._places.tile is None:
            raise NotOnScreen("the tile has not been found")
        touched = self._screen.touch(*self._places.tile.centre)
        limit = touched + PICTURE_LIMIT_S
        while (now := time.monotonic()) < limit:
            if self._places.clock.read(self._screen) is not None:
                return now - touched
            time.sleep(LOOK_EVERY_S)
        raise NotReady(f"no picture in {PICTURE_LIMIT_S:g} s")

    def _watch(self, seconds: float) -> tuple[list[Sighting], float]:
        """Note each new frame as it appears; return them and how long that was."""
        sightings: list[Sighting] = []
        last: int | None = None
        begun = time.monotonic()
        while (now := time.monotonic()) < begun + seconds:
            index = self._places.clock.read(self._screen)
            if index is not None and index != last:
                sightings.append(Sighting(now, index))
                last = index
            time.sleep(LOOK_EVERY_S)
        return sightings, time.monotonic() - begun

    def _touch_often(self, count: int) -> list[float]:
        """Touch the microphone's control again and again; return how long each answer took."""
        patch = first_control(self._screen.look(), colour_box(self._screen.look(), BRICK))
        chance = random.Random(1)
        times = []
        for _ in range(count):
            before = self._screen.look(patch)
            touched = self._screen.touch(*patch.centre)
            answered = self._screen.until_changed(patch, before, TOUCH_LIMIT_S)
            if answered is None:
                raise NotReady(f"a touch had no effect in {TOUCH_LIMIT_S:g} s")
            times.append(answered - touched)
            time.sleep(chance.uniform(*TOUCH_PAUSE_S))
        return times

    def _far_end(self, begun: float, took: float) -> tuple[list[Send], list[tuple[int, int, int]]]:
        """Return all frames sent, and size, width and height of those received meanwhile."""
        sends, received = [], []
        for line in self._servers.far_end_log.read_text().splitlines():
            match line.split():
                case ["S", at, index]:
                    sends.append(Send(float(at), int(index)))
                case ["R", at, size, width, height] if begun <= float(at) < begun + took:
                    received.append((int(size), int(width), int(height)))
                case _:
                    pass
        return sends, received
