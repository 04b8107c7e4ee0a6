"""The keyboard's focus is never nowhere, and never behind a question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from kiosk.documents.view import PapersStep
from tests.ui.conftest import Booth, name_of
from ui.scenes import scenes

SCENES = scenes()


@pytest.fixture
def keys(booth: Booth) -> Booth:
    """A booth whose window has the keyboard."""
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)
    return booth


def focused(booth: Booth) -> str:
    item = booth.studio.window.activeFocusItem()
    interface = QAccessible.queryAccessibleInterface(item) if item is not None else None
    return "" if interface is None else name_of(interface)


@pytest.mark.parametrize("scene", ["papers-reading", "papers-scanning-good", "papers-proposed"])
def test_a_step_that_ends_gives_the_focus_to_the_call(keys: Booth, scene: str) -> None:
    keys.show(SCENES["in-call"])
    before = focused(keys)
    keys.show(SCENES[scene])
    assert focused(keys) != before
    ended = replace(SCENES[scene].papers, step=PapersStep.NONE, received=())
    keys.show(replace(SCENES[scene], papers=ended))
    assert focused(keys) == before == "Couper le micro"


def test_the_menu_and_the_text_give_the_focus_back_too(keys: Booth) -> None:
    keys.show(SCENES["in-call"])
    keys.touch("Papiers")
    keys.drawn()
    keys.touch("Retour")
    keys.drawn()
    assert focused(keys) == "Couper le micro"
    keys.show(SCENES["text"])
    keys.touch("Votre message")
    keys.show(SCENES["in-call"])
    assert focused(keys) == "Couper le micro"


def test_a_document_for_later_gives_the_focus_back(keys: Booth) -> None:
    keys.show(SCENES["papers-announced"])
    while focused(keys) != "Plus tard":
        keys.key(Qt.Key.Key_Tab)
    keys.key(Qt.Key.Key_Return)
    keys.drawn()
    assert focused(keys) == "Couper le micro"


@pytest.mark.parametrize("way", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_a_question_keeps_the_focus_until_it_is_answered(keys: Booth, way: Qt.Key) -> None:
    keys.show(SCENES["home"])
    keys.show(SCENES["check-in-found"])
    while focused(keys) != "Annuler le rendez-vous":
        keys.key(Qt.Key.Key_Tab)
    keys.key(Qt.Key.Key_Return)
    keys.drawn()
    passed = []
    for _ in range(4):
        passed.append(focused(keys))
        keys.key(way)
    assert passed == ["Garder", "Oui, annuler"] * 2
    assert keys.controls()["Je suis là"].state().disabled
    keys.key(Qt.Key.Key_Return)
    keys.bot.waitUntil(lambda: focused(keys) == "Annuler le rendez-vous")
    assert keys.visit.asked == []


def test_papers_over_the_queue_have_the_focus_and_give_it_back(keys: Booth) -> None:
    keys.show(SCENES["home"])
    keys.show(SCENES["waiting-third"])
    before = focused(keys)
    assert before
    keys.show(SCENES["papers-waiting-scan"])
    assert focused(keys) in ("Prendre la photo", "J'ai fini")
    keys.show(SCENES["waiting-third"])
    assert focused(keys) == before
