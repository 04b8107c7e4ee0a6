"""A subject on its screen, from a cold start to a call, and what can be seen and done there."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import procs
from bench.clock import Send, Sighting
from bench.far_end_log import Received, read_log
from bench.looking import (
    BRICK,
    TAKES_TOUCHES_S,
    ClockOnScreen,
    NotOnScreen,
    around,
    colour_box,
    first_control,
    main_action,
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


@dataclass(slots=True)
class Places:
    """Where things are on one subject's screen: learnt in a first visit that does not count."""

    clock: ClockOnScreen
    tile: Box | None = None


@dataclass(frozen=True, slots=True)
class Live:
    """A subject that runs."""

    screen: Screen
    server: Server
    servers: Servers
    pid: int
    places: Places
    start_s: float
    """From its command to a complete Home."""
    asks_first: bool
    """Whether a call is to be agreed to."""

    def spent_s(self) -> tuple[float, float, float]:
        """Return the processor seconds of the subject, its X server and the far end so far."""
        pids = (self.pid, self.server.pid, self.servers.far_end_pid)
        return (procs.cpu_s(pids[0]), procs.cpu_s(pids[1]), procs.cpu_s(pids[2]))

    def hang_up(self) -> None:
        """Touch « Raccrocher »."""
        self.screen.touch(*colour_box(self.screen.look(), BRICK).centre)

    def call(self) -> float:
        """Begin a call; return how long from the last touch until the far end is to be seen."""
        if self.places.tile is None:
            raise NotOnScreen("the tile has not been found")
        time.sleep(TAKES_TOUCHES_S)
        touched = self.screen.touch(*self.places.tile.centre)
        if self.asks_first:
            touched = self._agree()
        limit = touched + PICTURE_LIMIT_S
        while (now := time.monotonic()) < limit:
            if self.places.clock.read(self.screen) is not None:
                return now - touched
            time.sleep(LOOK_EVERY_S)
        raise NotReady(f"no picture in {PICTURE_LIMIT_S:g} s")

    def _agree(self) -> float:
        """Touch « J'accepte » as soon as it shows and takes a touch; return when."""
        limit = time.monotonic() + TOUCH_LIMIT_S
        while time.monotonic() < limit:
            with contextlib.suppress(NotOnScreen):
                button = main_action(self.screen)
                time.sleep(TAKES_TOUCHES_S)
                return self.screen.touch(*button.centre)
            time.sleep(LOOK_EVERY_S)
        raise NotReady("nothing to agree to")

    def watch(self, seconds: float) -> tuple[list[Sighting], float]:
        """Note each new frame as it appears; return them and how long that was."""
        sightings: list[Sighting] = []
        last: int | None = None
        begun = time.monotonic()
        while (now := time.monotonic()) < begun + seconds:
            index = self.places.clock.read(self.screen)
            if index is not None and index != last:
                sightings.append(Sighting(now, index))
                last = index
            time.sleep(LOOK_EVERY_S)
        return sightings, time.monotonic() - begun

    def touch_often(self, count: int) -> list[float]:
        """Touch the microphone's control again and again; return how long each answer took."""
        patch = first_control(self.screen.look(), colour_box(self.screen.look(), BRICK))
        chance = random.Random(1)
        times = []
        for _ in range(count):
            before = self.screen.look(patch)
            touched = self.screen.touch(*patch.centre)
            answered = self.screen.until_changed(patch, before, TOUCH_LIMIT_S)
            if answered is None:
                raise NotReady(f"a touch had no effect in {TOUCH_LIMIT_S:g} s")
            times.append(answered - touched)
            time.sleep(chance.uniform(*TOUCH_PAUSE_S))
        return times

    def far_end(self, begun: float, took: float) -> tuple[list[Send], Received]:
        """Return all frames it ever sent, and what it received in a stretch of time."""
        return read_log(self.servers.far_end_log, begun, begun + took)


@contextmanager
def at_home(
    subject: Subject, folder: Path, size: tuple[int, int], places: Places
) -> Iterator[Live]:
    """Start the subject and all it needs in `folder`, on a screen of its own, and wait for Home.

    Raises:
        NotReady: it never was there.
    """
    folder.mkdir(parents=True)
    with subject.servers(folder) as servers, virtual_screen(*size) as server:
        screen = Screen(server.display, *size)
        try:
            begun = time.monotonic()
            with servers.start(server) as pid:
                try:
                    home_at = _until_home(screen, subject, places)
                    yield Live(
                        screen, server, servers, pid, places, home_at - begun, subject.asks_first
                    )
                except (NotReady, NotOnScreen):
                    screen.photograph(folder / "failed.ppm")
                    raise
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
