"""What the booth needs of a document camera."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from devices.device import Device
from devices.picture import PictureSink


class Advice(StrEnum):
    """What is to be done to get a good page; the interface has the words."""

    GOOD = "good"
    """« C'est net »."""
    NO_PAGE = "no_page"
    """« Posez la feuille sous la caméra »; also for a blank desk."""
    CLOSER = "closer"
    """« Rapprochez la feuille »: too small for 200 dpi."""
    WHOLE_PAGE = "whole_page"
    """A corner is out of the picture or covered."""
    HOLD_STILL = "hold_still"
    SHARPER = "sharper"
    """Blurred though it lies still."""
    GLARE = "glare"
    """A lamp is reflected on it."""
    LIGHT = "light"
    """Too dark."""


Corner = tuple[float, float]
"""x and y, 0 to 1 of the picture's width and height."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one frame shows, told several times a second."""

    advice: Advice
    corners: tuple[Corner, Corner, Corner, Corner] | None = None
    """Of the page: top left, top right, bottom right, bottom left as the page reads."""
    sharpness: float = 0.0
    """0 to 1; 0.5 is legible."""
    glare: float = 0.0
    """Part of the page that is burnt out, 0 to 1."""
    still_s: float = 0.0
    """For how long the page has not moved, seconds."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, straightened and whitened; bytes in memory, never a file."""

    jpeg: bytes
    width: int
    height: int
    """Pixels."""
    dpi: int
    colour: bool


class PageRefused(Exception):
    """There is no good page in the picture; `advice` says why."""

    def __init__(self, advice: Advice) -> None:
        super().__init__(advice.value)
        self.advice = advice


class DocumentCamera(Device, Protocol):
    """A camera that looks down on paper, open only between `start` and `stop`."""

    async def start(self, preview: PictureSink, on_look: Callable[[Look], None]) -> None:
        """Open it; small pictures go to `preview`, what they show to `on_look` (on the loop)."""

    async def take(self) -> Page:
        """The page as it lies now, at full resolution.

        Raises:
            PageRefused: no page, or not a good one.
            DeviceError: the camera is not there.
        """
