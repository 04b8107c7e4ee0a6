"""Written messages: once, in order, across connections; whatever comes is bounded."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.calls.written import MOST_BYTES, MOST_CHARACTERS, MOST_LINES, Written


class Side:
    """One side, with what it read and what it sent."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.sent: list[str] = []
        self.written = Written(self.read.append)


def connect(booth: Side, agent: Side, *, lost: set[int] = frozenset()) -> None:  # type: ignore[assignment]
    """Open a channel between the two; frames from the booth of these numbers are lost."""
    waiting: list[tuple[Side, str]] = []

    def from_booth(text: str) -> None:
        booth.sent.append(text)
        if len(booth.sent) not in lost:
            waiting.append((agent, text))

    booth.written.open(from_booth)
    agent.written.open(lambda text: waiting.append((booth, text)))
    while waiting:
        side, text = waiting.pop(0)
        side.written.take(text)


def test_nothing_can_be_written_before_there_was_a_channel() -> None:
    assert not Side().written.write("Bonjour")


def test_what_was_written_while_there_was_no_channel_comes_with_the_next() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    hole: list[str] = []
    booth.written.open(hole.append)
    assert booth.written.write("un")
    booth.written.closed(hole.append)
    assert booth.written.write("deux")
    assert agent.read == []
    connect(booth, agent)
    assert agent.read == ["un", "deux"]
    connect(booth, agent)
    assert agent.read == ["un", "deux"]


@given(
    lines=st.lists(st.text(min_size=1, max_size=20), max_size=12),
    cuts=st.lists(st.sets(st.integers(1, 40)), max_size=5),
)
def test_every_line_comes_once_and_in_order_however_often_the_line_is_cut(
    lines: list[str], cuts: list[set[int]]
) -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    for line in lines:
        booth.written.write(line)
    for lost in cuts:
        connect(booth, agent, lost=lost)
        assert agent.read == lines[: len(agent.read)]
    connect(booth, agent)
    assert agent.read == lines


def test_a_call_holds_so_many_lines_of_such_a_length_and_no_more() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    assert booth.written.write("x" * (MOST_CHARACTERS + 1))
    for _ in range(MOST_LINES - 1):
        assert booth.written.write("y")
    assert not booth.written.write("z")
    connect(booth, agent)
    assert len(agent.read) == MOST_LINES
    assert agent.read[0] == "x" * MOST_CHARACTERS


@pytest.mark.expects_log("written message dropped")
@pytest.mark.parametrize(
    "data",
    [
        b"bytes",
        "",
        "null",
        "[]",
        '{"type": "line"}',
        '{"type": "line", "n": 0, "text": "x"}',
        '{"type": "line", "n": 1, "text": ""}',
        '{"type": "line", "n": 1, "text": "x", "more": 1}',
        '{"type": "have", "last": -1}',
        '{"type": "shout", "text": "x"}',
        "x" * (MOST_BYTES + 1),
        json.dumps({"type": "line", "n": 1, "text": "x" * (MOST_CHARACTERS + 1)}),
    ],
)
def test_the_malformed_is_dropped(data: str | bytes) -> None:
    side = Side()
    side.written.open(side.sent.append)
    side.written.take(data)
    assert side.read == []


@pytest.mark.expects_log("written message dropped")
@given(data=st.text() | st.binary())
def test_rubbish_never_breaks_it(data: str | bytes) -> None:
    side = Side()
    side.written.open(side.sent.append)
    side.written.take(data)
    assert side.read == []
