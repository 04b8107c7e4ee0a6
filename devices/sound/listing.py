"""Lists the sound devices, in a child process: PortAudio freezes its list, and may hang."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys

from devices.child import environment
from devices.sound.selection import Devices

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
    return _parse(output)


def _parse(output: bytes) -> Devices:
    # ALSA's plug-ins may write to standard output as well: ours is the last line.
    lines = output.splitlines()
    try:
        told = json.loads(lines[-1])
        return Devices(told["all"], (told["defaults"][0], told["defaults"][1]))
    except (IndexError, ValueError, KeyError, TypeError):
        return _NOTHING


def query() -> Devices:
    """PortAudio's list in this process, which it reads once in the process's life."""
    import sounddevice as sd  # noqa: PLC0415 - for child processes alone.

    default = sd.default.device
    return Devices(list(sd.query_devices()), (int(default[0]), int(default[1])))


def main() -> None:
    """Run as `python -m devices.sound.listing`: prints the list as one line of JSON."""
    devices = query()
    channels = ("name", "max_input_channels", "max_output_channels")
    rows = [{key: device[key] for key in channels} for device in devices.all]
    sys.stdout.write(json.dumps({"all": rows, "defaults": devices.defaults}) + "\n")


if __name__ == "__main__":
    main()
