"""The robot shares a window for a while, and points in it."""

from __future__ import annotations

import asyncio
import math

from pydantic import BaseModel

from desk.robot.lane import Send
from kiosk.link.show import POINT_EVERY_S, SHOWING_EVERY_S, Point, Showing

ROUND_S = 4.0
"""The pointer goes once round the picture in this time."""
FAREWELLS = 3
"""`showing` may get lost: its end is said again."""


class RobotShow:
    """The robot's end of the lane `show`."""

    def __init__(self) -> None:
        self._send: Send | None = None

    def open(self, send: Send) -> None:
        """A channel is open: `send` is used from now on."""
        self._send = send

    def take(self, data: str | bytes) -> None:
        """A booth says nothing here."""
        del data

    async def point(self, seconds: float) -> None:
        """Say that a window is shown, and go round in it with the pointer."""
        points = round(seconds / POINT_EVERY_S)
        for number in range(points):
            if number % round(SHOWING_EVERY_S / POINT_EVERY_S) == 0:
                self._tell(Showing(on=True))
            turn = 2 * math.pi * number * POINT_EVERY_S / ROUND_S
            self._tell(Point(x=0.5 + 0.4 * math.cos(turn), y=0.5 + 0.4 * math.sin(turn)))
            await asyncio.sleep(POINT_EVERY_S)
        for _ in range(FAREWELLS):
            self._tell(Showing(on=False))
            await asyncio.sleep(POINT_EVERY_S)

    def _tell(self, frame: BaseModel) -> None:
        if self._send is not None:
            self._send(frame.model_dump_json())
