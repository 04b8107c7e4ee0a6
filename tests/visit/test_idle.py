"""The idle watch: asks after a while, leaves after a while more, and never gives up watching."""

from __future__ import annotations

import asyncio

from kiosk.visit.idle import IdleWatch
from tests.visit.virtual_time import run


class Watched:
    """An idle watch of 60 s and 15 s that notes what it tells."""

    def __init__(self) -> None:
        self.countdowns: list[int | None] = []
        self.gone_at: list[float] = []
        self.watch = IdleWatch(
            after_s=60,
            prompt_s=15,
            on_countdown=self.countdowns.append,
            on_gone=lambda: self.gone_at.append(asyncio.get_running_loop().time()),
        )


def test_nobody_is_asked_then_left() -> None:
    async def story() -> Watched:
        watched = Watched()
        watched.watch.start()
        await asyncio.sleep(59.9)
        assert watched.countdowns == []
        await asyncio.sleep(100)
        return watched

    watched = run(story())
    assert watched.countdowns == [*range(15, 0, -1), None]
    assert watched.gone_at == [75.0]


def test_a_touch_during_the_question_withdraws_it_and_the_watch_goes_on() -> None:
    async def story() -> Watched:
        watched = Watched()
        watched.watch.start()
        await asyncio.sleep(65.5)
        watched.watch.touched()
        assert watched.countdowns[-1] is None
        await asyncio.sleep(200)
        return watched

    assert run(story()).gone_at == [65.5 + 75]


def test_touches_put_the_question_off() -> None:
    async def story() -> Watched:
        watched = Watched()
        watched.watch.start()
        for _ in range(10):
            await asyncio.sleep(50)
            watched.watch.touched()
        return watched

    assert run(story()).countdowns == []


def test_a_stopped_watch_ignores_touches() -> None:
    async def story() -> Watched:
        watched = Watched()
        watched.watch.start()
        watched.watch.stop()
        watched.watch.touched()
        await asyncio.sleep(200)
        return watched

    watched = run(story())
    assert watched.countdowns == []
    assert watched.gone_at == []
