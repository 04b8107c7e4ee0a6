"""Appointments, call-backs and the way out of a queue, lived by a resident and an agent."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from kiosk.diagnostics.black_box.entries import WipeEntry
from kiosk.diagnostics.black_box.files import kept_visits
from tests.end_to_end.agent import Agent
from tests.end_to_end.demo import Demo
from tests.end_to_end.eyes import display_of, photograph
from tests.end_to_end.reader import Reader
from tests.end_to_end.waiting import eventually

SUBJECT = "Le point sur mon dossier"
#: The demonstration's Département in full words, where no agent is signed in, and its CAF.
CLOSED, OPEN = "Aides sociales, handicap, autonomie", "CAF"
ANSWERED_WITHIN_S = 30.0
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


def test_an_appointment_is_made_found_again_and_given_up(booth: Reader, eyes: Eyes) -> None:
    booth.press("Prendre un rendez-vous")
    # Four touches from the agency on; the first day with free hours is chosen already.
    booth.press(CLOSED)
    booth.press(SUBJECT)
    booth.press(_first_hour(booth))
    booth.press("Valider")
    told = booth.wait_for_words("Votre code :").name
    assert eyes.code().startswith("VG1.")
    booth.press("Terminer")

    booth.press("J'ai un rendez-vous")
    for digit in filter(str.isdigit, told):
        booth.press(digit)
    booth.wait_for(SUBJECT)
    booth.press("Annuler le rendez-vous")
    booth.press("Oui, annuler")
    booth.wait_for("Votre rendez-vous est annulé.")


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
    agent.page.get_by_role("button", name="À rappeler").click()
    agent.button("Faire sonner la borne").click()
    booth.press("Répondre")
    booth.press("J'accepte")
    booth.wait_for("L'agent sait que vous êtes là.")
    agent.answer()
    agent.sees_and_is_seen()
    agent.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


def test_a_desk_that_closes_tells_who_waits(booth: Reader, agent: Agent) -> None:
    booth.join(OPEN)
    expect(agent.button("Répondre")).to_be_visible()
    agent.button("Fermer le guichet").click()
    booth.wait_for("Le service va fermer.")
    agent.button("Rouvrir le guichet").click()
    booth.wait_until_gone("Le service va fermer.")
    booth.leave_queue()


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
