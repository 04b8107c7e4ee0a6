"""What is typed is said twice: a lost packet is made good by the repeat, nothing is doubled."""

from __future__ import annotations

import asyncio
from collections import deque

import pytest

from kiosk.calls.again import AGAIN_S, Repeats
from kiosk.calls.text import RealTimeText


class Wire:
    """A channel whose messages a test delivers, or loses."""

    buffered = 7

    def __init__(self) -> None:
        self.waiting: deque[str | bytes] = deque()
        self.said = asyncio.Event()

    def send(self, data: str | bytes) -> None:
        self.waiting.append(data)
        self.said.set()


class Side:
    """One side's text and its twin, each over a wire of its own."""

    def __init__(self) -> None:
        self.text = RealTimeText(lambda: None)
        self.repeats = Repeats(self.text)
        self.wire, self.second = Wire(), Wire()
        self.repeats.original.open(self.wire)
        self.repeats.open(self.second)

    @property
    def reads(self) -> list[str]:
        return [line.text for line in self.text.lines if not line.own]

    def hear(self, other: Side, *, lost: int = 0) -> None:
        """Take what waits on the other side's first wire, but for the first `lost`."""
        for number in range(len(other.wire.waiting)):
            message = other.wire.waiting.popleft()
            if number >= lost:
                self.repeats.original.take(message)


@pytest.fixture
async def sides() -> tuple[Side, Side]:
    """Two sides that have greeted each other."""
    one, other = Side(), Side()
    one.hear(other)
    other.hear(one)
    return one, other


async def test_a_lost_key_is_read_from_its_repeat_before_any_order_is_mended(
    sides: tuple[Side, Side],
) -> None:
    booth, page = sides
    begun = asyncio.get_running_loop().time()
    booth.text.type("o")
    booth.text.type("ou")
    await asyncio.wait_for(booth.second.said.wait(), 5)
    assert asyncio.get_running_loop().time() - begun >= AGAIN_S * 0.9
    page.repeats.take(booth.second.waiting.popleft())
    assert page.reads == ["ou"], "the newest of the moment"
    page.hear(booth)
    assert page.reads == ["ou"], "what comes late changes nothing"
    assert not booth.second.waiting


async def test_nothing_is_repeated_over_a_channel_that_is_gone(sides: tuple[Side, Side]) -> None:
    booth, _ = sides
    booth.text.type("o")
    booth.repeats.closed(Wire())
    assert booth.repeats._due is not None
    booth.repeats.closed(booth.second)
    booth.text.type("ou")
    assert booth.repeats._due is None
    assert booth.repeats._newest == b""
    assert not booth.second.waiting


async def test_a_channel_of_the_text_that_closes_is_told_once_and_only_the_one_in_use(
    sides: tuple[Side, Side],
) -> None:
    booth, _ = sides
    booth.repeats.original.closed(Wire())
    assert booth.text.connected
    newer = Wire()
    booth.repeats.original.open(newer)
    booth.repeats.original.closed(booth.wire)
    assert booth.text.connected
    booth.repeats.original.closed(newer)
    assert not booth.text.connected


def test_the_twin_stands_for_its_lane() -> None:
    repeats = Repeats(RealTimeText(lambda: None))
    assert (repeats.original.label, repeats.original.lossy) == ("text", False)
    assert (repeats.label, repeats.lossy) == ("text-again", True)
