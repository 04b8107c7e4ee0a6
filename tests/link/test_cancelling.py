"""A cancellation that comes together with the answer, or with the error, is not lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from kiosk.link.cancelling import cancellable

Outcome = Callable[["asyncio.Future[str]"], None]


@pytest.mark.parametrize(
    "come",
    [lambda asked: asked.set_result("answer"), lambda asked: asked.set_exception(OSError("away"))],
    ids=["answer", "error"],
)
async def test_a_cancellation_in_the_same_turn_of_the_loop_counts(come: Outcome) -> None:
    asked: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    waiting = asyncio.create_task(cancellable(asyncio.wait_for(asked, 10)))
    await asyncio.sleep(0)
    come(asked)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_without_a_cancellation_the_error_is_what_is_told() -> None:
    asked: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    asked.set_exception(OSError("away"))
    with pytest.raises(OSError, match="away"):
        await cancellable(asyncio.wait_for(asked, 10))
