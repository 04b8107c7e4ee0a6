"""How long the technician's screens stay without a touch."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

TICK_S = 1.0
"""How often what counts seconds is shown anew."""


class Stay:
    """A clock that every touch winds up; runs from `begin` to `end`, or until it has run down."""

    def __init__(self, on_tick: Callable[[], None], on_over: Callable[[], None]) -> None:
        """`on_tick` is called every `TICK_S`, `on_over` once."""
        self._on_tick = on_tick
        self._on_over = on_over
        self._over_at = 0.0
        self._task: asyncio.Task[None] | None = None

    @property
    def left_s(self) -> int:
        """Whole seconds that are left."""
        return max(0, math.ceil(self._over_at - asyncio.get_running_loop().time()))

    def begin(self, seconds: float) -> None:
        """Run from now on."""
        self.wind(seconds)
        self._task = asyncio.create_task(self._run(), name="technician's stay")

    def wind(self, seconds: float) -> None:
        """So long from now."""
        self._over_at = asyncio.get_running_loop().time() + seconds

    def end(self) -> None:
        """Stop; nothing is called any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self) -> None:
        while self.left_s > 0:
            await asyncio.sleep(TICK_S)
            self._on_tick()
        self._on_over()
