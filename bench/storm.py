"""A storm on every device during real calls: thousands of seeded events, and what must hold in it.

    python -m bench.storm --seed 1 --minutes 10

Real are the window, the calls, broker, desk and robot; the devices are simulated, and are struck
through the control socket as another process does; with `--camera FILE` the camera is a child
process, which is killed now and then. It fails when a screen stands still for more than ten
seconds, when a visit ends by anything but the resident's hand, when a process, a descriptor or a
thread is left over, or when a device is not told of as it is once everything is mended.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench import procs
from bench.storm_booth import storm_booth
from bench.storm_judge import Damage
from bench.storm_rage import Storm
from kiosk.control.client import BoothClosed, BoothSilent, NoBooth


async def _ride_out(storm: Storm, minutes: float) -> None:
    try:
        await storm.rage(minutes)
    except (NoBooth, BoothClosed, BoothSilent, OSError) as error:
        # What was found by then is to be told all the same.
        storm.damage.faults.append(f"the storm broke off: {type(error).__name__}: {error}")


def ride_out(
    seed: int, minutes: float, per_second: float, camera: str = "simulated", *, entries: bool = True
) -> tuple[Damage, str]:
    """Run a storm over a booth of its own.

    Returns what came of it, and the booth's log where not all went well. `entries`: whether
    technicians come in, each of whom stays for half a minute.
    """
    with tempfile.TemporaryDirectory(prefix="visio-guichet-storm-") as name:
        with storm_booth(Path(name), camera) as booth:
            storm = Storm(booth, seed, per_second, entries=entries)
            asyncio.run(_ride_out(storm, minutes))
            tree = procs.tree(booth.pid)
        log = booth.log.read_text(errors="replace")
    damage = storm.damage
    left = [pid for pid in tree if Path("/proc", str(pid)).exists()]
    if left:
        damage.faults.append(f"{len(left)} processes outlived the booth")
    return damage, log if damage.faults else ""


def main() -> int:
    """Read the command line, rage, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--per-second", type=float, default=5.0, help="events (%(default)s)")
    parser.add_argument("--camera", default="simulated", help="or a video file (%(default)s)")
    asked = parser.parse_args()
    damage, log = ride_out(asked.seed, asked.minutes, asked.per_second, asked.camera)
    print(log[-8000:], file=sys.stderr)
    print(f"seed {asked.seed}: {damage}")
    for fault in damage.faults:
        print(f"FAULT {fault}")
    return 1 if damage.faults else 0


if __name__ == "__main__":
    sys.exit(main())
