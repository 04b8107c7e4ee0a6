"""A resident cannot leave the application, and every touch is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QGuiApplication, QWindow
from PySide6.QtQuick import QQuickWindow
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
