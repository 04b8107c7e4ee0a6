"""What the window hears beside the screens reaches the booth: gesture, codes, hook and dock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.visit.snapshot import Screen
from tests.ui.fake_visit import FakeVisit, InlineLoop
from ui.inputs import Inputs
from ui.knock import KEYS
from ui.scenes import HOME, scenes
from ui.viewmodels.booth import BoothModels
from ui.viewmodels.touches import Request

LEAVING = scenes()["technician-overview"]


@dataclass
class Scene:
    window: QQuickWindow
    models: BoothModels
    visit: FakeVisit
    inputs: Inputs

    def asked(self, name: str) -> list[tuple[object, ...]]:
        return [one for one in self.visit.asked if one[0] == name]


@pytest.fixture
def scene(qml_types: None, qapp: QGuiApplication, qtbot: QtBot) -> Iterator[Scene]:
    window, models, visit, loop = QQuickWindow(), BoothModels(), FakeVisit(), InlineLoop()

    def ask(request: Request) -> None:
        loop.run(request(visit)).result()

    inputs = Inputs(qapp, window, models, ask, handset_key=True, dock=True)
    models.show(HOME)
    window.resize(1280, 800)
    window.show()
    window.requestActivate()
    qtbot.waitUntil(window.isActive)
    yield Scene(window, models, visit, inputs)
    inputs.lock.release()
    window.close()
    window.deleteLater()


def test_a_technician_knocks(scene: Scene) -> None:
    for key in KEYS:
        QTest.keyClick(scene.window, key)
    assert scene.asked("knock") == [("knock",)]
    scene.models.show(replace(HOME, screen=Screen.WAITING))
    for key in KEYS:
        QTest.keyClick(scene.window, key)
    assert len(scene.asked("knock")) == 1


def test_the_hook_is_a_key(scene: Scene) -> None:
    QTest.keyPress(scene.window, Qt.Key.Key_F9)
    QTest.keyRelease(scene.window, Qt.Key.Key_F9)
    assert scene.asked("key_handset") == [("key_handset", True), ("key_handset", False)]


def test_the_dock_is_a_key(scene: Scene) -> None:
    QTest.keyClick(scene.window, Qt.Key.Key_F12)
    assert scene.models.dock.open
    QTest.keyClick(scene.window, Qt.Key.Key_F12)
    assert not scene.models.dock.open


def scan(scene: Scene, line: str) -> None:
    for character in line:
        QTest.keyClick(scene.window, Qt.Key(ord(character.upper())))
    QTest.keyClick(scene.window, Qt.Key.Key_Return)


def test_a_scanned_line_is_a_code(scene: Scene) -> None:
    scan(scene, "rdv1492")
    assert scene.asked("typed_code") == [("typed_code", "rdv1492")]
    scene.models.show(LEAVING)
    scan(scene, "rdv1492")
    assert len(scene.asked("typed_code")) == 1


def test_a_field_that_is_written_in_gets_every_key(scene: Scene) -> None:
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(b"import QtQuick\nTextInput { focus: true }", "")
    field = component.create()
    assert isinstance(field, QQuickItem), component.errorString()
    field.setParentItem(scene.window.contentItem())
    field.forceActiveFocus()
    scan(scene, "rdv1492")
    assert field.property("text") == "rdv1492"
    assert scene.asked("typed_code") == []
    field.deleteLater()


def test_the_screen_is_told(scene: Scene) -> None:
    scene.inputs.tell_of_screen()
    assert len(scene.asked("screen_told")) == 1


def test_a_drag_is_one_touch_and_wakes_the_booth(scene: Scene, qtbot: QtBot) -> None:
    scene.models.shell.rest(resting=True)
    for x in (600, 610, 620):
        QTest.mouseClick(scene.window, Qt.MouseButton.LeftButton, pos=QPoint(x, 400))
    assert scene.asked("touched") == [("touched",)]
    qtbot.waitUntil(lambda: not scene.models.shell.resting)
