"""The technician's rooms by touch, by keyboard and by a screen reader's action."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from devices.picture import Picture
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.view import Room, Surface
from kiosk.visit.snapshot import VisitSnapshot
from tests.ui.conftest import Booth, name_of
from tests.ui.pictures import close_to, halves
from ui.scenes import scenes

SCENES = scenes()

#: Scene, accessible name, and what the booth is asked.
TOUCHES = [
    ("door", "Retour à l'accueil", ("leave",)),
    ("opening", "Quitter", ("leave",)),
    ("overview", "Quitter", ("leave",)),
    ("overview", "Tester : Caméra à documents", ("test", "document_camera")),
    ("overview", "Réseau", ("go", Room.NETWORK)),
    ("overview", "Répétition", ("go", Room.REHEARSAL)),
    ("overview", "Rapport", ("go", Room.REPORT)),
    ("overview-crash", "J'ai lu", ("seen",)),
    ("test-camera", "Oui, ça marche", ("confirm",)),
    ("test-camera", "Ça ne marche pas", ("fails",)),
    ("test-camera", "Arrêter", ("go", Room.OVERVIEW)),
    ("test-failed", "Terminer", ("confirm",)),
    ("test-failed", "Appareils", ("go", Room.OVERVIEW)),
    ("network", "Arrêter", ("go", Room.OVERVIEW)),
    ("rehearsal", "Appareils", ("go", Room.OVERVIEW)),
    ("rehearsal", "Recommencer", ("again",)),
    ("report", "Imprimer", ("print_report",)),
    ("report", "Recommencer", ("again",)),
    ("report", "Appareils", ("go", Room.OVERVIEW)),
    ("report-making", "Appareils", ("go", Room.OVERVIEW)),
]


def show(booth: Booth, scene: str, **facts: object) -> VisitSnapshot:
    snapshot = SCENES[f"technician-{scene}"]
    view = snapshot.technician
    assert view is not None
    if facts:
        assert view.guided is not None
        view = replace(view, guided=replace(view.guided, **facts))  # type: ignore[arg-type]
    shown = replace(snapshot, technician=view)
    booth.show(shown)
    return shown


def activate(booth: Booth) -> None:
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)


def asked(booth: Booth, *words: object) -> None:
    """Wait until the booth has been asked that, and nothing else."""
    booth.bot.waitUntil(lambda: bool(booth.visit.asked))
    assert booth.visit.asked == [words]


def focused(booth: Booth) -> str:
    item = booth.studio.window.activeFocusItem()
    interface = QAccessible.queryAccessibleInterface(item) if item is not None else None
    return "" if interface is None else name_of(interface)


@pytest.mark.parametrize(("scene", "name", "asked"), TOUCHES)
def test_touch(booth: Booth, scene: str, name: str, asked: tuple[object, ...]) -> None:
    show(booth, scene)
    booth.touch(name)
    assert booth.visit.asked == [asked]


@pytest.mark.parametrize(("scene", "name", "asked"), TOUCHES)
def test_press_action(booth: Booth, scene: str, name: str, asked: tuple[object, ...]) -> None:
    show(booth, scene)
    booth.controls()[name].actionInterface().doAction("Press")
    assert booth.visit.asked == [asked]


@pytest.mark.parametrize(("scene", "name", "asked"), TOUCHES)
def test_keyboard(booth: Booth, scene: str, name: str, asked: tuple[object, ...]) -> None:
    show(booth, scene)
    activate(booth)
    for _ in range(20):
        if focused(booth) == name:
            break
        booth.key(Qt.Key.Key_Tab)
    booth.key(Qt.Key.Key_Return)
    assert booth.visit.asked == [asked]


def test_a_pin_by_touch_is_dots_and_nothing_else(booth: Booth) -> None:
    show(booth, "door")
    for key in "2580":
        booth.touch(key)
    booth.touch("7")
    assert "5 chiffres entrés" in booth.controls()
    booth.touch("Effacer")
    assert "4 chiffres entrés" in booth.controls()
    texts = [item.property("text") for item in booth.items() if item.inherits("QQuickText")]
    assert not any("2580" in str(text) for text in texts)
    booth.touch("Valider")
    assert booth.visit.asked == [("enter_pin", "2580")]
    assert "0 chiffre entré" in booth.controls()


def test_a_pin_by_keyboard(booth: Booth) -> None:
    show(booth, "door")
    activate(booth)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_9, Qt.Key.Key_Backspace, Qt.Key.Key_3):
        booth.key(key)
    assert focused(booth) == "Valider"
    booth.key(Qt.Key.Key_Return)
    assert booth.visit.asked == [("enter_pin", "123")]


def test_a_pin_is_bounded_and_none_is_not_tried(booth: Booth) -> None:
    show(booth, "door")
    booth.touch("Valider")
    for _ in range(20):
        booth.touch("1")
    booth.touch("Valider")
    assert booth.visit.asked == [("enter_pin", "1" * 12)]


def test_a_locked_door_takes_no_digit_and_says_for_how_long(booth: Booth) -> None:
    show(booth, "door-locked")
    assert "Trop de codes faux. Réessayez dans 4 minutes." in booth.controls()
    booth.touch("1")
    booth.touch("Valider")
    assert booth.visit.asked == []


def test_a_door_without_a_pin_asks_for_the_card_alone(booth: Booth) -> None:
    show(booth, "door-card")
    assert "Présentez votre carte de technicien au lecteur." in booth.controls()
    assert "Valider" not in booth.controls()


def test_a_step_that_failed_is_tried_again_with_its_device(booth: Booth) -> None:
    show(booth, "test-failed")
    booth.touch("Recommencer")
    assert booth.visit.asked == [("retry", "document_printer"), ("again",)]


def test_a_step_that_the_booth_judges_offers_no_yes(booth: Booth) -> None:
    show(booth, "test-microphone")
    assert "Oui, ça marche" not in booth.controls()
    assert "Niveau : 55 %" in booth.controls()
    show(booth, "test-microphone", outcome=Outcome.SUCCESS)
    booth.touch("Continuer")
    assert booth.visit.asked == [("confirm",)]


def test_the_crash_is_in_the_way_of_everything_else(booth: Booth) -> None:
    show(booth, "overview-crash")
    booth.touch("Quitter")
    assert booth.visit.asked == []


def test_every_device_says_how_it_is(booth: Booth) -> None:
    show(booth, "overview")
    controls = booth.controls()
    described = controls["Tester : Imprimante A4"].text(QAccessible.Text.Description)
    assert described == "À débloquer, plus de papier"
    assert "Tester : Combiné" not in controls
    shown = [str(item.property("text")) for item in booth.items() if item.inherits("QQuickText")]
    assert shown.count("Simulé") == 3


def test_what_the_keyboard_reaches_is_in_sight(booth: Booth) -> None:
    show(booth, "overview-long")
    activate(booth)
    below = booth.controls()["Quitter"].rect().top()
    assert booth.controls()["Tester : Écran"].rect().bottom() > below
    for _ in range(20):
        if focused(booth) == "Tester : Écran":
            break
        booth.key(Qt.Key.Key_Tab)
    assert booth.controls()["Tester : Écran"].rect().bottom() <= below


def test_time_runs_out_in_sight(booth: Booth) -> None:
    show(booth, "overview")
    assert not any("Accueil dans" in name for name in booth.controls())
    show(booth, "overview-leaving")
    assert any("Accueil dans" in name for name in booth.controls())


def test_every_step_says_how_it_stands(booth: Booth) -> None:
    show(booth, "network")
    controls = booth.controls()
    assert "Relais par UDP : Échoué" in controls
    assert controls["Noms des serveurs : Réussi"].role() == QAccessible.Role.ListItem
    assert "UDP : Sans objet" in controls


def test_the_picture_under_test_is_the_right_way_round(booth: Booth) -> None:
    show(booth, "test-camera")
    colours: list[Picture] = [halves("red", "green")]
    place = booth.controls()["Pas d'image"].rect().translated(-booth.studio.window.position())

    def seen() -> bool:
        booth.studio.feeds.own.show(colours[0])
        image = booth.studio.window.grabWindow()
        sides = (place.center() - QPoint(100, 0), place.center() + QPoint(100, 0))
        left, right = (image.pixelColor(side).getRgb()[:3] for side in sides)
        return close_to(left, "red") and close_to(right, "green")

    booth.bot.waitUntil(seen)
    assert "Image en direct" in booth.controls()


def drag(booth: Booth, *places: QPoint) -> None:
    window = booth.studio.window
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(window, place)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=places[-1])


def test_every_field_of_the_touch_screen(booth: Booth) -> None:
    show(booth, "test-touch")
    assert "Passez le doigt sur chaque case : 0 sur 144" in booth.controls()
    width, height = booth.studio.window.width(), booth.studio.window.height()
    for row in range(8):
        y = round((row + 0.5) * height / 9)
        drag(booth, QPoint(5, y), QPoint(width // 2, y), QPoint(width - 5, y))
    assert "Passez le doigt sur chaque case : 128 sur 144" in booth.controls()
    drag(booth, QPoint(5, height - 5), QPoint(width - 5, height - 5))
    asked(booth, "surface_done", True)


def test_a_touch_screen_that_does_not_feel_is_left_by_keyboard(booth: Booth) -> None:
    show(booth, "test-touch")
    activate(booth)
    booth.key(Qt.Key.Key_Escape)
    booth.key(Qt.Key.Key_Escape)
    asked(booth, "surface_done", False)


def test_a_touch_screen_that_does_not_feel_is_left_by_waiting(booth: Booth) -> None:
    show(booth, "test-touch")
    (grid,) = [item for item in booth.items() if item.metaObject().className().startswith("TouchG")]
    grid.setProperty("offerAfterMs", 1)
    booth.bot.waitUntil(lambda: "Ça ne marche pas" in booth.controls())
    grid.setProperty("leaveAfterMs", 20)
    asked(booth, "surface_done", False)


def test_a_touch_screen_that_does_not_feel_is_left_by_touch(booth: Booth) -> None:
    show(booth, "test-touch")
    (grid,) = [item for item in booth.items() if item.metaObject().className().startswith("TouchG")]
    grid.setProperty("offerAfterMs", 1)
    booth.bot.waitUntil(lambda: "Ça ne marche pas" in booth.controls())
    booth.touch("Ça ne marche pas")
    asked(booth, "surface_done", False)


def test_five_colours_one_touch_each(booth: Booth) -> None:
    show(booth, "test-colours")
    seen = []
    for _ in range(5):
        assert booth.visit.asked == []
        booth.drawn()
        seen.append(booth.studio.window.grabWindow().pixelColor(5, 5).name())
        QTest.mouseClick(booth.studio.window, Qt.MouseButton.LeftButton, pos=QPoint(900, 300))
    assert seen == ["#ff0000", "#00ff00", "#0000ff", "#ffffff", "#000000"]
    assert booth.visit.asked == [("surface_done", True)]


def test_colours_by_keyboard_and_the_way_out(booth: Booth) -> None:
    show(booth, "test-colours")
    activate(booth)
    booth.key(Qt.Key.Key_Space)
    booth.key(Qt.Key.Key_Escape)
    assert booth.visit.asked == [("surface_done", False)]


def test_after_a_surface_the_step_is_asked_about(booth: Booth) -> None:
    show(booth, "test-touch")
    activate(booth)
    booth.key(Qt.Key.Key_Escape)
    asked(booth, "surface_done", False)
    show(booth, "test-touch", hint="Nettoyez l'écran.")
    assert "Nettoyez l'écran." in booth.controls()
    show(booth, "test-touch", surface=Surface.COLOURS, number=3)
    assert any(name.startswith("Rouge") for name in booth.controls())


def test_nothing_of_the_technician_is_left_on_home(booth: Booth) -> None:
    show(booth, "test-touch")
    booth.show(SCENES["home"])
    assert "CAF" in booth.controls()
    assert not any("case" in name for name in booth.controls())
    assert booth.studio.models.technician.devices.rowCount() == 0
