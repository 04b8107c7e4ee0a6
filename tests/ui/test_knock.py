"""The technician's gesture is noticed, whole and in time; anything less is a resident's touch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.knock import KEYS, Knock

WIDTH, HEIGHT = 1280, 800
HELD = QPoint(10, 10)
ROUND = (QPoint(WIDTH - 10, 10), QPoint(WIDTH - 10, HEIGHT - 10), QPoint(10, HEIGHT - 10))
HOLD_MS = 30


class Below(QQuickWindow):
    """What lies below the gesture."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = 0

    def mousePressEvent(self, event: object) -> None:  # noqa: N802
        self.presses += 1


@dataclass
class Scene:
    window: Below
    knock: Knock
    bot: QtBot
    heeds: list[bool] = field(default_factory=lambda: [True])
    knocks: list[bool] = field(default_factory=list)

    def hold(self, where: QPoint = HELD, enough: bool = True) -> None:
        """Press until the knock has felt it, or let go at once."""
        QTest.mousePress(self.window, Qt.MouseButton.LeftButton, pos=where)
        if enough:
            self.bot.waitUntil(lambda: not self.knock._hold.isActive())
        QTest.mouseRelease(self.window, Qt.MouseButton.LeftButton, pos=where)

    def tap(self, *places: QPoint) -> None:
        for place in places:
            QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def scene(qml_types: None, qtbot: QtBot) -> Iterator[Scene]:
    window = Below()
    window.resize(WIDTH, HEIGHT)
    heeds = [True]
    knock = Knock(window, lambda: heeds[0], hold_ms=HOLD_MS, taps_within_ms=5000)
    scene = Scene(window, knock, qtbot, heeds)
    knock.knocked.connect(lambda: scene.knocks.append(True))
    window.show()
    yield scene
    window.close()
    window.deleteLater()


def test_a_long_press_and_the_other_corners_clockwise(scene: Scene) -> None:
    scene.hold()
    scene.tap(*ROUND)
    assert scene.knocks == [True]
    assert scene.window.presses == 1
    scene.tap(*ROUND)
    assert scene.knocks == [True]
    assert scene.window.presses == 4


def test_a_short_press_is_a_touch(scene: Scene) -> None:
    scene.hold(enough=False)
    scene.tap(*ROUND)
    assert (scene.knocks, scene.window.presses) == ([], 4)


def test_another_order_is_a_touch(scene: Scene) -> None:
    scene.hold()
    scene.tap(ROUND[1])
    scene.tap(*ROUND)
    assert (scene.knocks, scene.window.presses) == ([], 5)


def test_a_touch_between_ends_it(scene: Scene) -> None:
    scene.hold()
    scene.tap(ROUND[0], QPoint(600, 400), *ROUND[1:])
    assert scene.knocks == []


def test_who_taps_wrong_may_begin_again(scene: Scene) -> None:
    scene.hold()
    scene.tap(ROUND[0], ROUND[2])
    scene.hold()
    scene.tap(*ROUND)
    assert scene.knocks == [True]


def test_a_finger_that_slides_away_is_not_held(scene: Scene) -> None:
    QTest.mousePress(scene.window, Qt.MouseButton.LeftButton, pos=HELD)
    assert scene.knock._hold.isActive()
    QTest.mouseMove(scene.window, QPoint(15, 15))
    assert scene.knock._hold.isActive()
    QTest.mouseMove(scene.window, QPoint(300, 300))
    assert not scene.knock._hold.isActive()


def test_too_late_is_nothing(scene: Scene) -> None:
    scene.knock._taps.setInterval(10)
    scene.hold()
    scene.bot.waitUntil(lambda: not scene.knock._taps.isActive())
    scene.tap(*ROUND)
    assert scene.knocks == []


def test_nowhere_but_on_home(scene: Scene) -> None:
    scene.heeds[0] = False
    scene.hold(enough=False)
    scene.tap(*ROUND)
    for key in KEYS:
        QTest.keyClick(scene.window, key)
    assert scene.knocks == []
    scene.heeds[0] = True
    scene.hold()
    scene.heeds[0] = False
    scene.tap(*ROUND)
    assert scene.knocks == []


def test_the_same_by_touch(scene: Scene) -> None:
    device = QTest.createTouchDevice()

    def press(where: QPoint) -> None:
        QTest.touchEvent(scene.window, device).press(1, where, scene.window).commit()

    def release(where: QPoint) -> None:
        QTest.touchEvent(scene.window, device).release(1, where, scene.window).commit()

    press(HELD)
    scene.bot.waitUntil(lambda: not scene.knock._hold.isActive())
    release(HELD)
    for corner in ROUND:
        press(corner)
        release(corner)
    assert scene.knocks == [True]


def test_the_same_by_keyboard_one_key_at_a_time(scene: Scene) -> None:
    for key in (KEYS[0], KEYS[1], KEYS[0], *KEYS[1:]):
        QTest.keyClick(scene.window, key)
    assert scene.knocks == [True]
    QTest.keyClick(scene.window, KEYS[-1])
    assert scene.knocks == [True]


CORNERS = st.sampled_from([HELD, *ROUND, QPoint(640, 400), QPoint(200, 10)])


@given(places=st.lists(CORNERS, max_size=30))
@settings(max_examples=30, deadline=None)
def test_no_taps_alone_ever_knock(qapp: QGuiApplication, places: list[QPoint]) -> None:
    window = QQuickWindow()
    window.resize(WIDTH, HEIGHT)
    knock = Knock(window, lambda: True)
    knocks: list[bool] = []
    knock.knocked.connect(lambda: knocks.append(True))
    for place in places:
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=place)
    assert knocks == []
    window.deleteLater()
