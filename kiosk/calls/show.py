"""What goes with the shared window: whether one is shared, and where the agent points in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from pydantic import ValidationError

from kiosk.calls.lane import Pipe
from kiosk.link.show import FRAME, LABEL, MOST_BYTES, SHOWING_EVERY_S, Point, Showing

log = structlog.get_logger(__name__)

OVER_AFTER_S = 3 * SHOWING_EVERY_S
"""Without `showing`: messages are lost here, three in a row are not lost by chance."""
TELL_EVERY_S = 0.025
"""Shortest time between two changes told: two screen refreshes, however much comes."""

OnChange = Callable[[bool, tuple[float, float] | None], None]


class ShowLane:
    """The lane of the pointer; lives on the loop and dies with the call."""

    def __init__(self, on_change: OnChange) -> None:
        """Call `on_change(showing, pointer)` at each change; the pointer is 0 to 1 both ways."""
        self._on_change = on_change
        self._pipe: Pipe | None = None
        self._showing = False
        self._pointer: tuple[float, float] | None = None
        self._told: tuple[bool, tuple[float, float] | None] = (False, None)
        self._over: asyncio.TimerHandle | None = None
        self._pause: asyncio.TimerHandle | None = None

    @property
    def label(self) -> str:
        """Of its data channels."""
        return LABEL

    @property
    def lossy(self) -> bool:
        """An old place of the pointer is of no use."""
        return True

    def open(self, pipe: Pipe) -> None:
        """A channel is open: use it from now on, in place of an older one."""
        self._pipe = pipe

    def closed(self, pipe: Pipe) -> None:
        """That channel is gone; with the last of them whatever was shown."""
        if self._pipe is pipe:
            self._pipe = None
            self._end()

    def take(self, data: str | bytes) -> None:
        """Take what came over a channel; what is malformed is dropped with one line in the log."""
        if self._pipe is None:
            return
        if not isinstance(data, str) or len(data) > MOST_BYTES:
            log.warning("pointer dropped", reason="not text, or too long")
            return
        try:
            frame = FRAME.validate_json(data)
        except ValidationError as error:
            log.warning("pointer dropped", reason=error.errors(include_input=False)[0]["type"])
            return
        match frame:
            case Showing(on=True):
                self._begin()
            case Showing():
                self._end()
            case Point() if self._showing:
                self._pointer = (frame.x, frame.y) if frame.on else None
                self._tell()
            case Point():
                pass  # Of a picture that is not shown yet, or no longer.

    def _begin(self) -> None:
        if self._over is not None:
            self._over.cancel()
        self._over = asyncio.get_running_loop().call_later(OVER_AFTER_S, self._end)
        self._showing = True
        self._tell()

    def _end(self) -> None:
        if self._over is not None:
            self._over.cancel()
            self._over = None
        self._showing, self._pointer = False, None
        self._tell()

    def _tell(self) -> None:
        now = (self._showing, self._pointer)
        if self._pause is not None or now == self._told:
            return
        self._told = now
        self._pause = asyncio.get_running_loop().call_later(TELL_EVERY_S, self._go_on)
        self._on_change(*now)

    def _go_on(self) -> None:
        self._pause = None
        self._tell()
