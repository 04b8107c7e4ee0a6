"""What the interface tells of the screen that it is shown on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from devices.device import Device


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """The screen as the window system knows it."""

    width: int
    height: int
    """Pixels."""
    touch: bool
    """Whether a touch screen is there; a mouse is none."""
    name: str = ""
    millimetres: tuple[int, int] | None = None
    """Width and height; None where it is not told."""


class Screen(Device, Protocol):
    """The screen; Qt drives it, and tells of it here."""

    def told(self, facts: ScreenFacts | None) -> None:
        """Take over what the interface knows; None when there is no screen. On the loop."""
