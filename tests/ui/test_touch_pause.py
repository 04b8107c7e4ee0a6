"""A touch acts on what the resident has seen: not on what came under the finger just now."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import Booth
from ui.scenes import scenes

SCENES = scenes()

#: What is touched, what comes of it, and what a finger would meet there unless it was kept from it.
SUCCESSIONS = [
    ("check-in-found", "Je suis là", "consent"),
    ("ringing", "Répondre", "consent"),
    ("ended-agent", "Terminer", "survey-faces"),
    ("in-call", "Raccrocher", "ended-agent"),
    ("papers-scanning-good", "Prendre la photo", "papers-reviewing"),
    ("papers-reviewing", "Garder", "papers-scanning-good"),
    ("survey-question", "Passer", "survey-faces"),
    ("booking-agency", "CPAM", "booking-subject"),
    ("papers-waiting-scan", "J'ai fini", "waiting-third"),
]


def asked(booth: Booth) -> list[tuple[object, ...]]:
    return [one for one in booth.visit.asked if one != ("touched",)]


@pytest.mark.parametrize(("scene", "name", "next_scene"), SUCCESSIONS)
def test_the_second_tap_of_a_double_one_meets_nothing(
    booth: Booth, scene: str, name: str, next_scene: str
) -> None:
    booth.show(SCENES[scene])
    where = booth.place(name)
    booth.touch(name)
    booth.visit.asked.clear()
    booth.show(SCENES[next_scene])
    places = everywhere(booth)
    assert places
    for place in (where, *places):
        booth.touch_at_once(place)
    assert asked(booth) == []


def everywhere(booth: Booth) -> list[QPoint]:
    """Return the middles of all that can be pressed, but for the call's bar, which stays."""
    bar = {"Couper le micro", "Raccrocher", "Papiers", "Écrire", "Moins fort", "Plus fort"}
    return [
        booth.place(name)
        for name, control in booth.controls().items()
        if name not in bar and control.actionInterface() is not None
    ]


@pytest.mark.parametrize("scene", ["consent", "papers-reviewing"])
def test_a_finger_is_kept_from_a_new_screen_as_a_mouse_is(booth: Booth, scene: str) -> None:
    window = booth.studio.window
    booth.show(SCENES["in-call"])
    booth.show(SCENES[scene])
    where = booth.place({"consent": "J'accepte"}.get(scene, "Garder"))
    finger = QTest.createTouchDevice()

    def tap() -> None:
        QTest.touchEvent(window, finger).press(0, where, window).commit()
        QTest.touchEvent(window, finger).release(0, where, window).commit()

    tap()
    assert asked(booth) == []
    # By itself it is over soon.
    booth.bot.waitUntil(lambda: not paused(booth))
    tap()
    assert len(asked(booth)) == 1


def paused(booth: Booth) -> bool:
    return any(item.objectName() == "touch_pause" for item in booth.items())


def test_keys_and_a_screen_reader_are_never_kept_waiting(booth: Booth) -> None:
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)
    booth.show(SCENES["home"])
    booth.show(SCENES["consent"])
    booth.key(Qt.Key.Key_Return)
    booth.controls()["J'accepte"].actionInterface().doAction("Press")
    assert asked(booth) == [("agree",), ("agree",)]


def test_a_quick_hand_on_the_same_screen_is_followed(booth: Booth) -> None:
    booth.show(SCENES["check-in-asking"])
    booth.settle()
    for digit in "4803":
        booth.touch_at_once(booth.place(digit))
    assert asked(booth)[-1] == ("appointments.type_digits", "4803")
    booth.visit.asked.clear()
    booth.show(SCENES["papers-reading"])
    booth.settle()
    for _ in range(2):
        booth.touch_at_once(booth.place("Page d'après"))
    assert len(asked(booth)) == 2


def test_the_calls_bar_stays_while_papers_come(booth: Booth) -> None:
    booth.show(SCENES["in-call"])
    booth.settle()
    booth.show(SCENES["papers-proposed"])
    booth.touch_at_once(booth.place("Raccrocher"))
    assert asked(booth) == [("hang_up",)]


def test_a_question_is_read_before_it_is_answered(booth: Booth) -> None:
    booth.show(SCENES["check-in-found"])
    booth.touch("Annuler le rendez-vous")
    booth.drawn()
    booth.touch_at_once(booth.place("Oui, annuler"))
    assert asked(booth) == []
    booth.touch("Oui, annuler")
    assert asked(booth) == [("appointments.cancel",)]
