"""A resident cannot leave the application, and every touch is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QGuiApplication, QKeyEvent, QWindow
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.resident_lock import ResidentLock, cover_screen


class Listener(QQuickWindow):
    """A window that remembers which events reached it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[QEvent.Type] = []

    def event(self, event: QEvent) -> bool:
        self.reached.append(event.type())
        return super().event(event)


@dataclass
class Scene:
    window: Listener
    lock: ResidentLock
    touches: list[bool]


@pytest.fixture
def scene(qml_types: None, qtbot: QtBot) -> Iterator[Scene]:
    window = Listener()
    touches: list[bool] = []
    lock = ResidentLock(window, lambda: touches.append(True))
    window.resize(640, 360)
    window.show()
    window.requestActivate()
    qtbot.waitUntil(window.isActive)
    window.reached.clear()
    yield Scene(window, lock, touches)
    lock.release()
    window.close()
    window.deleteLater()


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Space, Qt.KeyboardModifier.MetaModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Menu, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Print, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Back, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_no_key_combination_gets_through(
    scene: Scene, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    QTest.keyClick(scene.window, key, modifier)
    assert QEvent.Type.KeyPress not in scene.window.reached
    assert scene.window.isVisible()
    assert scene.touches


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_moving_and_pressing_get_through(scene: Scene, key: Qt.Key) -> None:
    QTest.keyClick(scene.window, key)
    assert QEvent.Type.KeyPress in scene.window.reached


def test_shift_tab_goes_back(scene: Scene) -> None:
    QTest.keyClick(scene.window, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QEvent.Type.KeyPress in scene.window.reached


def test_window_cannot_be_closed_until_the_process_stops(scene: Scene) -> None:
    assert not scene.window.close()
    assert scene.window.isVisible()
    scene.lock.release()
    assert scene.window.close()


def test_closing_a_released_window_is_told(scene: Scene, qtbot: QtBot) -> None:
    scene.lock.release()
    with qtbot.waitSignal(scene.lock.closed):
        scene.window.close()


def test_a_minimised_window_comes_back(scene: Scene, qtbot: QtBot) -> None:
    scene.window.showMinimized()
    qtbot.waitUntil(lambda: scene.window.windowState() == Qt.WindowState.WindowFullScreen)


def test_no_context_menu_and_no_drop(scene: Scene) -> None:
    drag = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        QMimeData(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    for event in (QEvent(QEvent.Type.ContextMenu), drag):
        QGuiApplication.sendEvent(scene.window, event)
    assert scene.window.reached == []


def test_touches_are_noticed(scene: Scene) -> None:
    QTest.mouseClick(
        scene.window,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QPoint(5, 5),
    )
    assert scene.touches == [True]


def test_booth_covers_the_screen_without_a_frame(scene: Scene, qtbot: QtBot) -> None:
    cover_screen(scene.window)
    wanted = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
    assert scene.window.flags() & wanted == wanted
    assert scene.window.geometry() == scene.window.screen().geometry()
    assert scene.window.visibility() == QWindow.Visibility.FullScreen


def reaches(scene: Scene, key: Qt.Key, modifier: Qt.KeyboardModifier) -> bool:
    scene.window.reached.clear()
    QTest.keyClick(scene.window, key, modifier)
    return QEvent.Type.KeyPress in scene.window.reached


PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def test_a_technician_has_digits_and_a_way_out(scene: Scene) -> None:
    technician = [False]
    lock = ResidentLock(scene.window, lambda: None, technician=lambda: technician[0])
    scene.window.removeEventFilter(scene.lock)
    keys = (Qt.Key.Key_0, Qt.Key.Key_9, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)
    assert not any(reaches(scene, key, PLAIN) for key in keys)
    technician[0] = True
    assert all(reaches(scene, key, PLAIN) for key in keys)
    assert not reaches(scene, Qt.Key.Key_A, PLAIN)
    assert not reaches(scene, Qt.Key.Key_9, CTRL)
    assert not reaches(scene, Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    lock.release()


FIELD = b"""
import QtQuick
Item { TextInput { focus: true } }
"""


def repeats(scene: Scene, key: Qt.Key, text: str) -> list[QEvent.Type]:
    """Hold a key down until it has repeated itself twice, and return what reached the window."""
    scene.window.reached.clear()
    down, up = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    held = [(down, False), (up, True), (down, True), (up, True), (down, True), (up, False)]
    for kind, repeated in held:
        event = QKeyEvent(kind, key, PLAIN, text, repeated)
        QGuiApplication.sendEvent(scene.window, event)
    return [kind for kind in scene.window.reached if kind in (down, up)]


@pytest.mark.parametrize(
    ("key", "text"),
    [(Qt.Key.Key_Return, "\r"), (Qt.Key.Key_Enter, "\r"), (Qt.Key.Key_Space, " ")],
)
def test_a_held_key_presses_once(scene: Scene, key: Qt.Key, text: str) -> None:
    assert repeats(scene, key, text) == [QEvent.Type.KeyPress, QEvent.Type.KeyRelease]


def test_a_held_key_moves_the_focus_on(scene: Scene) -> None:
    assert repeats(scene, Qt.Key.Key_Tab, "\t").count(QEvent.Type.KeyPress) == 3


def test_letters_are_for_a_field_that_has_the_focus(scene: Scene) -> None:
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    component.setData(FIELD, "")
    field = component.create()
    assert isinstance(field, QQuickItem), component.errorString()
    assert not reaches(scene, Qt.Key.Key_A, PLAIN)
    field.setParentItem(scene.window.contentItem())
    field.childItems()[0].forceActiveFocus()
    assert reaches(scene, Qt.Key.Key_A, PLAIN)
    assert reaches(scene, Qt.Key.Key_Backspace, PLAIN)
    assert not reaches(scene, Qt.Key.Key_C, CTRL)
    assert not reaches(scene, Qt.Key.Key_F1, PLAIN)
    assert repeats(scene, Qt.Key.Key_Space, " ").count(QEvent.Type.KeyPress) == 3
    assert repeats(scene, Qt.Key.Key_Return, "\r").count(QEvent.Type.KeyPress) == 1
    field.deleteLater()
