"""Waiting for nats-py without losing a cancellation."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Outcome = TypeVar("Outcome")


async def cancellable(work: Awaitable[Outcome]) -> Outcome:
    """Return what `work` returns, unless this task was cancelled meanwhile.

    nats-py waits in `asyncio.wait_for`, which before Python 3.12 drops a cancellation that comes in
    the very turn of the loop in which the answer does, or the error (python/cpython issue 81839):
    whoever cancelled the task, and waits for its end, would wait for ever.
    """
    task = asyncio.current_task()
    before = task.cancelling() if task is not None else 0
    try:
        return await work
    finally:
        if task is not None and task.cancelling() > before:
            raise asyncio.CancelledError
