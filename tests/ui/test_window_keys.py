"""One key stands for the handset's hook, and one for the dock; each is told once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from ui.window_keys import HANDSET_KEY, HeldKey


@pytest.fixture
def window(qml_types: None, qapp: QGuiApplication) -> Iterator[QQuickWindow]:
    window = QQuickWindow()
    window.show()
    yield window
    window.close()
    window.deleteLater()


def test_down_and_up_are_told(window: QQuickWindow) -> None:
    held = HeldKey(window, HANDSET_KEY)
    told: list[bool] = []
    held.changed.connect(told.append)
    QTest.keyPress(window, HANDSET_KEY)
    QTest.keyRelease(window, HANDSET_KEY)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert told == [True, False]


def test_a_key_that_stays_down_is_told_once(window: QQuickWindow) -> None:
    held = HeldKey(window, HANDSET_KEY)
    told: list[bool] = []
    held.changed.connect(told.append)
    modifier = Qt.KeyboardModifier.NoModifier
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, HANDSET_KEY, modifier, "", repeated)
        assert held.eventFilter(window, event)
    assert told == [True]
