"""What the booth needs of a code reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from devices.device import Device
from devices.picture import Picture

MAX_CODE_CHARACTERS = 1024
"""Ours have under 200; a version 40 QR code holds up to 4,296."""


@dataclass(frozen=True, slots=True)
class Code:
    """What one code says: hostile text, bounded, printable, not yet understood."""

    text: str
    symbology: str
    """`QRCode`, `Aztec`, …; `unknown` from a scanner that does not tell."""
    read_at: float
    """`time.monotonic()`."""


class CodeReader(Device, Protocol):
    """Looks for codes between `start` and `stop`."""

    def on_code(self, listener: Callable[[Code], None]) -> None:
        """Call `listener` on the loop with each code; the same one not again within 2 s."""

    def look(self, picture: Picture) -> None:
        """Take a frame of the booth's camera; any thread; returns at once.

        What it can't keep up with is dropped. Readers that have eyes of their own ignore it.
        """

    def typed(self, text: str) -> None:
        """A line that a scanner typed as a keyboard does; other readers ignore it."""

    def forget(self) -> None:
        """Nobody shows codes any more: nothing of the last picture and of what it said stays."""

    async def start(self) -> None:
        """Begin to look. Never raises for a missing device: that is a status."""
