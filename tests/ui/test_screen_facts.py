"""The booth is told of its screen: at once, when it changes, and when there is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QGuiApplication, QWindow
from pytestqt.qtbot import QtBot

from devices.screen.interface import ScreenFacts
from ui import screen_facts
from ui.screen_facts import ScreenWatch, facts_of, touch_screen


class FakeScreen:
    """What `facts_of` asks a `QScreen`."""

    def __init__(self, width: int, height: int, ratio: float = 1, millimetres: float = 0) -> None:
        self._size = (width, height)
        self._ratio = ratio
        self._millimetres = millimetres

    def geometry(self) -> QRect:
        return QRect(0, 0, *self._size)

    def physicalSize(self) -> QSizeF:  # noqa: N802
        return QSizeF(self._millimetres, self._millimetres)

    def devicePixelRatio(self) -> float:  # noqa: N802
        return self._ratio

    def name(self) -> str:
        return "HDMI-1" * 40


@pytest.fixture
def window(qapp: QGuiApplication) -> Iterator[QWindow]:
    window = QWindow()
    yield window
    window.deleteLater()


def test_the_screen_is_told_at_once(qapp: QGuiApplication, window: QWindow) -> None:
    told: list[ScreenFacts | None] = []
    watch = ScreenWatch(qapp, window, told.append)
    size = window.screen().geometry()
    (facts,) = told
    assert facts is not None
    assert (facts.width, facts.height) == (size.width(), size.height())
    assert facts.touch == touch_screen()
    watch.look()
    assert len(told) == 1


def test_a_touch_screen_that_comes_is_told(
    qapp: QGuiApplication, window: QWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ScreenFacts | None] = []
    monkeypatch.setattr(screen_facts, "LOOK_EVERY_MS", 20)
    monkeypatch.setattr(screen_facts, "touch_screen", lambda: False)
    watch = ScreenWatch(qapp, window, told.append)
    monkeypatch.setattr(screen_facts, "touch_screen", lambda: True)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] is not None
    assert told[1].touch
    watch.deleteLater()


def test_no_screen_is_told_as_none(
    qapp: QGuiApplication, window: QWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[ScreenFacts | None] = []
    watch = ScreenWatch(qapp, window, told.append)
    monkeypatch.setattr(QGuiApplication, "screens", staticmethod(list))
    watch.look()
    assert told[-1] is None


def test_this_machine_can_be_asked() -> None:
    assert touch_screen() in (True, False)


def test_a_scaled_screen_has_its_own_pixels() -> None:
    screen = FakeScreen(960, 540, ratio=2, millimetres=300)
    facts = facts_of(screen, touch=True)  # type: ignore[arg-type]
    assert facts == ScreenFacts(1920, 1080, True, ("HDMI-1" * 40)[:80], (300, 300))


def test_a_placeholder_is_no_screen() -> None:
    assert facts_of(None, touch=True) is None
    assert facts_of(FakeScreen(0, 0), touch=True) is None  # type: ignore[arg-type]
    unknown = facts_of(FakeScreen(800, 600), touch=False)  # type: ignore[arg-type]
    assert unknown is not None
    assert unknown.millimetres is None
