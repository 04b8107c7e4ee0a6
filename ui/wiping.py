"""The interface forgets a visit: pictures, clipboard, what the keyboard learnt, texts in fields."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.visit.snapshot import Screen, VisitSnapshot
from kiosk.visit.wipe import StoreName
from ui.typed_codes import TypedCodes
from ui.video.feeds import Feeds
from ui.viewmodels.touches import Request

#: Qt Virtual Keyboard's folder for words that it has learnt, under the places for settings.
KEYBOARD_FOLDER = "qtvirtualkeyboard"

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class InterfaceWipe(QObject):
    """Answers each new `VisitSnapshot.wipe_wanted`; lives on the Qt thread."""

    def __init__(self, window: QQuickWindow, feeds: Feeds, ask: Callable[[Request], None]) -> None:
        """`ask` hands the answer to the loop."""
        super().__init__()
        self._window = window
        self._feeds = feeds
        self._ask = ask
        self._done = 0

    def show(self, snapshot: VisitSnapshot) -> None:
        """Forget, once for each number; the screen of the snapshot is already shown."""
        number = snapshot.wipe_wanted
        if number == self._done:
            return
        self._done = number
        # A resident who was quicker than the wipe keeps what is theirs on the new screen.
        fields = self._texts() if snapshot.screen in _NOBODYS else _NOTHING
        counts = {
            StoreName.PICTURES.value: (self._feeds.forget(), 0),
            StoreName.CLIPBOARD.value: _clipboard(),
            StoreName.KEYBOARD.value: _keyboard(),
            StoreName.FIELDS.value: fields,
        }
        self._ask(lambda controls: controls.interface_wiped(number, counts))

    def _texts(self) -> tuple[int, int]:
        QGuiApplication.inputMethod().reset()
        held = [item for item in _items(self._window.contentItem()) if _typed(item)]
        for item in held:
            item.setProperty("text", "")
        lines = [codes for codes in self._window.findChildren(TypedCodes) if codes.held]
        for codes in lines:
            codes.forget()
        left = sum(bool(_typed(item)) for item in held) + sum(bool(codes.held) for codes in lines)
        return len(held) + len(lines), left


_NOTHING = (0, 0)
_NOBODYS = (Screen.HOME, Screen.FAIL_SAFE, Screen.TECHNICIAN)
"""Screens into which no resident types."""


def _typed(item: QQuickItem) -> str:
    """Return what somebody typed into `item`; empty where that cannot be."""
    editable = item.inherits("QQuickTextInput") or item.inherits("QQuickTextEdit")
    return str(item.property("text")) if editable else ""


def _items(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from _items(child)


def _clipboard() -> tuple[int, int]:
    clipboard = QGuiApplication.clipboard()
    held = [mode for mode in _MODES if clipboard.text(mode)]
    for mode in held:
        clipboard.clear(mode)
    return len(held), sum(bool(clipboard.text(mode)) for mode in held)


def _keyboard() -> tuple[int, int]:
    learnt = [path for path in _learnt() if path.exists()]
    for path in learnt:
        shutil.rmtree(path, ignore_errors=True)
    return len(learnt), sum(path.exists() for path in learnt)


def _learnt() -> list[Path]:
    places = (
        QStandardPaths.StandardLocation.GenericConfigLocation,
        QStandardPaths.StandardLocation.AppConfigLocation,
        QStandardPaths.StandardLocation.GenericDataLocation,
        QStandardPaths.StandardLocation.AppDataLocation,
    )
    found = (Path(QStandardPaths.writableLocation(place), KEYBOARD_FOLDER) for place in places)
    # Without a name of its own an application shares the general places.
    return list(dict.fromkeys(found))
