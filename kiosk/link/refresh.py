"""Keeping something alive on the broker: do it now, every so often, and when the line is back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from kiosk.link.line import Line, LineDown

#: Seconds until the next try when the broker did not answer; a lost line wakes us by itself.
_TRY_AGAIN_S = 0.3


class Refresher:
    """Calls `refresh` from `start` to `stop`, which may raise `LineDown` as it likes."""

    def __init__(
        self, line: Line, refresh: Callable[[], Awaitable[None]], every_s: float, name: str
    ) -> None:
        self._line = line
        self._refresh = refresh
        self._every_s = every_s
        self._name = name
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the first refresh is at once."""
        self._task = asyncio.create_task(self._run(), name=self._name)

    def soon(self) -> None:
        """Refresh now rather than at the next turn."""
        self._wanted.set()

    async def stop(self) -> None:
        """End, and wait until nothing is on its way any more."""
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        end_listening = self._line.on_state(lambda up: self._wanted.set() if up else None)
        try:
            while True:
                self._wanted.clear()
                pause = self._every_s
                try:
                    await self._refresh()
                except LineDown:
                    pause = _TRY_AGAIN_S
                try:
                    async with asyncio.timeout(pause):
                        await self._wanted.wait()
                except TimeoutError:
                    pass  # The usual turn.
        finally:
            end_listening()
