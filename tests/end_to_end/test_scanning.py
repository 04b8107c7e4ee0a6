"""A resident's papers on their way to the agent: scanned ahead, asked for, and through mishaps."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Dialog, Locator, expect

from tests.end_to_end.agent import Agent
from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.programs import VISIO_GUICHET
from tests.end_to_end.reader import Reader

#: A page is found, taken and shown in 5 s; the rest is for a machine that does much else.
PAGE_WITHIN_S = 90.0
PAGE_WITHIN_MS = 1000 * PAGE_WITHIN_S
#: A small picture leaves two cores to what is tried here.
SMALL_CALL = {
    "VISIO_GUICHET_CALL__WIDTH": "320",
    "VISIO_GUICHET_CALL__HEIGHT": "180",
    "VISIO_GUICHET_CALL__RATE": "10",
}
#: Whether a page is half here; one that is quicker than the look at it is tried as a whole.
HALF_HERE = "() => !/^$|^0 %/.test(document.querySelector('.page-word')?.textContent ?? '')"
A4_PT = (595, 842)
DRAWN = 0.15
"""Of a page drawn at 72 dpi, how much darker than paper its print makes it on average at most."""


@pytest.fixture(scope="module")
def demo(session: AccessibleSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration whose calls have small pictures."""
    with Demo(tmp_path_factory.mktemp("demo"), {**session.environment, **SMALL_CALL}) as running:
        yield running


def test_pages_are_scanned_ahead_and_asked_for_and_become_one_pdf(
    booth: Reader, agent: Agent, demo: Demo, tmp_path: Path
) -> None:
    page = agent.page
    booth.join("CAF")
    booth.press("Préparer mes papiers")
    _keep_a_page(booth)
    booth.wait_for_words("Cette page est prise. Posez la suivante.", PAGE_WITHIN_S)
    booth.press("J'ai fini")
    booth.wait_for("Votre place : 1")
    agent.answer()
    expect(_words(agent)).to_have_text(["Page 1"], timeout=PAGE_WITHIN_MS)

    agent.button("Demander un papier").click()
    booth.press("Non", PAGE_WITHIN_S)
    agent.waits_for_words("La personne a dit non.", PAGE_WITHIN_S)
    _lay(demo, "card")
    agent.button("Demander un papier").click()
    booth.press("Oui, montrer un papier")
    agent.waits_for_words("La personne montre ses papiers.", PAGE_WITHIN_S)
    _keep_a_page(booth)
    booth.press("J'ai fini")
    expect(_words(agent)).to_have_text(["Page 1", "Page 2"], timeout=PAGE_WITHIN_MS)
    booth.wait_until_gone("J'ai fini")

    card = page.get_by_role("button", name="Page 2 : ouvrir")
    card.press("r")
    card.press("Alt+ArrowUp")
    with page.expect_download() as downloading:
        agent.button("Télécharger en un PDF").click()
    downloading.value.save_as(tmp_path / "papers.pdf")
    _is_the_card_turned_then_the_letter(tmp_path / "papers.pdf")
    agent.hang_up()
    booth.wait_for_words("L'agent a reçu 2 pages de vous.")


def test_a_page_outlives_an_unplugged_camera_a_reload_and_a_lost_connection(
    booth: Reader, agent: Agent, demo: Demo
) -> None:
    page = agent.page
    page.on("dialog", Dialog.accept)
    booth.join("CAF")
    agent.answer()
    booth.wait_for("L'image de l'agent", PAGE_WITHIN_S)
    _write_and_note(agent)
    booth.wait_for_words("Bonjour", PAGE_WITHIN_S)

    _dock(demo, "unplug")
    booth.press("Papiers")
    booth.press("Montrer un papier")
    booth.wait_for_words("Pas de caméra à documents ici", PAGE_WITHIN_S)
    _lay(demo, "good")
    _dock(demo, "plug")
    booth.wait_for_words("C'est net", PAGE_WITHIN_S)
    _dock(demo, "unplug")
    booth.wait_for_words("La caméra à documents ne répond plus", PAGE_WITHIN_S)
    _dock(demo, "plug")

    _keep_a_page(booth)
    page.wait_for_function(HALF_HERE, timeout=PAGE_WITHIN_MS)
    agent.reload()
    expect(_words(agent)).to_have_text(["Page 1"], timeout=PAGE_WITHIN_MS)
    _has_its_words_again(agent)

    booth.press("Prendre la photo")
    booth.wait_for("Garder", PAGE_WITHIN_S)
    page.evaluate("window.testConnections.at(-1).close()")
    booth.press("Garder")
    expect(_words(agent)).to_have_text(["Page 1", "Page 2"], timeout=PAGE_WITHIN_MS)
    booth.wait_for_words("L'agent a 2 pages.", PAGE_WITHIN_S)
    agent.hang_up()
    booth.wait_for_words("L'agent a reçu 2 pages de vous.")


def _keep_a_page(booth: Reader) -> None:
    booth.wait_for_words("Lisez-vous bien la page ?", PAGE_WITHIN_S)
    booth.press("Garder")


def _write_and_note(agent: Agent) -> None:
    page = agent.page
    page.get_by_role("tab", name="Texte").click()
    field = page.get_by_label("Votre texte")
    field.fill("Bonjour")
    field.press("Enter")
    page.get_by_role("tab", name="La suite").click()
    page.get_by_label("RIB").check()
    page.locator("#next-step").fill("Rappel lundi")
    page.get_by_role("tab", name="Papiers").click()


def _has_its_words_again(agent: Agent) -> None:
    """The reloaded page shows what its agent wrote and noted before."""
    page = agent.page
    expect(page.locator("#text-lines .own")).to_have_text(["Vous\u00a0: Bonjour"])
    expect(page.get_by_label("RIB")).to_be_checked()
    expect(page.locator("#next-step")).to_have_value("Rappel lundi")


def _words(agent: Agent) -> Locator:
    """What stands under each page: its place, or how much of it is there."""
    return agent.page.locator(".page-word")


def _is_the_card_turned_then_the_letter(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as made:
        turned, letter = made
        assert (turned.get_rotation(), letter.get_rotation()) == (90, 0)
        assert [round(edge) for edge in letter.get_size()] == list(A4_PT)
        print_of = letter.render(scale=1, grayscale=True).to_numpy()
        # White paper with lines of print on it: neither empty nor dark.
        assert 0.01 < 1 - print_of.mean() / 255 < DRAWN


def _lay(demo: Demo, page: str) -> None:
    _dock(demo, "page", page)


def _dock(demo: Demo, *action: str) -> None:
    """Do something to the booth's simulated document camera."""
    folder = str(demo.state_folder / "kiosk")
    command = [VISIO_GUICHET, "dock", "document_camera", *action, "--state-folder", folder]
    subprocess.run(command, check=True, capture_output=True)
