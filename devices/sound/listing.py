"""Lists the sound devices, in a child process: PortAudio freezes its list, and may hang."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys

from devices.child import environment
from devices.sound.selection import Devices, Direction

LIST_WITHIN_S = 10.0
"""Import and listing take 0.3 s; then it hangs on a sound server that does not answer."""
_NOTHING = Devices((), (-1, -1))


async def list_devices() -> Devices:
    """What PortAudio finds now; nothing where it fails or hangs."""
    listing = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "devices.sound.listing"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment(),
    )
    try:
        async with asyncio.timeout(LIST_WITHIN_S):
            output, _ = await listing.communicate()
    except TimeoutError:
        return _NOTHING
    finally:
        with contextlib.suppress(ProcessLookupError):
            listing.kill()
        await listing.wait()
    return parse(output)


def parse(output: bytes) -> Devices:
    """The list in what a child printed; nothing where there is none."""
    # ALSA's plug-ins may write to standard output as well: ours is the last line.
    try:
        told = json.loads(output.splitlines()[-1])
        rows = [
            {"name": str(row["name"]), **{key: int(row[key]) for key in Direction}}
            for row in told["all"]
        ]
        return Devices(rows, (int(told["defaults"][0]), int(told["defaults"][1])))
    except (IndexError, ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return _NOTHING


def query() -> Devices:
    """PortAudio's list in this process, which it reads once in the process's life."""
    import sounddevice as sd  # noqa: PLC0415 - for child processes alone.

    default = sd.default.device
    return Devices(list(sd.query_devices()), (int(default[0]), int(default[1])))


def main() -> None:
    """Run as `python -m devices.sound.listing`: prints the list as one line of JSON."""
    devices = query()
    rows = [{key: device[key] for key in ("name", *Direction)} for device in devices.all]
    sys.stdout.write(json.dumps({"all": rows, "defaults": devices.defaults}) + "\n")


if __name__ == "__main__":
    main()
