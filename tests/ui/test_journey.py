"""What a resident can do on each screen, by touch, by keyboard and by a screen reader's action."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tests.ui.conftest import Booth, name_of
from ui.scenes import HOME, scenes

SCENES = scenes()

#: Scene, accessible name, and what the visit is asked.
TOUCHES = [
    ("home", "CAF", ("choose", "caf")),
    ("home", "CPAM", ("choose", "cpam")),
    ("home", "France Travail", ("choose", "france-travail")),
    ("home", "Impôts", ("choose", "impots")),
    ("home", "Mairie", ("choose", "mairie")),
    ("home", "Département", ("choose", "departement")),
    ("home", "Service d'essai", ("choose", "essai")),
    ("home", "J'ai un rendez-vous", ("appointments.open_check_in",)),
    ("home", "Prendre un rendez-vous", ("appointments.open_booking", "")),
    ("hours", "Retour à l'accueil", ("go_home",)),
    ("hours", "Prendre rendez-vous", ("appointments.open_booking", "impots")),
    ("hours", "Me faire rappeler", ("appointments.open_call_back", "impots")),
    ("consent", "J'accepte", ("agree",)),
    ("consent", "Retour", ("cancel",)),
    ("rehearsing", "Annuler", ("cancel",)),
    ("waiting-third", "Préparer mes papiers", ("papers.scan",)),
    ("waiting-third", "Me faire rappeler", ("appointments.open_call_back", "caf")),
    ("waiting-third", "Prendre rendez-vous", ("appointments.open_booking", "caf")),
    ("connecting", "Raccrocher", ("hang_up",)),
    ("in-call", "Raccrocher", ("hang_up",)),
    ("in-call", "Couper le micro", ("set_muted", True)),
    ("in-call-muted", "Rétablir le micro", ("set_muted", False)),
    ("in-call", "Moins fort", ("set_volume", 5)),
    ("in-call", "Plus fort", ("set_volume", 7)),
    ("in-call-slowed", "Raccrocher", ("hang_up",)),
    ("ended-agent", "Terminer", ("farewell.go_on",)),
    ("ended-agent", "Emporter un résumé", ("farewell.open_summary",)),
    ("ended-timeout", "Prendre rendez-vous", ("appointments.open_booking", "caf")),
    ("fail-safe", "Retour à l'accueil", ("go_home",)),
    ("idle-prompt", "Oui, je suis là", ("touched",)),
]


@pytest.mark.parametrize(("scene", "name", "asked"), TOUCHES)
def test_touch(booth: Booth, scene: str, name: str, asked: tuple[object, ...]) -> None:
    booth.show(SCENES[scene])
    booth.touch(name)
    assert booth.visit.asked == [asked]


@pytest.mark.parametrize(("scene", "name", "asked"), TOUCHES)
def test_press_action(booth: Booth, scene: str, name: str, asked: tuple[object, ...]) -> None:
    booth.show(SCENES[scene])
    booth.controls()[name].actionInterface().doAction("Press")
    assert booth.visit.asked == [asked]


@pytest.mark.parametrize(("scene", "name", "asked"), TOUCHES)
def test_keyboard(booth: Booth, scene: str, name: str, asked: tuple[object, ...]) -> None:
    booth.show(SCENES[scene])
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)
    assert name in _walk_to(booth, name)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        booth.key(key)
        assert booth.visit.asked == [asked]
        booth.visit.asked.clear()


def _walk_to(booth: Booth, name: str) -> list[str]:
    """Tab until the control of that name has the focus; return the names passed on the way."""
    passed = [_focused(booth)]
    while passed[-1] != name and len(passed) < 12:
        booth.key(Qt.Key.Key_Tab)
        passed.append(_focused(booth))
    return passed


def _focused(booth: Booth) -> str:
    item = booth.studio.window.activeFocusItem()
    interface = QAccessible.queryAccessibleInterface(item) if item is not None else None
    return "" if interface is None else name_of(interface)


def test_focus_is_visible(booth: Booth) -> None:
    booth.show(SCENES["home"])
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)
    _walk_to(booth, "CPAM")
    rings = [one for one in booth.items() if one.metaObject().className().startswith("FocusRing")]
    assert len(rings) == 1


def test_state_is_in_the_description(booth: Booth) -> None:
    booth.show(SCENES["home"])
    described = booth.controls()["CPAM"].text(QAccessible.Text.Description)
    assert described == "Assurance maladie. 2 personnes attendent"


def test_agency_out_of_reach_cannot_be_chosen(booth: Booth) -> None:
    booth.show(SCENES["home-line-down"])
    booth.touch("CAF")
    assert booth.visit.asked == []


def test_volume_stays_within_its_range(booth: Booth) -> None:
    booth.show(replace(SCENES["in-call"], call=replace(SCENES["in-call"].call, volume=10)))
    booth.touch("Plus fort")
    booth.show(replace(SCENES["in-call"], call=replace(SCENES["in-call"].call, volume=0)))
    booth.touch("Moins fort")
    assert booth.visit.asked == [("set_volume", 10), ("set_volume", 0)]


def test_screen_below_the_idle_question_takes_no_touch(booth: Booth) -> None:
    booth.show(SCENES["waiting-third"])
    place = booth.controls()["Me faire rappeler"].rect()
    booth.show(SCENES["idle-prompt"])
    assert booth.controls()["Me faire rappeler"].rect() == place
    booth.touch("Me faire rappeler")
    assert booth.visit.asked == [("touched",)]


def test_rest_covers_home_but_hides_nothing_from_a_screen_reader(booth: Booth) -> None:
    booth.show(HOME)
    booth.studio.models.shell.rest(resting=True)
    booth.drawn()
    assert "Touchez l'écran" in booth.controls()
    booth.touch("CAF")
    booth.key(Qt.Key.Key_Return)
    assert booth.visit.asked == []
    booth.controls()["CAF"].actionInterface().doAction("Press")
    assert booth.visit.asked == [("choose", "caf")]
