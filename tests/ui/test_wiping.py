"""The interface forgets a visit: pictures, clipboard, keyboard, texts, and says how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from pytestqt.qtbot import QtBot

import ui.wiping
from devices.picture import Picture, Plane
from kiosk.visit.snapshot import Screen, VisitSnapshot
from tests.ui.fake_visit import InlineLoop
from ui.typed_codes import TypedCodes
from ui.video.feeds import Feeds
from ui.viewmodels.touches import Request
from ui.wiping import KEYBOARD_FOLDER, InterfaceWipe

Counts = dict[str, tuple[int, int]]


@dataclass
class Loop:
    """Takes what the interface answers."""

    told: list[tuple[int, Counts]] = field(default_factory=list)

    def ask(self, request: Request) -> None:
        InlineLoop().run(request(self)).result()  # type: ignore[arg-type]

    async def interface_wiped(self, number: int, counts: Counts) -> None:
        self.told.append((number, counts))


@pytest.fixture
def window(qtbot: QtBot) -> QQuickWindow:
    return QQuickWindow()


@pytest.fixture
def typed(window: QQuickWindow) -> QQuickItem:
    """A field into which somebody has typed."""
    engine = QQmlEngine(window)
    component = QQmlComponent(engine, window)
    component.setData(b'import QtQuick\nTextInput { text: "Marguerite" }', QUrl())
    item = component.create()
    assert isinstance(item, QQuickItem)
    item.setParent(window)
    item.setParentItem(window.contentItem())
    return item


@pytest.mark.parametrize("screen", [Screen.HOME, Screen.FAIL_SAFE, Screen.TECHNICIAN])
def test_all_that_was_left_is_forgotten_once(
    window: QQuickWindow,
    typed: QQuickItem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    screen: Screen,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    # Where other tests' keyboards have kept something.
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    loop = Loop()
    wipe = InterfaceWipe(window, Feeds(), loop.ask)
    QGuiApplication.clipboard().setText("Marguerite")
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    learnt = Path(place, KEYBOARD_FOLDER)
    learnt.mkdir(parents=True)
    (learnt / "words").write_text("Marguerite")
    for _ in range(2):
        wipe.show(VisitSnapshot(screen=screen, wipe_wanted=1))
    ((number, counts),) = loop.told
    assert number == 1
    assert counts["fields"] == (1, 0)
    assert counts["clipboard"][1] == 0
    assert counts["keyboard"] == (1, 0)
    assert typed.property("text") == ""
    assert QGuiApplication.clipboard().text() == ""
    assert not learnt.exists()


def test_a_scanned_line_without_an_end_is_forgotten_too(window: QQuickWindow) -> None:
    loop = Loop()
    codes = TypedCodes(window, lambda: True)
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier, "R")
    QGuiApplication.sendEvent(window, key)
    assert codes.held == 1
    InterfaceWipe(window, Feeds(), loop.ask).show(VisitSnapshot(wipe_wanted=1))
    assert loop.told[0][1]["fields"] == (1, 0)
    assert codes.held == 0


def test_who_was_quicker_than_the_wipe_keeps_what_is_typed(
    window: QQuickWindow, typed: QQuickItem
) -> None:
    loop = Loop()
    wipe = InterfaceWipe(window, Feeds(), loop.ask)
    wipe.show(VisitSnapshot(screen=Screen.BOOKING, wipe_wanted=1))
    assert loop.told[0][1]["fields"] == (0, 0)
    assert typed.property("text") == "Marguerite"


NOTHING = (0, 0)
SWITCHED_OFF: Mapping[str, tuple[object, str, object]] = {
    "pictures": (Feeds, "forget", lambda _self: 0),
    "clipboard": (ui.wiping, "_clipboard", lambda: NOTHING),
    "keyboard": (ui.wiping, "_keyboard", lambda: NOTHING),
    "fields": (InterfaceWipe, "_texts", lambda _self: NOTHING),
}
"""Each store of the interface, and what is to be replaced for it not to be wiped."""


@pytest.mark.parametrize("switched_off", [None, *SWITCHED_OFF])
def test_what_is_not_wiped_is_found(
    window: QQuickWindow,
    typed: QQuickItem,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    switched_off: str | None,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    feeds, learnt = Feeds(), tmp_path / KEYBOARD_FOLDER / "words"
    plane = Plane(memoryview(bytes(16)), 4)
    feeds.paper.show(Picture(4, 4, (plane, plane, plane), 0.0))
    QGuiApplication.clipboard().setText("Marguerite")
    learnt.parent.mkdir()
    learnt.write_text("Marguerite")
    if switched_off is not None:
        owner, name, by = SWITCHED_OFF[switched_off]
        monkeypatch.setattr(owner, name, by)
    InterfaceWipe(window, feeds, Loop().ask).show(VisitSnapshot(wipe_wanted=1))
    shown: list[Picture] = []
    feeds.paper.repeat(shown.append)
    still_there = {
        "pictures": bool(shown),
        "clipboard": bool(QGuiApplication.clipboard().text()),
        "keyboard": learnt.exists(),
        "fields": bool(typed.property("text")),
    }
    QGuiApplication.clipboard().clear()
    assert [name for name, there in still_there.items() if there] == [
        name for name in SWITCHED_OFF if name == switched_off
    ]
