"""A storm on every device during real calls: thousands of seeded events, and what must hold in it.

    python -m bench.storm --seed 1 --minutes 10

Real are the window, the calls, broker, desk and robot; the devices are simulated, and are struck
through the control socket as another process does. It fails when a screen stands still for more
than ten seconds, when a visit ends by anything but the resident's hand, when processes, descriptors
or threads are left over, or when a device is not well again once everything is mended.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench import procs
from bench.looking import BRICK, NotOnScreen, colour_box
from bench.storm_booth import Holdings, StormBooth, storm_booth
from bench.weather import Weather, mending
from kiosk.link.messages import EndReason
from kiosk.visit.snapshot import Screen

TILE = (0x1B, 0x4A, 0x8A)
"""The CAF's in config/agencies.toml."""
STUCK_S = 10.0
LOOK_S = 0.5
CALL_S = (8.0, 25.0)
MEND_S = 45.0
"""A device that failed often waits for 30 s, and longer by its jitter, before it is tried again."""
SPARE = Holdings(processes=1, descriptors=8, threads=6)
"""A pool's idle threads, a log's file: what may be more at the end than at the beginning."""


@dataclass(slots=True)
class Damage:
    """What went wrong, and what was counted."""

    blows: int = 0
    refused: int = 0
    visits: int = 0
    longest_still_s: float = 0.0
    longest_on: str = ""
    faults: list[str] = field(default_factory=list)
    holdings: list[Holdings] = field(default_factory=list)


class Storm:
    """One storm over one booth."""

    def __init__(self, booth: StormBooth, seed: int, per_second: float) -> None:
        self._booth = booth
        self._weather = Weather(seed)
        self._per_second = per_second
        self.damage = Damage()

    async def rage(self, minutes: float) -> None:
        """Strike and visit for so long, mend everything, and look at what is left."""
        until = time.monotonic() + 60 * minutes
        await self._visit(calm_s=4.0)
        striking = asyncio.create_task(self._strike())
        try:
            while time.monotonic() < until and not self.damage.faults:
                await self._visit(self._weather.lasts_s(*CALL_S))
        finally:
            striking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await striking
        await self._mend()
        await self._visit(calm_s=4.0)
        await self._judge()

    async def _strike(self) -> None:
        devices = await self._booth.devices()
        while True:
            blow = self._weather.blow(devices)
            done = await self._booth.strike(blow.device, blow.action, blow.argument)
            self.damage.blows += 1
            self.damage.refused += not done
            await asyncio.sleep(1 / self._per_second)

    async def _visit(self, calm_s: float) -> None:
        """Touch the tile, talk for `calm_s`, hang up, and wait for Home."""
        await self._pass("Home", lambda: self._touch(TILE))
        await self._pass("a call", lambda: self._booth.shown() is Screen.IN_CALL)
        await self._talk(calm_s)
        await self._pass("hanging up", self._hung_up)
        await self._pass("the way Home", lambda: self._booth.shown() is Screen.HOME)
        self.damage.visits += 1
        await asyncio.sleep(1)
        self.damage.holdings.append(self._booth.holdings())

    async def _talk(self, seconds: float) -> None:
        """Watch the agent's picture, which must not stand still."""
        begun = moved_at = time.monotonic()
        before = self._booth.picture()
        while (now := time.monotonic()) < begun + seconds:
            await asyncio.sleep(LOOK_S)
            if (seen := self._booth.picture()) != before:
                before, moved_at = seen, now
            self._note("the agent's picture", now - moved_at)
            if self._booth.shown() is not Screen.IN_CALL:
                self.damage.faults.append(f"the call turned into {self._booth.shown().value}")
                return

    async def _pass(self, what: str, reached: Callable[[], bool]) -> None:
        """Wait for one step of a visit; each has to come before a screen counts as stuck."""
        begun = time.monotonic()
        while not reached():
            self._note(what, time.monotonic() - begun)
            if time.monotonic() > begun + 3 * STUCK_S:
                self.damage.faults.append(f"{what} never came")
                return
            await asyncio.sleep(LOOK_S)

    def _note(self, what: str, still_s: float) -> None:
        if still_s > self.damage.longest_still_s:
            self.damage.longest_still_s, self.damage.longest_on = still_s, what

    def _touch(self, colour: tuple[int, int, int]) -> bool:
        if self._booth.shown() is not Screen.HOME:
            return True
        with contextlib.suppress(NotOnScreen):
            self._booth.screen.touch(*colour_box(self._booth.screen.look(), colour).centre)
        return False

    def _hung_up(self) -> bool:
        if self._booth.shown() is not Screen.IN_CALL:
            return True
        with contextlib.suppress(NotOnScreen):
            self._booth.screen.touch(*colour_box(self._booth.screen.look(), BRICK).centre)
        return False

    async def _mend(self) -> None:
        for blow in mending(await self._booth.devices()):
            await self._booth.strike(blow.device, blow.action, blow.argument)

    async def _judge(self) -> None:
        damage = self.damage
        limit = time.monotonic() + MEND_S
        report = await self._booth.readiness()
        while not report.ready and time.monotonic() < limit:
            await asyncio.sleep(1)
            report = await self._booth.readiness()
        if not report.ready:
            damage.faults += [f"not ready: {reason}" for reason in report.reasons]
        if damage.longest_still_s > STUCK_S:
            damage.faults.append(f"{damage.longest_on} stood still: {damage.longest_still_s:.1f} s")
        endings = self._booth.endings()
        odd = [ending for ending in endings if ending is not EndReason.RESIDENT]
        if odd:
            damage.faults.append(f"{len(odd)} of {len(endings)} visits ended otherwise: {odd}")
        damage.faults += list(_left_over(damage.holdings))


def _left_over(holdings: list[Holdings]) -> list[str]:
    third = max(1, len(holdings) // 3)
    found = []
    for name in ("processes", "descriptors", "threads"):
        first = max(getattr(one, name) for one in holdings[:third])
        last = min(getattr(one, name) for one in holdings[-third:])
        if last > first + getattr(SPARE, name):
            found.append(f"{name}: {first} at first, {last} at the end")
    return found


def main() -> int:
    """Read the command line, rage, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--per-second", type=float, default=5.0, help="events (%(default)s)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="visio-guichet-storm-") as name:
        folder = Path(name)
        with storm_booth(folder) as booth:
            storm = Storm(booth, asked.seed, asked.per_second)
            asyncio.run(storm.rage(asked.minutes))
            tree = procs.tree(booth.pid)
            if storm.damage.faults:
                print((folder / "kiosk.log").read_text(errors="replace")[-8000:], file=sys.stderr)
        left = [pid for pid in tree if Path("/proc", str(pid)).exists()]
    damage = storm.damage
    if left:
        damage.faults.append(f"{len(left)} processes outlived the booth")
    print(
        f"seed {asked.seed}: {damage.blows} events ({damage.refused} refused),"
        f" {damage.visits} visits; longest stillness {damage.longest_still_s:.1f} s"
        f" ({damage.longest_on});"
        f" at rest first {damage.holdings[0]}, last {damage.holdings[-1]}"
    )
    for fault in damage.faults:
        print(f"FAULT {fault}")
    return 1 if damage.faults else 0


if __name__ == "__main__":
    sys.exit(main())
