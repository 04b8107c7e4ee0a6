"""What a resident can do with papers, text and a shared window, found as a screen reader does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.documents.view import PapersTrouble, PapersView
from kiosk.visit.snapshot import VisitSnapshot, WrittenLine
from tests.ui.conftest import Booth, name_of
from tests.ui.pictures import halves
from ui.papers_scenes import MANY, POSSIBLE, READING, SCANNING, TEXT
from ui.scenes import scenes

SCENES = scenes()
NB = "\N{NO-BREAK SPACE}"

#: Scene, accessible name, and what the visit is asked.
TOUCHES = [
    ("papers-proposed", "Oui, montrer un papier", ("papers.scan",)),
    ("papers-proposed", "Non", ("papers.decline",)),
    ("papers-proposed-no-camera", "Retour", ("papers.decline",)),
    ("papers-scanning-good", "Prendre la photo", ("papers.take",)),
    ("papers-scanning-good", "J'ai fini", ("papers.end_scan",)),
    ("papers-reviewing", "Garder", ("papers.keep",)),
    ("papers-reviewing", "Recommencer", ("papers.retake",)),
    ("papers-reviewing", "Jeter", ("papers.drop",)),
    ("papers-reading", "Page d'avant", ("papers.show_page", 1)),
    ("papers-reading", "Page d'après", ("papers.show_page", 3)),
    ("papers-reading", "Emporter sur mon téléphone", ("papers.take_away",)),
    ("papers-reading", "Je n'en veux pas", ("papers.refuse",)),
    ("papers-reading", "Retour", ("papers.close",)),
    ("papers-printing-processing", "Arrêter", ("papers.cancel_print",)),
    ("papers-printing-processing", "Retour", ("papers.close",)),
    ("papers-printing-aborted", "Emporter sur mon téléphone", ("papers.take_away",)),
    ("papers-taking-code", "Retour", ("papers.close",)),
    ("papers-taking-over", "Un autre code", ("papers.take_away",)),
    ("papers-announced", "Regarder", ("papers.read", "d0")),
    ("shared-announced", "Regarder", ("papers.read", "d0")),
    ("in-call", "Écrire", ("show_writing", True)),
    ("text", "Fermer l'écrit", ("show_writing", False)),
]


@pytest.mark.parametrize(("scene", "name", "asked"), TOUCHES)
def test_touch_and_press_action(
    booth: Booth, scene: str, name: str, asked: tuple[object, ...]
) -> None:
    booth.show(SCENES[scene])
    booth.touch(name)
    booth.controls()[name].actionInterface().doAction("Press")
    assert booth.visit.asked == [asked, asked]


@pytest.mark.parametrize("scene", [name for name in SCENES if name.startswith("papers-")])
def test_hanging_up_and_the_microphone_are_always_there(booth: Booth, scene: str) -> None:
    booth.show(SCENES[scene])
    if SCENES[scene].screen.value == "in_call":
        assert {"Raccrocher", "Couper le micro", "L'image de l'agent"} <= booth.controls().keys()


@pytest.mark.parametrize(
    ("advice", "words"),
    [
        ("opening", f"Un instant{NB}: la caméra s'ouvre."),
        ("next_page", "Cette page est prise. Posez la suivante."),
        ("no_page", "Posez la feuille sous la caméra."),
        ("closer", "Rapprochez la feuille."),
        ("whole_page", "Montrez la feuille entière."),
        ("hold_still", "Laissez la feuille immobile."),
        ("sharper", f"C'est flou{NB}: posez la feuille bien à plat."),
        ("glare", f"Une lampe s'y reflète{NB}: tournez un peu la feuille."),
        ("light", f"Il fait trop sombre{NB}: enlevez ce qui fait de l'ombre."),
        ("good", "C'est net. Ne bougez plus."),
    ],
)
def test_advice_is_said_in_words(booth: Booth, advice: str, words: str) -> None:
    booth.show(in_call(replace(SCANNING, advice=advice)))
    assert words in booth.controls()


@pytest.mark.parametrize("trouble", [one for one in PapersTrouble if one.value != "none"])
def test_every_trouble_has_words_also_without_a_step(booth: Booth, trouble: PapersTrouble) -> None:
    booth.show(in_call(replace(READING, trouble=trouble)))
    while_reading = set(booth.controls())
    booth.show(in_call(READING))
    said = while_reading - set(booth.controls())
    assert len(said) == 1
    booth.show(in_call(replace(POSSIBLE, trouble=trouble)))
    assert said <= set(booth.controls())


@pytest.mark.parametrize(
    ("scene", "first", "last"),
    [
        ("in-call", "Couper le micro", "Raccrocher"),
        ("papers-proposed", "Oui, montrer un papier", "Raccrocher"),
        ("papers-scanning-good", "Prendre la photo", "Raccrocher"),
        ("papers-reviewing", "Garder", "Raccrocher"),
        ("papers-reading", "Imprimer", "Raccrocher"),
        ("papers-printing-processing", "Retour", "Raccrocher"),
        ("papers-taking-code", "Retour", "Raccrocher"),
    ],
)
def test_the_keyboard_begins_at_the_main_action(
    booth: Booth, scene: str, first: str, last: str
) -> None:
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)
    booth.show(SCENES["home"])
    booth.show(SCENES[scene])
    passed = [focused(booth)]
    while passed[-1] != last and len(passed) < 16:
        booth.key(Qt.Key.Key_Tab)
        passed.append(focused(booth))
    assert passed[0] == first
    assert passed[-1] == last
    assert "" not in passed


def focused(booth: Booth) -> str:
    item = booth.studio.window.activeFocusItem()
    interface = QAccessible.queryAccessibleInterface(item) if item is not None else None
    return "" if interface is None else name_of(interface)


def in_call(papers: PapersView) -> VisitSnapshot:
    return replace(SCENES["in-call"], papers=papers)


def test_copies_are_chosen_before_anything_prints(booth: Booth) -> None:
    booth.show(SCENES["papers-reading"])
    booth.touch("Imprimer")
    booth.drawn()
    assert booth.visit.asked == []
    booth.touch("3 exemplaires")
    assert booth.visit.asked == [("papers.print", 3)]


def test_what_was_printed_is_asked_about_again(booth: Booth) -> None:
    booth.show(SCENES["papers-reading-one-page"])
    booth.touch("Imprimer")
    booth.drawn()
    assert "1 exemplaire" not in booth.controls()
    booth.touch("Oui, imprimer encore")
    booth.drawn()
    booth.touch("1 exemplaire")
    assert booth.visit.asked == [("papers.print", 1)]


def test_printing_can_be_thought_better_of(booth: Booth) -> None:
    booth.show(SCENES["papers-reading"])
    booth.touch("Imprimer")
    booth.drawn()
    booth.touch("Ne pas imprimer")
    booth.drawn()
    assert "Imprimer" in booth.controls()
    assert booth.visit.asked == []


def test_the_menu_lists_what_came_and_leads_to_the_camera(booth: Booth) -> None:
    booth.show(in_call(MANY))
    booth.touch("Plus tard")
    booth.drawn()
    booth.touch("Plus tard")
    booth.drawn()
    booth.touch("Papiers")
    booth.drawn()
    controls = booth.controls()
    assert f"3 pages prises. Envoi{NB}: 40{NB}%" in controls
    assert controls["photo.jpg"].state().disabled
    booth.touch("Attestation de droits.pdf")
    booth.touch("Montrer un papier")
    booth.touch("Retour")
    booth.drawn()
    assert "Vos papiers" not in booth.controls()
    assert booth.visit.asked == [("papers.read", "d1"), ("papers.scan",), ("papers.close",)]


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(1080, 1920)])
def test_a_page_grows_by_touches(booth: Booth, size: QSize) -> None:
    booth.show(SCENES["papers-reading"], size)
    booth.studio.feeds.paper.show(halves("white", "white", 708, 1000))
    sheets = [item for item in booth.items() if item.property("fillMode") == 1]
    assert len(sheets) == 1
    before = sheets[0].width()
    booth.touch("Agrandir")
    booth.drawn()
    # It has the buttons' place too; the next page is a touch away all the same.
    assert sheets[0].width() > 1.8 * before
    booth.touch("Page d'après")
    assert booth.visit.asked[-1] == ("papers.show_page", 3)
    assert "Imprimer" not in booth.controls()
    booth.touch("Réduire")
    booth.drawn()
    assert "Imprimer" in booth.controls()
    assert sheets[0].width() == pytest.approx(before, rel=0.02)


def test_the_pin_is_read_out_digit_by_digit(booth: Booth) -> None:
    told = {f"Numéro{NB}: 4 8 2 9 1 3", "Code à photographier"}
    # Made now: a code's time runs from when its scene was made.
    booth.show(scenes()["papers-taking-code"])
    booth.bot.waitUntil(lambda: told <= booth.controls().keys())
    booth.show(SCENES["papers-taking-taken"])
    booth.bot.waitUntil(lambda: "Code à photographier" not in booth.controls())


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(1080, 1920)])
def test_the_pointer_stands_where_the_agent_points(booth: Booth, size: QSize) -> None:
    scene = SCENES["shared"]
    booth.show(scene, size)
    booth.studio.feeds.shared.show(halves("white", "white", 1600, 900))
    views = [item for item in booth.items() if item.property("fillMode") == 1]
    booth.bot.waitUntil(lambda: bool(views[0].property("hasPicture")))
    booth.drawn()
    x, y = scene.call.pointer or (0.0, 0.0)
    wanted = views[0].mapToScene(views[0].boundingRect().topLeft())
    assert views[0].width() / views[0].height() == pytest.approx(16 / 9, abs=0.01)
    (ring,) = [item for item in booth.items() if is_ring(item)]
    middle = ring.mapToScene(ring.boundingRect().center())
    assert middle.x() == pytest.approx(wanted.x() + x * views[0].width(), abs=1.5)
    assert middle.y() == pytest.approx(wanted.y() + y * views[0].height(), abs=1.5)


def is_ring(item: QQuickItem) -> bool:
    return item.objectName() == "pointer"


def type_keys(booth: Booth, text: str) -> None:
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)
    booth.touch("Votre message")
    for letter in text:
        QTest.keyClick(booth.studio.window, letter)


def test_each_key_is_told_and_the_end_of_the_line(booth: Booth) -> None:
    booth.show(SCENES["text"])
    type_keys(booth, "oui")
    booth.key(Qt.Key.Key_Backspace)
    booth.key(Qt.Key.Key_Return)
    texts = [asked for asked in booth.visit.asked if asked[0] in ("type_text", "end_text")]
    assert texts == [
        ("type_text", "o"), ("type_text", "ou"), ("type_text", "oui"), ("type_text", "ou"),
        ("end_text",),
    ]  # fmt: skip


def test_an_empty_line_is_not_ended(booth: Booth) -> None:
    booth.show(SCENES["text"])
    booth.touch("Envoyer")
    assert booth.visit.asked == []


def test_a_line_is_corrected_and_the_one_being_typed_is_still_there(booth: Booth) -> None:
    scene = SCENES["text"]
    typing = WrittenLine("Je ch", own=True, number=3, ended=False)
    # Made anew: the field takes up what the visit still holds.
    booth.show(SCENES["in-call"])
    booth.show(replace(scene, call=replace(scene.call, written=(*TEXT, typing))))
    booth.touch(f"Vous{NB}: Laquelle ?")
    booth.drawn()
    assert "Vous corrigez un message" in booth.controls()
    booth.key(Qt.Key.Key_Backspace)
    booth.touch("Corriger")
    assert [one for one in booth.visit.asked if one[0] != "touched"] == [
        ("correct_text", 2, "Laquelle ")
    ]
    field = booth.controls()["Votre message"]
    assert field.text(QAccessible.Text.Value) == "Je ch"


def test_the_agents_line_grows_in_sight(booth: Booth) -> None:
    booth.show(SCENES["text"])
    growing = replace(TEXT[-1], text="La deuxième, avec la signature")
    booth.show(replace(SCENES["text"], call=replace(
        SCENES["text"].call, written=(*TEXT[:-1], growing)
    )))  # fmt: skip
    assert f"L'agent{NB}: La deuxième, avec la signature" in booth.controls()


def test_unread_lines_are_counted_in_words(booth: Booth) -> None:
    booth.show(SCENES["text-unread"])
    button = booth.controls()["Écrire"]
    assert button.text(QAccessible.Text.Description) == "2 nouveaux"
