"""A fault of the interface is told to the visit, once, and is in the log."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer, qWarning
from PySide6.QtQml import QQmlApplicationEngine
from pytestqt.qtbot import QtBot

from ui.faults import QUIET_S, Faults


class Watched:
    """A watched engine, what was told, and a clock."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.now = 0.0
        self.engine = QQmlApplicationEngine()
        self.faults = Faults(self.told.append, lambda: self.now)
        self.faults.watch(self.engine)


@pytest.fixture
def watched(qapp: QObject) -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.faults.unwatch()
    watched.engine.deleteLater()


@pytest.mark.no_qt_log
@pytest.mark.expects_log("interface_fault|qt_message")
def test_qml_error(watched: Watched) -> None:
    watched.engine.loadData(b"import QtQml\nQtObject { property int x: nobody.knows }")
    assert len(watched.told) == 1
    assert "nobody" in watched.told[0]


@pytest.mark.no_qt_log
@pytest.mark.expects_log("interface_fault|uncaught_exception|qt_message")
def test_exception_in_a_slot(watched: Watched, qtbot: QtBot) -> None:
    def fail() -> None:
        raise LookupError("a resident's words")

    with qtbot.captureExceptions():
        sys.excepthook = watched.faults.on_exception
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: watched.told == ["LookupError"])


@pytest.mark.expects_log("interface_fault|uncaught_exception")
def test_a_fault_that_repeats_is_told_once_in_a_while(watched: Watched) -> None:
    for _ in range(3):
        watched.faults.on_exception(ValueError, ValueError(), None)
    watched.now = QUIET_S
    watched.faults.on_exception(KeyError, KeyError(), None)
    assert watched.told == ["ValueError", "KeyError"]


def test_interruption_is_no_fault(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(watched.faults, "_hook_before", lambda kind, *_: passed.append(kind))
    watched.faults.on_exception(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (watched.told, passed) == ([], [KeyboardInterrupt])


@pytest.mark.no_qt_log
@pytest.mark.expects_log("qt_message")
def test_qts_own_messages_go_to_the_log(watched: Watched) -> None:
    qWarning("something of Qt's")
    assert watched.told == []
