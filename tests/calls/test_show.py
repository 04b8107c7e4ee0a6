"""The pointer in a shared window: shown while it is said to be, newest place first, bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.calls import show
from kiosk.calls.show import ShowLane
from kiosk.link.show import MOST_BYTES

ON, OFF = '{"type": "showing", "on": true}', '{"type": "showing", "on": false}'


def point(x: float, y: float = 0.5) -> str:
    return f'{{"type": "point", "x": {x}, "y": {y}}}'


class Pipe:
    buffered = 0

    def send(self, data: str | bytes) -> None:
        """A booth says nothing here."""


class Screen:
    """What a screen is told, and a way to wait for it."""

    def __init__(self) -> None:
        self.told: list[tuple[bool, tuple[float, float] | None]] = []
        self.lane = ShowLane(self._changed)
        self.pipe = Pipe()
        self._news = asyncio.Event()
        self.lane.open(self.pipe)

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def _changed(self, showing: bool, pointer: tuple[float, float] | None) -> None:
        self.told.append((showing, pointer))
        self._news.set()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(show, "OVER_AFTER_S", 0.2)


async def test_a_window_is_shown_and_pointed_in_and_put_away() -> None:
    screen = Screen()
    screen.lane.take(point(0.1))
    screen.lane.take(ON)
    screen.lane.take(point(0.25))
    await screen.until(lambda: screen.told == [(True, None), (True, (0.25, 0.5))])
    screen.lane.take('{"type": "point", "x": 1, "y": 1, "on": false}')
    await screen.until(lambda: screen.told[-1] == (True, None))
    screen.lane.take(OFF)
    await screen.until(lambda: screen.told[-1] == (False, None))


@pytest.mark.usefixtures("quick")
async def test_what_is_not_said_again_is_over() -> None:
    screen = Screen()
    loop = asyncio.get_running_loop()
    screen.lane.take(ON)
    screen.lane.take(point(0.5))
    begun = loop.time()
    await screen.until(lambda: screen.told[-1] == (False, None))
    assert loop.time() - begun > 0.15


async def test_a_hail_of_places_is_told_seldom_and_the_last_always() -> None:
    screen = Screen()
    screen.lane.take(ON)
    for number in range(1000):
        screen.lane.take(point(number / 1000))
    await screen.until(lambda: screen.told[-1] == (True, (0.999, 0.5)))
    assert len(screen.told) < 10


async def test_a_connection_that_is_replaced_goes_on_and_the_last_ends_it() -> None:
    screen = Screen()
    screen.lane.take(ON)
    fresh = Pipe()
    screen.lane.open(fresh)
    screen.lane.closed(screen.pipe)
    screen.lane.take(point(0.5))
    await screen.until(lambda: screen.told[-1] == (True, (0.5, 0.5)))
    screen.lane.closed(fresh)
    await screen.until(lambda: screen.told[-1] == (False, None))
    screen.lane.take(ON)
    assert screen.told[-1] == (False, None)


@pytest.mark.expects_log("pointer dropped")
@pytest.mark.parametrize(
    "data",
    [
        b"bytes",
        "",
        "[]",
        '{"type": "point", "x": 1.01, "y": 0}',
        '{"type": "point", "x": NaN, "y": 0}',
        '{"type": "showing"}',
        '{"type": "showing", "on": true, "more": 1}',
        "x" * (MOST_BYTES + 1),
    ],
)
async def test_the_malformed_is_dropped(data: str | bytes) -> None:
    screen = Screen()
    screen.lane.take(data)
    assert screen.told == []


@pytest.mark.expects_log("pointer dropped")
@given(data=st.text() | st.binary())
def test_rubbish_never_breaks_it(data: str | bytes) -> None:
    async def story() -> None:
        screen = Screen()
        screen.lane.take(data)
        assert screen.told == []

    asyncio.run(story())
