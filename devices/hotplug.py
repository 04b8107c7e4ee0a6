"""Learns that something was plugged in or out: from udev where there is udev, else by looking."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

_UDEV_CONTROL = Path("/run/udev/control")
"""There while udevd runs; a container has the kernel's events but nobody who makes the links."""
SUBSYSTEMS = ("video4linux", "sound", "tty", "usb")
BACKSTOP_S = 1.0
"""Also with udev, a look now and then: an event may be lost when its socket's buffer overflows, and
pipes, files and addresses have none. A camera has to be back 3 s after its node."""

_BURST = 64
"""Events taken at a time: a hub full of devices makes some twenty."""


class HotPlug(Protocol):
    """Waits for cables."""

    async def change(self, within_s: float) -> None:
        """Return at the next change of what is plugged in, or after `within_s`; early is fine."""

    def close(self) -> None:
        """Stop listening; nobody may wait any more."""


class Polling:
    """No events: whoever waits looks again every so often."""

    def __init__(self, period_s: float = 0.25) -> None:
        """`period_s`: a replugged cable is noticed within this time."""
        self._period_s = period_s

    async def change(self, within_s: float) -> None:
        """Return after the period."""
        await asyncio.sleep(min(within_s, self._period_s))

    def close(self) -> None:
        """There is nothing to close."""


class Udev:
    """udev's own events, which come once it has made the stable names in /dev."""

    def __init__(self, subsystems: Sequence[str] = SUBSYSTEMS) -> None:
        """Begin to listen; the loop must be running.

        Raises:
            OSError: there is no such socket to be had.
        """
        import pyudev  # noqa: PLC0415 - loads libudev, which not every machine has.

        self._monitor = pyudev.Monitor.from_netlink(pyudev.Context())
        for subsystem in subsystems:
            self._monitor.filter_by(subsystem)
        self._monitor.start()
        self._loop = asyncio.get_running_loop()
        self._changed = asyncio.Event()
        self._loop.add_reader(self._monitor.fileno(), self._read)

    async def change(self, within_s: float) -> None:
        """Return at the next event."""
        waiting = self._changed
        try:
            async with asyncio.timeout(min(within_s, BACKSTOP_S)):
                await waiting.wait()
        except TimeoutError:
            pass

    def close(self) -> None:
        """Stop listening."""
        self._loop.remove_reader(self._monitor.fileno())

    def _read(self) -> None:
        # The rest of a flood comes in the loop's next turn. What overflowed is a change as well.
        with contextlib.suppress(OSError):
            for _ in range(_BURST):
                if self._monitor.poll(timeout=0) is None:
                    break
        # Each waiter keeps the event that it waits for: setting it wakes them all, once.
        self._changed.set()
        self._changed = asyncio.Event()


def hot_plug() -> HotPlug:
    """The best way that this machine has."""
    if not _UDEV_CONTROL.exists():
        return Polling()
    try:
        return Udev()
    except (ImportError, OSError):
        return Polling()
