"""The one thread in which asyncio runs: link, calls and devices live there, Qt never."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

Result = TypeVar("Result")

#: Longest wait for the loop to wind up after its last task was cancelled, seconds.
WIND_UP_S = 0.6


class LoopThread:
    """An asyncio loop in a thread of its own, from construction to `stop`."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="asyncio", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the thread still serves its loop."""
        return self._thread.is_alive()

    def run(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        """Start `work` on the loop; from any thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def stop(self) -> None:
        """Cancel what still runs, end the loop and its thread. Safe to call twice."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(WIND_UP_S)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        pending = asyncio.all_tasks(self._loop)
        for task in pending:
            task.cancel()
        if pending:
            self._loop.run_until_complete(asyncio.wait(pending, timeout=WIND_UP_S / 2))
        self._loop.close()
