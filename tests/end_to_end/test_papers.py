"""Papers and text beside a real call: given, read, taken away, printed, and written."""

from __future__ import annotations

import hashlib
import io
import re
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from fpdf import FPDF
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.devices.document_printer.eve import EvePrinter, neighbourhood
from tests.devices.pdf import corpus
from tests.end_to_end.agent import Agent
from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.eyes import display_of, photograph
from tests.end_to_end.reader import Reader
from tests.end_to_end.waiting import eventually

#: A document is here and checked in 2 s; the rest is for a machine that does much else.
PAPER_WITHIN_S = 60.0
PAGES = 3
KEYS = "Bonjour je vous lis bien"
#: A small picture leaves two cores to what is tried here.
SMALL_CALL = {
    "VISIO_GUICHET_CALL__WIDTH": "320",
    "VISIO_GUICHET_CALL__HEIGHT": "180",
    "VISIO_GUICHET_CALL__RATE": "10",
}

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EvePrinter]:
    """A real IPP printer, whose paper the test takes away and brings back."""
    folder = tmp_path_factory.mktemp("printer")
    with neighbourhood(folder) as environment:
        running = EvePrinter(folder, environment)
        try:
            running.switch_on()
            yield running
        finally:
            running.close()


@pytest.fixture(scope="module")
def demo(
    session: AccessibleSession, printer: EvePrinter, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """A demonstration that prints on it, and whose calls have small pictures."""
    prints = {"VISIO_GUICHET_DOCUMENT_PRINTER__SOURCE": printer.uri}
    environment = {**session.environment, **SMALL_CALL, **prints}
    with Demo(tmp_path_factory.mktemp("demo"), environment) as running:
        yield running


@pytest.fixture
def in_call(booth: Reader, agent: Agent) -> Agent:
    """The agent, in a call with the resident."""
    booth.join("CAF")
    agent.answer()
    booth.wait_for("L'image de l'agent", within_s=PAPER_WITHIN_S)
    return agent


def test_a_document_is_read_and_taken_away(
    booth: Reader, in_call: Agent, browser: Browser, demo: Demo, tmp_path: Path
) -> None:
    letter = _letter()
    _give(in_call, "note.txt", b"Bonjour")
    expect(in_call.page.locator("#give-fault")).to_contain_text("ni un PDF", timeout=30_000)
    _give(in_call, "Attestation.pdf", letter)
    booth.press("Regarder", within_s=PAPER_WITHIN_S)
    booth.wait_for_words(f"Page 1 sur {PAGES}", within_s=PAPER_WITHIN_S)
    booth.press("Page d'après")
    booth.wait_for_words(f"Page 2 sur {PAGES}")
    _take_away(booth, browser, demo, letter, tmp_path)
    in_call.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


def test_paper_runs_out_in_the_middle_of_a_form_that_came_with_scripts(
    booth: Reader, in_call: Agent, printer: EvePrinter
) -> None:
    given = in_call.page.locator("#given")
    _give(in_call, "Cerfa.pdf", corpus.changed(corpus.form(scripts=True), base=_letter()))
    booth.press("Regarder", within_s=PAPER_WITHIN_S)
    expect(given).to_contain_text("a retiré\u00a0: un programme (JavaScript).", timeout=30_000)
    booth.press("Imprimer")
    booth.press("2 exemplaires")
    printer.say("ATTR: job-impressions-completed=2", "STATE: +media-empty-error")
    booth.wait_for_words("Il n'y a plus de papier", within_s=PAPER_WITHIN_S)
    expect(given).to_contain_text("Impression arrêtée\u00a0: il manque du papier.", timeout=30_000)
    booth.press("Retour")
    booth.press("Papiers")
    booth.wait_for_words("imprimante attend")
    # To print what is being printed is to be shown how far it is, and nothing comes out twice.
    booth.press("Cerfa.pdf")
    booth.wait_for_words(f"Pages sorties : 2 sur {2 * PAGES}")
    booth.press("Retour")
    printer.say("STATE: -media-empty-error", "ATTR: job-impressions-completed=6", "end")
    booth.wait_for_words("C'est imprimé. Prenez vos feuilles.", within_s=PAPER_WITHIN_S)
    expect(given).to_contain_text("Imprimé en 2 exemplaires.", timeout=30_000)
    (printed,) = printer.documents()
    with pikepdf.open(io.BytesIO(printed)) as sheets:
        assert len(sheets.pages) == PAGES
    assert printer.told()["IPP_COPIES"] == "2"
    in_call.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


def test_what_is_typed_is_read_at_once(
    booth: Reader, in_call: Agent, record_property: Record
) -> None:
    page = in_call.page
    in_call.page.get_by_role("tab", name="Texte").click()
    field = page.get_by_role("textbox").last
    delays = []
    field.focus()
    for end in range(1, len(KEYS) + 1):
        if KEYS[end - 1] == " ":
            page.keyboard.press("Space")
            continue
        page.keyboard.press(KEYS[end - 1])
        start, typed = time.monotonic(), KEYS[:end]
        booth.wait_for_words(typed)
        delays.append(round(1000 * (time.monotonic() - start)))
    record_property("page_to_booth_ms", (statistics.median(delays), max(delays)))
    in_call.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


def _take_away(booth: Reader, browser: Browser, demo: Demo, letter: bytes, folder: Path) -> None:
    """Fetch the document with a telephone, as the booth's code and number say, and only once."""
    booth.press("Emporter sur mon téléphone")
    number = booth.wait_for_words("Numéro : ", within_s=PAPER_WITHIN_S).name
    pin = re.sub(r"\D", "", number)
    address = eventually(
        lambda: _code(demo, folder / "booth.png"), within_s=20, what="a code on the screen"
    )
    telephone = browser.new_page(viewport={"width": 390, "height": 844})
    telephone.goto(address)
    for tried in (f"{(int(pin) + 1) % 10**6:06}", pin):
        telephone.locator("#pin").fill(tried)
        telephone.get_by_role("button", name="Ouvrir mon document").click()
        if tried != pin:
            expect(telephone.locator("#fault")).to_contain_text("Numéro faux", timeout=30_000)
    with telephone.expect_download() as downloading:
        telephone.get_by_role("link", name="Enregistrer le PDF").click()
    downloading.value.save_as(folder / "taken.pdf")
    taken = (folder / "taken.pdf").read_bytes()
    assert hashlib.sha256(taken).digest() == hashlib.sha256(letter).digest()
    booth.wait_for_words("Le document est sur votre téléphone.")
    telephone.close()


def _code(demo: Demo, picture: Path) -> str | None:
    photograph(display_of(demo.pid_of("kiosk")), picture)
    found = zxingcpp.read_barcode(Image.open(picture).convert("L"))
    return None if found is None else found.text


def _give(agent: Agent, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    agent.page.locator("#give-file").set_input_files(file)  # type: ignore[arg-type]


def _letter() -> bytes:
    document = FPDF()
    document.set_font("Helvetica", size=18)
    for number in range(1, PAGES + 1):
        document.add_page()
        document.cell(text=f"Attestation, page {number}")
    return bytes(document.output())
