"""An event loop beside the test: a browser that is driven synchronously holds the test's own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, Self, TypeVar

#: Starting a daemon takes a second; the rest is for a machine that does much else.
DONE_WITHIN_S = 30.0

Result = TypeVar("Result")


class Beside:
    """A loop in a thread of its own."""

    def __init__(self) -> None:
        """Nothing runs before the block is entered."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="beside the test")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Return what `work` returns, or raise what it raises.

        Raises:
            TimeoutError: it takes too long.
        """
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(DONE_WITHIN_S)
