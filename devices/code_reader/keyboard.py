"""Scanners that type what they read, as a keyboard does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from pathlib import Path

from devices.code_reader.base import SievedReader
from devices.status import Capabilities, DeviceState

_BY_ID = Path("/dev/input/by-id")


class KeyboardReader(SievedReader):
    """Takes typed lines; whether the scanner is there is unknown until it has typed one."""

    def __init__(self, by_id: Path = _BY_ID) -> None:
        """`by_id`: udev's folder of input devices."""
        self._by_id = by_id
        super().__init__(_Listening(self._nothing_yet))

    @property
    def capabilities(self) -> Capabilities:
        """A keyboard can't tell what kind of code it read."""
        return {"symbologies": "unknown", "typed": True}

    async def found(self) -> tuple[str, ...]:
        """Every keyboard: a scanner looks like one."""
        return tuple(str(path) for path in sorted(self._by_id.glob("*-event-kbd")))

    def typed(self, text: str) -> None:
        """A line was typed: the scanner is there."""
        if self.status.detail:
            self._supervisor.report(DeviceState.ONLINE, "a scanner that types")
            self._read(text, "unknown")

    def _nothing_yet(self) -> None:
        self._supervisor.report(DeviceState.UNKNOWN, _NOT_YET)


_NOT_YET = "a scanner that types; it has typed nothing yet"


class _Listening:
    """There is nothing to open; kept for the life that all readers have."""

    def __init__(self, nothing_yet: Callable[[], None]) -> None:
        self._nothing_yet = nothing_yet

    async def open(self) -> str:
        self._nothing_yet()
        return _NOT_YET

    async def watch(self) -> None:
        await asyncio.get_running_loop().create_future()

    async def close(self) -> None:
        pass

    def plugged(self) -> Hashable:
        return None

    def present(self) -> None:
        return None
