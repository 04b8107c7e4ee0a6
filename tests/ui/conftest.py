"""A window with the booth's screens, and a scripted visit behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaObject, QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.visit.snapshot import VisitSnapshot
from tests.ui.fake_visit import FakeVisit, InlineLoop
from ui.studio import Studio, open_studio, prepare
from ui.viewmodels.touches import Request

FULL_HD = QSize(1920, 1080)


@dataclass
class Booth:
    """The screens and what a person does to them."""

    studio: Studio
    visit: FakeVisit
    bot: QtBot

    def show(self, snapshot: VisitSnapshot, size: QSize = FULL_HD) -> None:
        """Wait until `snapshot` has been drawn."""
        self.studio.show(snapshot, size)
        self.drawn()

    def resize(self, size: QSize) -> None:
        """Wait until the same screen has been drawn in another size."""
        self.studio.window.resize(size)
        self.drawn()

    def drawn(self) -> None:
        """Wait for the next frame."""
        with self.bot.waitSignal(self.studio.window.frameSwapped):
            self.studio.window.update()

    def controls(self) -> dict[str, QAccessibleInterface]:
        """Return what a screen reader finds showing, by name, its apostrophes as one types them."""
        QAccessible.setActive(True)
        root = QAccessible.queryAccessibleInterface(self.studio.window)
        return {name_of(one): one for one in _showing(root)}

    def items(self) -> Iterator[QQuickItem]:
        """Return every item that is visible, outermost first."""
        yield from _visible(self.studio.window.contentItem())

    def touch(self, name: str) -> None:
        """Touch the middle of the control of that accessible name, after having looked at it."""
        self.settle()
        self.touch_at_once(self.place(name))

    def place(self, name: str) -> QPoint:
        """Return the middle of the control of that accessible name, in the window."""
        return QPoint(self.controls()[name].rect().center() - self.studio.window.position())

    def touch_at_once(self, where: QPoint) -> None:
        """Touch a place, whatever has come there just now."""
        QTest.mouseClick(
            self.studio.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where
        )

    def settle(self) -> None:
        """Let the time pass in which what has just come takes no touch."""
        for item in self.items():
            if item.objectName() == "touch_pause":
                QMetaObject.invokeMethod(item, "end")

    def key(self, key: Qt.Key) -> None:
        """Strike a key."""
        QTest.keyClick(self.studio.window, key)


def name_of(control: QAccessibleInterface) -> str:
    """Return a control's name, its apostrophes as one types them."""
    return control.text(QAccessible.Text.Name).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _visible(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible() and item.opacity() > 0:
        yield item
        for child in item.childItems():
            yield from _visible(child)


def _showing(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    for index in range(node.childCount()):
        child = node.child(index)
        if child is not None and not child.state().invisible:
            yield child
            yield from _showing(child)


@pytest.fixture(scope="session")
def words_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the compiled words are kept between tests."""
    return tmp_path_factory.mktemp("words")


@pytest.fixture(scope="session")
def qml_types(qapp: QGuiApplication) -> None:
    """What the booth registers once, before its first window."""
    prepare()


class Stand:
    """Stands behind the screens; each test puts a visit of its own there."""

    def __init__(self) -> None:
        self.visit = FakeVisit()
        self._loop = InlineLoop()

    def ask(self, request: Request) -> None:
        self._loop.run(request(self.visit)).result()


@pytest.fixture(scope="session")
def stand() -> Stand:
    """Where the screens' requests go."""
    return Stand()


@pytest.fixture(scope="session")
def studio(
    qml_types: None, qapp: QGuiApplication, words_cache: Path, stand: Stand
) -> Iterator[Studio]:
    """One window for all tests: a booth's own lives as long as the process, too."""
    studio = open_studio(qapp, words_cache, stand.ask)
    studio.window.hide()
    yield studio
    studio.close()


@pytest.fixture
def booth(studio: Studio, stand: Stand, qtbot: QtBot) -> Iterator[Booth]:
    """The booth's window at 1920×1080, on Home without agencies."""
    stand.visit = FakeVisit()
    studio.window.show()
    booth = Booth(studio, stand.visit, qtbot)
    booth.show(VisitSnapshot())
    yield booth
    studio.window.hide()
