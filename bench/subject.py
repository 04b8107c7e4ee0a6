"""What is measured: a program with a Home screen and a call, and where things are on its screen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.screen import Server

Colour = tuple[int, int, int]
"""Red, green, blue."""


class Subject(Protocol):
    """One of the two sides that are compared."""

    name: str
    tile_colour: Colour
    """Of what is to be touched on Home, and of nothing else there."""
    asks_first: bool
    """Whether the call is to be agreed to, on a screen between Home and it."""

    def servers(self, folder: Path) -> AbstractContextManager[Servers]:
        """Run what the call needs beside the subject: the far end, and a line to it."""


@dataclass(frozen=True, slots=True)
class Servers:
    """The running surroundings of a subject."""

    far_end_log: Path
    far_end_pid: int
    start: Callable[[Server], AbstractContextManager[int]]
    """Start the subject itself on a screen; gives its process id."""
