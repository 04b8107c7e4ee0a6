"""Waiting for things that happen when they happen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


async def until(condition: Callable[[], object], within_s: float = 10.0) -> float:
    """Return the seconds it took `condition` to hold; it is looked at every 5 ms.

    Raises:
        TimeoutError: it did not.
    """
    clock = asyncio.get_running_loop()
    begun = clock.time()
    async with asyncio.timeout(within_s):
        while not condition():
            await asyncio.sleep(0.005)
    return clock.time() - begun
