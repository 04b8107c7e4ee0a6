"""The keyboard on the screen is the window's own, and stands while its words are sent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from tests.ui.conftest import Booth
from ui.keyboard import choose_keyboard
from ui.scenes import scenes

NB = "\N{NO-BREAK SPACE}"
SCENES = scenes()


def test_the_keyboard_never_makes_a_window_of_its_own() -> None:
    environment: dict[str, str] = {}
    choose_keyboard(environment)
    assert environment == {
        "QT_IM_MODULE": "qtvirtualkeyboard",
        "QT_VIRTUALKEYBOARD_DESKTOP_DISABLE": "1",
    }


def test_what_the_operator_has_set_stands() -> None:
    environment = {"QT_IM_MODULE": "ibus"}
    choose_keyboard(environment)
    assert environment["QT_IM_MODULE"] == "ibus"


def writing(booth: Booth) -> bool:
    """Return whether a field has the focus, and so its keyboard."""
    focus = booth.studio.window.activeFocusItem()
    return focus is not None and focus.inherits("QQuickTextInput")


@pytest.mark.parametrize(
    ("scene", "name", "asked"),
    [
        ("booking-person", "Valider", ("appointments.tell_person", "", "")),
        ("booking-person", "Passer", ("appointments.tell_person", "", "")),
        ("booking-person", "Retour", ("appointments.back",)),
        ("survey-question", "Envoyer", ("farewell.say", "")),
        ("text", "Envoyer", ("end_text",)),
        ("text-announced", "Plus tard", None),
    ],
)
def test_a_finger_on_a_button_leaves_the_keyboard_where_it_is(
    booth: Booth, scene: str, name: str, asked: tuple[str, ...] | None
) -> None:
    window = booth.studio.window
    window.requestActivate()
    booth.bot.waitUntil(window.isActive)
    booth.show(SCENES["home"])
    booth.show(SCENES[scene])
    if not writing(booth):
        booth.touch("Votre message")
        QTest.keyClick(window, "a")
    assert writing(booth)
    booth.visit.asked.clear()
    finger = QTest.createTouchDevice()
    where = booth.place(name)
    booth.settle()
    QTest.touchEvent(window, finger).press(0, where, window).commit()
    assert writing(booth)
    # A finger never lies quite still.
    where += QPoint(2, 3)
    QTest.touchEvent(window, finger).move(0, where, window).commit()
    QTest.touchEvent(window, finger).release(0, where, window).commit()
    assert writing(booth)
    assert [one for one in booth.visit.asked if one != ("touched",)] == ([asked] if asked else [])


def test_a_line_to_be_corrected_is_touched_without_the_keyboard_going(booth: Booth) -> None:
    window = booth.studio.window
    window.requestActivate()
    booth.bot.waitUntil(window.isActive)
    booth.show(SCENES["text"])
    booth.touch("Votre message")
    lost: list[QQuickItem] = []
    window.activeFocusItemChanged.connect(lambda: lost.append(window.activeFocusItem()))
    booth.touch(f"Vous{NB}: Laquelle ?")
    assert writing(booth)
    assert lost == []


@pytest.mark.parametrize(
    ("scene", "shown"),
    [
        ("papers-proposed", "Oui, montrer un papier"),
        ("papers-reviewing", "Garder"),
        ("shared", "Ce que l'agent vous montre"),
    ],
)
def test_who_types_sees_what_comes_and_presses_nothing_of_it(
    tmp_path: Path, scene: str, shown: str
) -> None:
    command = [sys.executable, "-m", "tests.ui.keyboard_child", scene, str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, timeout=60)
    told = json.loads(done.stdout)
    assert told["typed"]
    assert told["gone"]
    assert shown in told["shown"]
    assert "Votre message" in told["shown"]
    assert told["pressed"] == []
    assert told["windows"] == 1
