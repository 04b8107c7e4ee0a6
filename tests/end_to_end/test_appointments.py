"""Appointments, call-backs and the way out of a queue, lived by a resident and an agent."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from kiosk.diagnostics.black_box.entries import WipeEntry
from kiosk.diagnostics.black_box.files import kept_visits
from kiosk.link.errands import AppointmentState
from tests.end_to_end.agent import Agent
from tests.end_to_end.demo import Demo
from tests.end_to_end.eyes import display_of, photograph
from tests.end_to_end.made_before import MadeBefore, soon
from tests.end_to_end.reader import HOME_SIGN, Reader
from tests.end_to_end.waiting import NeverCameError, eventually

SUBJECT = "Le point sur mon dossier"
#: The demonstration's Département in full words, where no agent is signed in, and its CAF.
CLOSED, OPEN = "Aides sociales, handicap, autonomie", "CAF"
ANSWERED_WITHIN_S = 30.0
#: A resident's own card, such as a library's: its number.
CARD = "04a1b2c3d4e5f6"
NUMBER = "0612345678"
_HOUR = re.compile(r"\d{1,2} h( \d\d)?")


class Eyes:
    """A telephone's camera before the booth's screen."""

    def __init__(self, demo: Demo, folder: Path) -> None:
        self._display = display_of(demo.pid_of("kiosk"))
        self._picture = folder / "screen.png"

    def code(self) -> str:
        """Return what the QR code on the screen says, once there is one."""
        return eventually(self._read, within_s=15, what="a QR code on the screen")

    def _read(self) -> str:
        photograph(self._display, self._picture)
        with Image.open(self._picture) as picture:
            found = zxingcpp.read_barcodes(picture)
        return found[0].text if found else ""


@pytest.fixture
def eyes(demo: Demo, tmp_path: Path) -> Eyes:
    """What looks at the screen."""
    return Eyes(demo, tmp_path)


@pytest.fixture
def made_before(demo: Demo) -> MadeBefore:
    """What makes appointments at hours that can't be booked any more."""
    return MadeBefore(demo.broker_account("desk-caf"), demo.state_folder / "desk")


def test_an_appointment_is_made_found_again_and_given_up(
    booth: Reader, demo: Demo, eyes: Eyes
) -> None:
    booth.press("Prendre un rendez-vous")
    # Four touches from the agency on; the first day with free hours is chosen already.
    booth.press(CLOSED)
    booth.press(SUBJECT)
    booth.press(_first_hour(booth))
    booth.press("Valider")
    told = booth.wait_for_words("Votre code :").name
    assert eyes.code().startswith("VG1.")
    demo.dock("card_reader", "present", CARD)
    booth.wait_for("Votre carte retrouvera ce rendez-vous.")
    demo.dock("card_reader", "remove")
    booth.press("Terminer")

    # Shown to Home, the card itself says what its owner has come for.
    booth.wait_for(HOME_SIGN)
    demo.dock("card_reader", "present", CARD)
    booth.wait_for(SUBJECT)
    demo.dock("card_reader", "remove")
    booth.press("Retour à l'accueil")

    booth.press("J'ai un rendez-vous")
    for digit in filter(str.isdigit, told):
        booth.press(digit)
    booth.wait_for(SUBJECT)
    booth.press("Annuler le rendez-vous")
    booth.press("Oui, annuler")
    booth.wait_for("Votre rendez-vous est annulé.")


def test_a_ticket_before_the_camera_brings_its_owner_to_the_agent_who_expects_them(
    booth: Reader, agent: Agent, demo: Demo, made_before: MadeBefore
) -> None:
    user = demo.agents("caf")[0]["user"]
    _, ticket = made_before.make(soon(), lane=user)
    booth.wait_for_words("Cette borne est gardée pour un rendez-vous")
    _show(booth, demo, ticket, "Je suis là")
    booth.press("Je suis là")
    booth.press("J'accepte")
    booth.wait_for("L'agent sait que vous êtes là.")
    agent.waits_for_words("arrivé", ANSWERED_WITHIN_S)
    agent.waits_for_words("avec vous", ANSWERED_WITHIN_S)
    agent.answer()
    agent.sees_and_is_seen()
    agent.hang_up()
    booth.wait_for_words("L'agent a raccroché.")
    booth.bring_home()
    _show(booth, demo, ticket, "Ce ticket a déjà servi.")


def test_every_other_ticket_has_its_own_sentence_and_a_way_on(
    booth: Reader, demo: Demo, made_before: MadeBefore
) -> None:
    now = soon()
    made, cancelled = made_before.make(now, lane="pool-7")
    made_before.end(made, AppointmentState.CANCELLED)
    _, elsewhere = made_before.make(now, kiosk="pvp-autre", lane="pool-8")
    _, tomorrow = made_before.make(now + timedelta(days=1))
    _, yesterday = made_before.make(now - timedelta(days=1))
    forged = yesterday[:-1] + ("A" if yesterday[-1] != "A" else "Q")
    tickets = {
        cancelled: ("Ce rendez-vous a été annulé.", "Prendre rendez-vous"),
        elsewhere: ("Votre rendez-vous est à une autre borne.", "Parler à un agent"),
        tomorrow: ("Votre rendez-vous n'est pas aujourd'hui.", "Changer l'heure"),
        yesterday: ("Ce rendez-vous est passé.", "Prendre rendez-vous"),
        forged: ("Ce ticket n'est pas valable.", "Recommencer"),
        "https://example.org/": ("Ce code n'est pas celui d'un rendez-vous.", "Recommencer"),
    }
    later, evening = now + timedelta(minutes=40), now - timedelta(minutes=40)
    # Within an hour of midnight nobody can be early, or late, on that day.
    if later.date() == now.date():
        tickets[made_before.make(later)[1]] = ("Vous êtes en avance.", "Attendre quand même")
    if evening.date() == now.date():
        tickets[made_before.make(evening)[1]] = ("Vous êtes en retard.", "Entrer dans la file")
    for ticket, (sentence, way) in tickets.items():
        _show(booth, demo, ticket, sentence)
        booth.wait_for(way)
        booth.press("Retour à l'accueil")


def test_who_books_from_the_queue_keeps_the_place_and_takes_all_home(
    booth: Reader, agent: Agent, demo: Demo, eyes: Eyes
) -> None:
    booth.join(OPEN)
    booth.press("Prendre rendez-vous", within_s=ANSWERED_WITHIN_S)
    booth.press(SUBJECT)
    booth.press(_first_hour(booth))
    booth.press("Passer")
    booth.press("Terminer")
    booth.wait_for_words("Votre place : 1")
    booth.press("Prendre rendez-vous")
    booth.wait_for(SUBJECT)

    agent.answer()
    booth.wait_for("Raccrocher", within_s=ANSWERED_WITHIN_S)
    agent.sees_and_is_seen()
    agent.page.get_by_role("tab", name="La suite").click()
    agent.page.get_by_text("RIB", exact=True).click()
    # What is ticked and the hanging-up go different ways: the one is to be there before the other.
    agent.sees_and_is_seen()
    agent.hang_up()

    booth.press("Emporter un résumé")
    booth.press("Sur mon téléphone")
    summary = eyes.code()
    assert "RIB" in summary
    assert "La suite :" in summary
    booth.press("Terminer")
    booth.press("Bien")
    booth.press("Passer")
    folder = demo.state_folder / "kiosk"
    eventually(lambda: _wiped(folder), within_s=30, what="a receipt of the wipe")


def test_who_asks_to_be_called_back_here_is_rung(booth: Reader, agent: Agent) -> None:
    booth.join(OPEN)
    booth.press("Me faire rappeler", within_s=ANSWERED_WITHIN_S)
    booth.press("Ici, à cette borne")
    booth.press("Terminer")
    agent.button("Agenda").click()
    agent.page.locator("#agenda-show-calls").click()
    agent.button("Faire sonner la borne").click()
    booth.press("Répondre")
    booth.press("J'accepte")
    booth.wait_for("L'agent sait que vous êtes là.")
    agent.answer()
    agent.sees_and_is_seen()
    agent.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


def test_a_telephone_number_is_seen_by_the_agent_and_gone_once_they_have_called(
    booth: Reader, agent: Agent, demo: Demo
) -> None:
    booth.join(OPEN)
    booth.press("Me faire rappeler", within_s=ANSWERED_WITHIN_S)
    booth.press("Sur mon téléphone")
    for digit in NUMBER:
        booth.press(digit)
    booth.press("Valider")
    booth.press("Terminer")
    agent.button("Agenda").click()
    agent.page.locator("#agenda-show-calls").click()
    expect(agent.page.locator("#agenda-calls-list")).to_contain_text(
        re.compile("06.12.34.56.78"), timeout=ANSWERED_WITHIN_S * 1000
    )
    agent.button("Fait").click()
    agent.button("Oui, retirer").click()
    expect(agent.page.locator("#agenda-calls-empty")).to_be_visible()
    files = (file for file in demo.state_folder.rglob("*") if file.is_file())
    assert not [file for file in files if NUMBER.encode() in file.read_bytes()]


def test_another_service_is_chosen_from_the_queue_when_the_place_is_given_up(
    booth: Reader, agent: Agent
) -> None:
    booth.join(OPEN)
    expect(agent.button("Répondre")).to_be_visible()
    booth.press("Choisir un autre service", within_s=ANSWERED_WITHIN_S)
    booth.press("Service d'essai")
    booth.press("Garder ma place")
    booth.press("Rester dans la file")
    booth.wait_for_words("Votre place : 1")
    booth.press("Choisir un autre service")
    booth.press("Service d'essai")
    expect(agent.button("Répondre")).to_be_visible()
    booth.press("Changer de service")
    booth.wait_for("J'accepte")
    expect(agent.button("Répondre")).to_be_hidden()
    booth.press("Retour")


def test_a_desk_that_closes_tells_who_waits(booth: Reader, agent: Agent) -> None:
    booth.join(OPEN)
    expect(agent.button("Répondre")).to_be_visible()
    agent.button("Fermer le guichet").click()
    booth.wait_for("Le service va fermer.")
    agent.button("Rouvrir le guichet").click()
    booth.wait_until_gone("Le service va fermer.")
    agent.button("Quitter").click()
    booth.wait_for("Aucun agent n'est au guichet pour l'instant.")
    booth.leave_queue()


def _show(booth: Reader, demo: Demo, ticket: str, answer: str) -> None:
    """Hold a ticket before the camera, which looks from the check-in on, until that is answered.

    The wipe of the visit before takes away what is held before the simulated camera: a ticket that
    came before it is held once more.
    """
    booth.press("J'ai un rendez-vous")
    booth.wait_for("Montrez votre ticket à la caméra.")

    def answered() -> bool:
        demo.dock("camera", "show", ticket)
        try:
            booth.wait_for(answer, within_s=6)
        except NeverCameError:
            return False
        return True

    eventually(answered, within_s=30, what=f"« {answer} » of a ticket that is held")


def _first_hour(booth: Reader) -> str:
    """Return the first free hour of the day that is chosen."""
    return eventually(
        lambda: next((c.name for c in booth.controls() if _HOUR.fullmatch(c.name)), None),
        within_s=15,
        what="a free hour",
    )


def _wiped(folder: Path) -> bool:
    """Whether the last visit of the black box ends with a receipt of a wipe that left nothing."""
    last = next(iter(kept_visits(folder, 1)))
    return any(
        isinstance(entry, WipeEntry) and all(left == 0 for _, _, left, _ in entry.stores)
        for entry in last.entries
    )
