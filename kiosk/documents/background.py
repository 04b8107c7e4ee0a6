"""What goes on in a visit's papers without being waited for; it ends with the visit."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from kiosk.log import get_logger

log = get_logger(__name__)


class Background:
    """Tasks that are kept alive, and whose failures are told."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Run something; `name` is for the log."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def stop(self) -> None:
        """Cancel all of it, and return when it has ended."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("papers failed", section=task.get_name(), exc_info=error)
