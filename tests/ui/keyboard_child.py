"""A call's screen with the real on-screen keyboard, which Qt loads once in a process or never.

Run by `test_keyboard`, with the name of a scene and a folder for the words: somebody types, the
scene comes, and what there is to see and to press then is told as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.visit.snapshot import VisitSnapshot
from tests.ui.conftest import FULL_HD, Booth
from tests.ui.fake_visit import FakeVisit, InlineLoop
from ui.keyboard import choose_keyboard
from ui.scenes import scenes
from ui.studio import Studio, open_studio, prepare

WITHIN_S = 5.0


def main(name: str, cache: str) -> None:
    """Type, show the scene, and tell what comes of it."""
    choose_keyboard(os.environ)
    application = QGuiApplication(sys.argv[:1])
    prepare()
    visit, loop = FakeVisit(), InlineLoop()
    studio = open_studio(application, Path(cache), lambda ask: loop.run(ask(visit)).result())
    known = scenes()
    _show(studio, known["in-call"])
    studio.window.requestActivate()
    # Who cannot be heard has the field, and its keyboard, at once.
    text = known["text"]
    _show(studio, replace(text, call=replace(text.call, microphone_working=False)))
    typed = _comes(_keyboard)
    scene = known[name]
    _show(studio, replace(scene, call=replace(scene.call, writing=True)))
    gone = _comes(lambda: not _keyboard())
    visit.asked.clear()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(studio.window, key)
    told = {
        "typed": typed,
        "gone": gone,
        "shown": list(Booth(studio, visit, bot=None).controls()),  # type: ignore[arg-type]
        "pressed": visit.asked,
        "windows": len(application.topLevelWindows()),
    }
    print(json.dumps(told))
    studio.close()


def _show(studio: Studio, snapshot: VisitSnapshot) -> None:
    studio.show(snapshot, FULL_HD)
    QTest.qWait(0)


def _comes(what: Callable[[], bool]) -> bool:
    limit = time.monotonic() + WITHIN_S
    while not what() and time.monotonic() < limit:
        QTest.qWait(10)
    return what()


def _keyboard() -> bool:
    return QGuiApplication.inputMethod().isVisible()


if __name__ == "__main__":
    main(*sys.argv[1:])
