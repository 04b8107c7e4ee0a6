"""`PictureView` as QML sees it, its pixels read back from the window."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

from tests.ui.pictures import close_to, halves
from ui.rendering import Rendering, is_gpu, suitable
from ui.video import PictureFeed

BACKGROUND = "#204060"

SCENE = f"""
import QtQuick
import VisioGuichet.Video

Window {{
    id: window

    required property PictureFeed feed
    property bool called: true
    property bool seen: true
    property bool mirrored: false
    property bool fit: false

    width: 640; height: 360; visible: true
    color: "{BACKGROUND}"

    Loader {{
        anchors.fill: parent
        active: window.called
        sourceComponent: PictureView {{
            objectName: "view"
            feed: window.feed
            visible: window.seen
            mirrored: window.mirrored
            fillMode: window.fit ? PictureView.Fit : PictureView.Crop
        }}
    }}
}}
"""


@dataclass
class Stage:
    """A window with one view."""

    window: QQuickWindow
    feed: PictureFeed
    bot: QtBot

    @property
    def view(self) -> QQuickItem:
        found = self.window.findChild(QQuickItem, "view")
        assert found is not None
        return found

    def shows(self, x: int, y: int, colour: str) -> bool:
        seen: QColor = self.grab().pixelColor(x, y)
        return close_to((seen.red(), seen.green(), seen.blue()), colour)

    def is_blank(self) -> bool:
        return self.grab().pixelColor(320, 180).name() == BACKGROUND

    def grab(self) -> QImage:
        return self.window.grabWindow()

    def until(self, reached: Callable[[], bool]) -> None:
        self.bot.waitUntil(reached, timeout=5_000)

    def feed_until(
        self, reached: Callable[[], bool], left: str = "red", right: str = "blue"
    ) -> None:
        def fed_and_reached() -> bool:
            self.feed.show(halves(left, right))
            return reached()

        self.until(fed_and_reached)


@pytest.fixture
def stage(qml_types: None, qtbot: QtBot) -> Iterator[Stage]:
    feed = PictureFeed()
    engine = QQmlApplicationEngine()
    engine.setInitialProperties({"feed": feed})
    engine.loadData(SCENE.encode())
    (window,) = engine.rootObjects()
    assert isinstance(window, QQuickWindow)
    yield Stage(window, feed, qtbot)
    window.close()
    engine.deleteLater()
    qtbot.wait(0)


def test_a_picture_is_shown_in_its_colours(stage: Stage) -> None:
    assert stage.is_blank()
    stage.feed_until(lambda: stage.shows(160, 180, "red"))
    assert stage.shows(480, 180, "blue")
    assert stage.view.property("hasPicture") is True
    assert stage.view.property("framesShown") >= 1
    assert stage.view.property("stalled") is False


def test_mirrored_swaps_the_sides(stage: Stage) -> None:
    stage.window.setProperty("mirrored", True)
    stage.feed_until(lambda: stage.shows(160, 180, "blue"))
    assert stage.shows(480, 180, "red")


def test_crop_fills_a_portrait_window_and_fit_leaves_room(stage: Stage) -> None:
    stage.window.resize(300, 500)
    stage.feed_until(lambda: stage.shows(75, 2, "red") and stage.shows(225, 497, "blue"))
    stage.window.setProperty("fit", True)
    stage.feed_until(lambda: stage.grab().pixelColor(75, 2).name() == BACKGROUND)
    stage.feed_until(lambda: stage.shows(75, 250, "red"))


def test_a_picture_that_stands_is_said_to_stall(stage: Stage) -> None:
    stage.feed_until(lambda: stage.view.property("hasPicture"))
    stage.until(lambda: stage.view.property("stalled"))
    stage.feed_until(lambda: not stage.view.property("stalled"))


def test_a_hidden_view_forgets_its_picture(stage: Stage) -> None:
    stage.feed_until(lambda: stage.shows(160, 180, "red"))
    stage.window.setProperty("seen", False)
    assert stage.view.property("hasPicture") is False
    stage.window.setProperty("seen", True)
    stage.until(stage.is_blank)


def test_a_view_that_is_gone_leaves_window_and_feed_in_order(stage: Stage) -> None:
    stage.feed_until(lambda: stage.view.property("hasPicture"))
    stage.window.setProperty("called", False)
    stage.until(lambda: stage.window.findChild(QQuickItem, "view") is None)
    gc.collect()
    stage.feed.show(halves("red", "red"))
    assert stage.is_blank()
    stage.window.setProperty("called", True)
    stage.feed_until(lambda: stage.shows(160, 180, "green"), "green", "green")


def test_ten_calls_in_a_row(stage: Stage) -> None:
    for _ in range(10):
        stage.window.setProperty("called", True)
        stage.feed_until(lambda: stage.view.property("hasPicture"))
        stage.window.setProperty("called", False)
        stage.until(stage.is_blank)


def test_without_a_gpu_the_processor_draws(qapp: QObject, tmp_path: Path) -> None:
    assert suitable(tmp_path) is Rendering.SOFTWARE


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mesa Intel(R) UHD Graphics 620 (KBL GT2)", True),
        ("llvmpipe (LLVM 15.0.6, 256 bits)", False),
        ("Google SwiftShader", False),
        ("", False),
    ],
)
def test_software_opengl_is_no_gpu(name: str, expected: bool) -> None:
    assert is_gpu(name) is expected
