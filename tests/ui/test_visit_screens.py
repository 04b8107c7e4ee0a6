"""What a resident can do round a call: appointments, call-backs, the summary, the survey."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from kiosk.appointments.view import AppointmentsView, CallBackStep, CallBackView, CheckInView
from kiosk.diagnostics.printer_words import for_resident
from kiosk.visit.farewell_view import SurveyView
from kiosk.visit.snapshot import Screen
from tests.ui.conftest import Booth
from ui.scenes import scenes

SCENES = scenes()

#: Scene, accessible name, and what the visit is asked.
TOUCHES = [
    ("booking-agency", "CPAM", "appointments.choose", "cpam"),
    ("booking-subject", "La naissance d'un enfant", "appointments.choose", "naissance"),
    ("booking-time", "jeudi", "appointments.choose_day", "2026-11-26"),
    ("booking-time", "10 h 30", "appointments.choose_hour", "10:30"),
    ("booking-time-taken", "9 h", "appointments.choose_hour", "9:00"),
    ("booking-unreachable", "Retour", "appointments.back"),
    ("booking-nothing-free", "Retour", "appointments.back"),
    ("booking-person", "Passer", "appointments.tell_person", "", ""),
    ("booked-printed", "Imprimer encore", "appointments.print_ticket"),
    ("booked-failed", "Réessayer d'imprimer", "appointments.print_ticket"),
    ("booked-none", "Terminer", "appointments.back"),
    ("check-in-asking", "Retour", "appointments.back"),
    ("check-in-found", "Je suis là", "appointments.come_in"),
    ("check-in-found", "Changer l'heure", "appointments.move"),
    ("check-in-found", "Retour à l'accueil", "go_home"),
    ("check-in-cancelled", "Prendre rendez-vous", "appointments.open_booking", ""),
    ("call-back-asking", "Ici, à cette borne", "appointments.call_back_here"),
    ("call-back-asking", "Sur mon téléphone", "appointments.call_back_by_telephone", ""),
    ("call-back-done_booth", "Terminer", "go_home"),
    ("call-back-failed", "Retour", "appointments.back"),
    ("ringing", "Répondre", "appointments.answer_ring"),
    ("ringing", "Ce n'est pas pour moi", "appointments.decline_ring"),
    ("ended-agent", "Emporter un résumé", "farewell.open_summary"),
    ("ended-unheard", "Prendre rendez-vous", "appointments.open_booking", "caf"),
    ("ended-unheard", "Terminer", "farewell.go_on"),
    ("summary-choosing", "Vous avez reçu", "farewell.choose_item", "received", False),
    ("summary-choosing", "Imprimer", "farewell.print_summary"),
    ("summary-choosing", "Sur mon téléphone", "farewell.show_summary"),
    ("summary-print-failed", "Sur mon téléphone", "farewell.show_summary"),
    ("summary-shown", "Terminer", "farewell.go_on"),
    ("survey-faces", "Mal", "farewell.answer", 1),
    ("survey-faces", "Bien", "farewell.answer", 3),
    ("survey-faces", "Passer", "farewell.go_on"),
    ("survey-question", "Passer", "farewell.say", ""),
]

#: Every verdict: its sentence, its way on, and what that asks.
VERDICTS = [
    ("on_time", "Bienvenue. Voici votre rendez-vous.", "Je suis là", "come_in"),
    ("early", "Vous êtes en avance.", "Attendre quand même", "come_in"),
    ("late", "Vous êtes en retard.", "Entrer dans la file", "come_in"),
    ("wrong_booth", "Votre rendez-vous est à une autre borne.", "Parler à un agent", "come_in"),
    ("wrong_day", "Votre rendez-vous n'est pas aujourd'hui.", "Changer l'heure", "move"),
    ("past", "Ce rendez-vous est passé.", "Prendre rendez-vous", "open_booking"),
    ("used", "Ce ticket a déjà servi.", "Prendre rendez-vous", "open_booking"),
    ("cancelled", "Ce rendez-vous a été annulé.", "Prendre rendez-vous", "open_booking"),
    ("forged", "Ce ticket n'est pas valable.", "Recommencer", "back"),
    ("foreign", "Ce code n'est pas celui d'un rendez-vous.", "Recommencer", "back"),
    ("not_found", "Aucun rendez-vous n'a ces six chiffres.", "Recommencer", "back"),
    ("too_many", "Le code était faux trop de fois.", "Recommencer", "back"),
    ("unreachable", "Le service ne répond pas.", "Attendre quand même", "come_in"),
    ("card_unknown", "Cette carte n'est pas connue ici.", "Recommencer", "back"),
]


def plain(name: str) -> str:
    """Return a name as a test writes it: its spaces all alike."""
    return name.replace("\N{NO-BREAK SPACE}", " ")


def press(booth: Booth, name: str) -> None:
    """Press as a screen reader does."""
    (control,) = (one for key, one in booth.controls().items() if plain(key) == name)
    control.actionInterface().doAction("Press")


@pytest.mark.parametrize("case", TOUCHES, ids=lambda case: f"{case[0]}: {case[1]}")
def test_each_control_asks_for_one_thing(booth: Booth, case: tuple[str, ...]) -> None:
    scene, name, *asked = case
    booth.show(SCENES[scene])
    press(booth, name)
    assert booth.visit.asked == [tuple(asked)]


@pytest.mark.parametrize("scene", ["ended-printing", "summary-printing", "summary-choosing"])
def test_who_leaves_while_sheets_come_out_touches_twice(booth: Booth, scene: str) -> None:
    shown = SCENES[scene]
    if scene == "summary-choosing":
        shown = replace(shown, papers=SCENES["ended-printing"].papers)
    booth.show(shown)
    press(booth, "Terminer")
    booth.drawn()
    assert "Partir sans vos feuilles ?" in map(plain, booth.controls())
    press(booth, "Attendre")
    booth.drawn()
    assert "Partir quand même" not in booth.controls()
    press(booth, "Terminer")
    booth.drawn()
    assert booth.visit.asked == []
    press(booth, "Partir quand même")
    assert booth.visit.asked == [("farewell.go_on",)]


def test_who_waited_for_the_sheets_finishes_with_one_touch(booth: Booth) -> None:
    booth.show(SCENES["ended-printing"])
    press(booth, "Terminer")
    booth.drawn()
    booth.show(SCENES["ended-agent"])
    assert "Attendre" not in booth.controls()
    booth.show(SCENES["ended-printing"])
    assert "Terminer" in booth.controls()
    booth.show(SCENES["ended-agent"])
    press(booth, "Terminer")
    assert booth.visit.asked == [("farewell.go_on",)]


def test_what_the_printer_waits_for_is_said_at_the_end(booth: Booth) -> None:
    booth.show(SCENES["ended-printing"])
    words = "Votre document s'imprime. Attendez vos feuilles, une minute au plus."
    assert words in booth.controls()
    booth.show(SCENES["ended-printing-stopped"])
    assert words not in booth.controls()
    assert for_resident(("media-jam",)).replace("’", "'") in booth.controls()


def test_without_an_answer_about_digits_they_are_typed_again(booth: Booth) -> None:
    scene = SCENES["check-in-answered-unreachable"]
    unknown = replace(scene.appointments.check_in, appointment=None)
    booth.show(replace(scene, appointments=replace(scene.appointments, check_in=unknown)))
    press(booth, "Réessayer")
    assert booth.visit.asked == [("appointments.back",)]


@pytest.mark.parametrize(("verdict", "sentence", "way", "asked"), VERDICTS)
def test_every_verdict_has_its_sentence_and_a_way_on(
    booth: Booth, verdict: str, sentence: str, way: str, asked: str
) -> None:
    booth.show(SCENES[f"check-in-answered-{verdict}"])
    assert sentence in booth.controls()
    press(booth, way)
    assert booth.visit.asked[0][0] == f"appointments.{asked}"


def test_the_place_is_kept_while_another_service_is_looked_for(booth: Booth) -> None:
    booth.show(SCENES["waiting-third"])
    press(booth, "Choisir un autre service")
    booth.drawn()
    assert booth.visit.asked == []
    press(booth, "Rester dans la file")
    booth.drawn()
    assert "Quitter la file" not in booth.controls()
    press(booth, "Choisir un autre service")
    booth.drawn()
    press(booth, "Quitter la file")
    assert booth.visit.asked == [("cancel",)]


def test_another_service_is_chosen_from_the_queue_and_asked_about(booth: Booth) -> None:
    booth.show(SCENES["waiting-third"])
    press(booth, "Choisir un autre service")
    booth.drawn()
    press(booth, "CPAM")
    booth.drawn()
    press(booth, "Garder ma place")
    booth.drawn()
    assert booth.visit.asked == []
    press(booth, "CPAM")
    booth.drawn()
    press(booth, "Changer de service")
    assert booth.visit.asked == [("choose", "cpam")]


def test_a_closed_service_is_booked_from_the_queue(booth: Booth) -> None:
    booth.show(SCENES["waiting-third"])
    press(booth, "Choisir un autre service")
    booth.drawn()
    press(booth, "Impôts")
    assert booth.visit.asked == [("appointments.open_booking", "impots")]


def test_an_appointment_is_asked_about_before_it_is_given_up(booth: Booth) -> None:
    booth.show(SCENES["check-in-found"])
    press(booth, "Annuler le rendez-vous")
    booth.drawn()
    assert booth.visit.asked == []
    press(booth, "Oui, annuler")
    assert booth.visit.asked == [("appointments.cancel",)]


def test_the_six_digits_go_one_by_one_and_are_taken_back(booth: Booth) -> None:
    booth.show(SCENES["check-in-asking"])
    for key in ("4", "8", "Effacer", "0"):
        press(booth, key)
    typed = [digits for _, digits in booth.visit.asked]
    assert typed == ["4", "48", "4", "40"]


def test_the_booth_has_the_last_word_on_the_digits(booth: Booth) -> None:
    booth.show(SCENES["check-in-typing"])
    assert "Tapé : 4 8 0 3" in {plain(name) for name in booth.controls()}
    emptied = AppointmentsView(check_in=CheckInView())
    booth.show(replace(SCENES["check-in-typing"], appointments=emptied))
    assert "Aucun chiffre tapé" in booth.controls()


def test_a_telephone_number_is_sent_whole(booth: Booth) -> None:
    booth.show(SCENES["call-back-number"])
    for key in ("0", "6", "1", "Effacer", "9", "Valider"):
        press(booth, key)
    assert booth.visit.asked == [("appointments.call_back_by_telephone", "069")]


def test_a_new_screen_has_no_number_of_before(booth: Booth) -> None:
    booth.show(SCENES["call-back-number"])
    press(booth, "7")
    booth.show(SCENES["home"])
    asking = AppointmentsView(call_back=CallBackView(CallBackStep.NUMBER))
    booth.show(replace(SCENES["home"], screen=Screen.CALL_BACK, appointments=asking))
    assert "Aucun chiffre tapé" in booth.controls()


def write(booth: Booth, words: str) -> None:
    """Type into the field that has the focus."""
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)
    for letter in words:
        QTest.keyClick(booth.studio.window, letter)


def test_a_first_name_and_a_number_by_keyboard(booth: Booth) -> None:
    booth.show(SCENES["booking-person"])
    write(booth, "Zoe")
    booth.key(Qt.Key.Key_Return)
    write(booth, "0612345678")
    booth.key(Qt.Key.Key_Return)
    assert booth.visit.asked == [("appointments.tell_person", "Zoe", "0612345678")]


def test_words_for_the_open_question(booth: Booth) -> None:
    booth.show(SCENES["survey-question"])
    write(booth, " Merci ")
    press(booth, "Envoyer")
    assert booth.visit.asked == [("farewell.say", "Merci")]


def test_nothing_of_a_survey_is_left_in_the_next_one(booth: Booth) -> None:
    booth.show(SCENES["survey-question"])
    write(booth, "secret")
    booth.show(SCENES["home"])
    booth.show(SCENES["survey-question"])
    texts = {str(item.property("text")) for item in booth.items()}
    assert not any("secret" in text for text in texts)


def test_a_box_tells_its_state_and_what_it_holds(booth: Booth) -> None:
    booth.show(SCENES["summary-choosing"])
    controls = {plain(name): one for name, one in booth.controls().items()}
    missing, date = controls["Il manque encore"], controls["La prochaine date"]
    assert missing.role() == QAccessible.Role.CheckBox
    assert (missing.state().checked, date.state().checked) == (1, 0)
    assert missing.text(QAccessible.Text.Description) == "Un relevé d'identité bancaire"


def test_a_chosen_day_is_told_as_such(booth: Booth) -> None:
    booth.show(SCENES["booking-time"])
    days = {name: one.state().selected for name, one in booth.controls().items()}
    assert (days["mardi"], days["jeudi"]) == (1, 0)


def test_an_empty_summary_is_not_printed(booth: Booth) -> None:
    booth.show(SCENES["summary-nothing"])
    booth.touch("Imprimer")
    booth.touch("Sur mon téléphone")
    assert booth.visit.asked == []


def test_nothing_is_asked_twice_while_the_agency_is_asked(booth: Booth) -> None:
    booth.show(SCENES["booking-time-busy"])
    booth.touch("9\N{NO-BREAK SPACE}h")
    assert booth.visit.asked == []


def test_days_beyond_the_row_are_reached_by_its_arrows(booth: Booth) -> None:
    booth.show(SCENES["booking-time-many"])
    assert "mardi" in booth.controls()
    details = shown_days(booth)
    press(booth, "Après")
    booth.drawn()
    assert details.isdisjoint(shown_days(booth))
    press(booth, "Avant")
    booth.drawn()
    assert shown_days(booth) == details


def shown_days(booth: Booth) -> set[str]:
    """Return the dates in sight."""
    details = (one.text(QAccessible.Text.Description) for one in booth.controls().values())
    words = {str(item.property("text")) for item in booth.items()}
    return {one for one in (*details, *words) if "novembre" in one or "décembre" in one}


def test_hours_beyond_the_place_are_reached_by_large_arrows(booth: Booth) -> None:
    booth.show(SCENES["booking-time-many"])
    booth.bot.waitUntil(lambda: "Bas" in booth.controls())
    (place,) = [item for item in booth.items() if item.inherits("QQuickFlickable") and item.clip()]
    press(booth, "Bas")
    booth.bot.waitUntil(lambda: place.property("contentY") > 0)
    press(booth, "Haut")
    booth.bot.waitUntil(lambda: place.property("contentY") == 0)


@pytest.mark.parametrize("scene", ["home-expected", "consent-expected", "waiting-expected"])
@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(1080, 1920)], ids=["wide", "high"])
def test_who_is_expected_is_told_on_every_screen(booth: Booth, scene: str, size: QSize) -> None:
    booth.show(SCENES[scene], size)
    assert "Un rendez-vous commence ici à 10 h." in {plain(name) for name in booth.controls()}


def test_home_says_that_the_booth_is_kept(booth: Booth) -> None:
    booth.show(SCENES["home-kept"])
    told = "Cette borne est gardée pour un rendez-vous à 10 h. Il vous reste 8 minutes."
    assert told in {plain(name) for name in booth.controls()}


def test_a_screen_never_says_that_all_is_erased_before_it_is(booth: Booth) -> None:
    for scene in ("ended-agent", "ended-timeout", "survey-thanks", "summary-printed"):
        booth.show(SCENES[scene])
        assert not any("est effacé" in name for name in booth.controls())


def test_the_survey_thanks(booth: Booth) -> None:
    booth.show(replace(SCENES["survey-faces"], survey=SurveyView(face=3, thanked=True)))
    assert "Merci, et au revoir." in booth.controls()
    assert "Passer" not in booth.controls()
