"""The window of documents: a good line is used, and no line keeps a key waiting."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from PySide6.QtCore import QObject
from PySide6.QtQml import QJSEngine, QJSValue

from kiosk.documents.send_window import LEAST_BYTES, MOST_BYTES, QUEUE_S, SendWindow
from tests.documents.shaped import ShapedLine

ALLOWED_S = 0.5
"""EN 301 549, 6.2.4."""
PAGE_MODULE = Path(__file__).parents[2] / "desk/static/send-window.js"


@pytest.mark.parametrize("jitter_s", [0.0, 0.03])
@pytest.mark.parametrize("delay_s", [0.005, 0.02, 0.08, 0.15])
@pytest.mark.parametrize("rate_bps", [500_000, 2_000_000, 10_000_000])
def test_a_line_is_used_and_a_key_beside_is_quick(
    rate_bps: int, delay_s: float, jitter_s: float
) -> None:
    line = ShapedLine(rate_bps, delay_s, jitter_s)
    size = 2 * rate_bps  # Sixteen seconds of it.
    line.sender.give(bytes(size))
    line.run()
    assert line.receiver.got
    assert size * 8 / line.now > 0.7 * rate_bps
    assert max(line.keys_s) < ALLOWED_S
    assert median(line.keys_s) < delay_s + 1.5 * QUEUE_S


def test_a_line_that_becomes_poor_is_followed_within_what_was_on_its_way() -> None:
    line = ShapedLine(4_000_000, 0.04)
    line.sender.give(bytes(4_000_000))
    line.run(until=3.0)
    line.rate_bps = 500_000
    line.run(until=8.0)
    line.keys_s.clear()
    line.run(until=20.0)
    assert max(line.keys_s) < ALLOWED_S


def test_a_line_that_becomes_good_is_used() -> None:
    line = ShapedLine(500_000, 0.04)
    line.sender.give(bytes(8_000_000))
    line.run(until=5.0)
    line.rate_bps = 4_000_000
    line.run()
    assert 8_000_000 * 8 / (line.now - 5.0) > 0.8 * 4_000_000


def test_others_in_the_queue_leave_the_least_and_an_empty_line_the_most() -> None:
    window = SendWindow()
    _rounds(window, 0.08, count=40)
    assert window.limit == MOST_BYTES
    _rounds(window, 0.08 + 30 * QUEUE_S, count=40, begin=10.0)
    assert window.limit == LEAST_BYTES


def test_a_broken_order_teaches_nothing() -> None:
    window = SendWindow()
    before = window.limit
    window.reached(5_000, 1.0)
    window.sent(1_000, 1_000, 1.0)
    window.begin()
    window.reached(1_000, 2.0)
    assert window.limit == before
    window.sent(1_000, 1_000, 3.0)
    window.reached(1_000, 3.0)
    assert window.limit <= 2 * before


def test_the_page_follows_the_same_rule(page_window: QJSValue) -> None:
    chance, ours, now, end, reached = random.Random(3), SendWindow(), 0.0, 0, 0
    for _ in range(3_000):
        now += chance.expovariate(50)
        if chance.random() < 0.01:
            ours.begin()
            _call(page_window, "begin")
        if chance.random() < 0.6:
            end += ours.chunk
            ours.sent(end, end - reached, now)
            _call(page_window, "sent", end, end - reached, now)
        else:
            reached = min(end, reached + chance.randrange(20_000))
            ours.reached(reached, now)
            _call(page_window, "reached", reached, now)
        limit, chunk = (page_window.property(name).toInt() for name in ("limit", "chunk"))
        assert (limit, chunk) == (ours.limit, ours.chunk)


@pytest.fixture
def page_window(qapp: QObject) -> Iterator[QJSValue]:
    """The page's `SendWindow`; its engine needs an application, and lives as long as the test."""
    engine = QJSEngine(qapp)
    module = engine.importModule(str(PAGE_MODULE))
    window = module.property("SendWindow").callAsConstructor([])
    assert not window.isError(), window.toString()
    yield window
    engine.deleteLater()


def _rounds(window: SendWindow, round_trip_s: float, count: int, begin: float = 0.0) -> None:
    for number in range(count):
        left_at = begin + number * round_trip_s
        window.sent(number, window.limit, left_at)
        window.reached(number, left_at + round_trip_s)


def _call(window: QJSValue, name: str, *arguments: float) -> None:
    result = window.property(name).callWithInstance(window, [QJSValue(one) for one in arguments])
    assert not result.isError(), result.toString()
