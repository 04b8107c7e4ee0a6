"""The one thing that runs in the technician's mode: started, left early, never left behind."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from kiosk.log import get_logger

END_S = 3.0
"""For what is left early to let go of its devices; then it is left to the devices' watchdogs."""

Work = Callable[[], Coroutine[Any, Any, None]]

_log = get_logger(__name__)


class Activity:
    """At most one piece of work at a time."""

    def __init__(self, on_failure: Callable[[], None]) -> None:
        """`on_failure` is called when the work ends by an error that nobody foresaw."""
        self._on_failure = on_failure
        self._task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether there is work going on."""
        return self._task is not None and not self._task.done()

    def start(self, work: Work) -> None:
        """Begin; what ran before must have ended."""
        self._task = asyncio.create_task(self._run(work), name="technician's activity")

    async def end(self, abort: Callable[[], Awaitable[None]]) -> None:
        """Cancel what runs, then `abort` what it may have left; takes twice `END_S` at most."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await self._within(task)
        await self._within(asyncio.ensure_future(abort()))

    async def _within(self, task: asyncio.Future[None]) -> None:
        await asyncio.wait((task,), timeout=END_S)
        if not task.done():
            task.cancel()
            _log.error("a test does not end", timeout_s=END_S)
        elif not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a test failed to end", error=error)

    async def _run(self, work: Work) -> None:
        try:
            await work()
        except Exception:  # noqa: BLE001 - a room's bug must not lock anybody in.
            _log.exception("a test failed")
            self._on_failure()
