"""Cyclic garbage is reclaimed on Qt's thread, and on no other."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from ui.collector import Collector


class Knot:
    """Refers to itself; only the collector can reclaim it."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    collector = Collector()
    collector.start()
    yield collector
    collector.stop()


def test_other_threads_never_collect(collector: Collector, qtbot: QtBot) -> None:
    gone_on: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: gone_on.append(threading.get_ident()))
    del knot
    worker = threading.Thread(target=lambda: [Knot() for _ in range(20_000)])
    worker.start()
    worker.join()
    assert gone_on == []
    qtbot.waitUntil(lambda: gone_on == [threading.get_ident()], timeout=5000)


def test_nothing_is_collected_without_need(collector: Collector) -> None:
    gc.collect()
    before = gc.get_stats()
    collector.look()
    assert gc.get_stats() == before


def test_python_gets_its_collector_back(qapp: object) -> None:
    collector = Collector()
    collector.start()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_what_a_visit_left_is_reclaimed_soon_though_no_counter_asks(
    collector: Collector, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.collector.SWEEP_AFTER_MS", 10)
    gc.collect()
    knot = Knot()
    gone = weakref.ref(knot)
    # As old as what a long call leaves: the youngest generation's counter does not ask for it.
    gc.collect()
    del knot
    collector.look()
    assert gone() is not None
    collector.sweep_soon()
    qtbot.waitUntil(lambda: gone() is None, timeout=5000)
