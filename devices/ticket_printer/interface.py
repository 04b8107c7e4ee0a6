"""What the booth needs of the printer for tickets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from devices.device import Device


class Paper(StrEnum):
    """The roll, as DLE EOT 4 tells it; `UNKNOWN` is not `EMPTY`."""

    PRESENT = "present"
    LOW = "low"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed: an appointment, a summary, a test."""

    title: str
    lines: tuple[str, ...] = ()
    """Paragraphs; wrapped at words to the paper's width."""
    qr: str | None = None
    """What its code says; None for no code."""
    code: str | None = None
    """A short code for people, printed large."""


class Printed(StrEnum):
    """How printing a slip ended."""

    PRINTED = "printed"
    """The printer had paper and was ready before and after."""
    UNCONFIRMED = "unconfirmed"
    """All bytes are out, but the printer does not answer questions."""


class TicketPrinter(Device, Protocol):
    """A printer that is watched between `start` and `stop`, all day long."""

    @property
    def paper(self) -> Paper:
        """The roll, when last asked."""

    async def start(self) -> None:
        """Begin to watch the printer. Never raises for a missing device: that is a status."""

    def forget(self) -> int:
        """Forget whatever of a slip is still held in the machine; return how many slips."""

    async def print(self, slip: Slip) -> Printed:
        """Print and cut.

        Raises:
            DeviceError: no printer, no paper, cover open; or the end of the slip did not come out.
        """
