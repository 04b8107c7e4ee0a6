"""Papers on the agent's page, in a real Chromium: scanned ones arrive, given ones are sent."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from playwright.async_api import Dialog, FilePayload, Page, expect

from kiosk.link.messages import EndReason
from kiosk.link.tickets import OwnTicket
from tests.desk.booth import MediaBooth
from tests.desk.browsing import answer, in_call, sign_in
from tests.desk.running import PASSWORD, RunningDesk

# A line that a busy machine makes dial twice is up a moment later, and a picture that it could not
# read comes again: neither is what is tested.
pytestmark = pytest.mark.expects_log("broker not reached|failed to decode VP8")

Join = Callable[..., Awaitable[OwnTicket]]
OpenBooth = Callable[[OwnTicket], Awaitable[MediaBooth]]
_NOISE = random.Random(4)


def jpeg(width: int = 420, height: int = 594, mode: str = "RGB") -> bytes:
    """A page that does not compress: about 200 kB."""
    size = width * height * len(mode)
    picture = Image.frombytes(mode, (width, height), _NOISE.randbytes(size))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=70)
    return out.getvalue()


def pdf(
    pages: int = 2, packed: bool = False, lock: pikepdf.Encryption | None = None, **root: bool
) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    for key, value in root.items():
        document.Root[f"/{key}"] = value
    out = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    document.save(out, object_stream_mode=mode, encryption=lock or False)
    return out.getvalue()


def locks(password: str) -> list[pikepdf.Encryption]:
    """Of every kind but the one that qpdf does not make any more."""
    return [
        pikepdf.Encryption(owner="o", user=password, R=2, aes=False, metadata=False),
        pikepdf.Encryption(owner="o", user=password, R=3, aes=False, metadata=False),
        pikepdf.Encryption(owner="o", user=password, R=4, metadata=False),
        pikepdf.Encryption(owner="o", user=password, R=4),
        pikepdf.Encryption(owner="o", user=password, R=6),
    ]


async def in_a_call(page: Page, desk: RunningDesk, join: Join, open_booth: OpenBooth) -> MediaBooth:
    await sign_in(page, desk)
    booth = await open_booth(await join())
    await answer(page)
    await booth.papers.expect("hello", held=[])
    return booth


async def test_scanned_pages_arrive_over_a_lost_connection_and_become_one_pdf(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth, tmp_path: Path
) -> None:
    page = browser_page
    booth = await in_a_call(page, desk, join, open_booth)
    await page.get_by_role("button", name="Demander un papier").click()
    await booth.papers.expect("propose", open=True)
    booth.papers.say("scanning", state="open", taken=1)
    await expect(page.get_by_text("La personne montre ses papiers. 1 page prise.")).to_be_visible()

    first, second = jpeg(), jpeg(594, 420, "L")
    document = booth.papers.offer(first, number=1)
    await booth.papers.serve(document, first, until=len(first) // 2 // 8192 * 8192)
    await expect(page.locator(".page-word")).to_have_text(re.compile("4. %"))
    booth.papers.heard.clear()
    await booth.call_again()
    await booth.papers.expect("hello", held=[])
    # What the page said last on the old channel may have come after the first clearing.
    booth.papers.heard.clear()
    booth.papers.offer(first, id=document)
    resumed = await booth.papers.expect("want", id=document)
    assert resumed["offset"] == len(first) // 2 // 8192 * 8192
    await booth.papers.serve(document, first)
    await booth.papers.expect("done", id=document)
    other = booth.papers.offer(second, number=2)
    await booth.papers.serve(other, second)
    await booth.papers.expect("done", id=other)
    await refuse_what_is_not_a_page(booth, second)

    await expect(page.locator(".page-word")).to_have_text(["Page 1", "Page 2"])
    opening = page.get_by_role("button", name="Page 2 : ouvrir")
    await opening.press("r")
    await opening.press("Delete")
    await expect(page.locator(".page-word")).to_have_text(["Page 1"])
    await page.get_by_role("button", name="Remettre la page").click()
    await opening.press("Alt+ArrowUp")
    await expect(page.get_by_role("button", name="Page 1 : ouvrir")).to_be_focused()
    await read_large(page)

    await make_one_pdf(page, tmp_path / "papers.pdf", second, first)
    booth.papers.heard.clear()
    await page.reload()
    await in_call(page)
    await booth.papers.expect("hello", held=[])
    for number, (one, content) in enumerate(((document, first), (other, second)), 1):
        booth.papers.offer(content, number, id=one)
        await booth.papers.serve(one, content)
        await booth.papers.expect("done", id=one)
    await expect(page.locator(".page-word")).to_have_text(["Page 1", "Page 2"])
    await make_one_pdf(page, tmp_path / "papers.pdf", second, first)
    await page.get_by_role("button", name="Raccrocher").click()
    assert await booth.until_ended() is EndReason.AGENT
    await expect(page.get_by_text("Effacés d’eux-mêmes dans 9")).to_be_visible()
    await page.get_by_role("button", name="Effacer").click()
    await expect(page.locator("#desk-tools")).to_be_hidden()


async def test_pages_are_gone_with_the_session_of_who_was_shown_them(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    page = browser_page
    await receive_a_page(page, await in_a_call(page, desk, join, open_booth))
    await page.get_by_role("button", name="Raccrocher").click()
    await expect(page.locator("#pages-until")).to_be_visible()
    await sign_out_elsewhere(page)
    await expect(page.locator("#desk-tools")).to_be_hidden()
    await sign_in_again(page, "bruno")
    await expect(page.locator("#who")).to_contain_text("Bruno L.")
    await expect(page.locator("#desk-tools")).to_be_hidden()
    await expect(page.locator(".page-word")).to_have_count(0)


@pytest.mark.parametrize(("user", "pages"), [("awa", 1), ("bruno", 0)])
async def test_pages_of_a_call_that_outlives_its_session_wait_for_the_same_agent_only(
    desk: RunningDesk,
    browser_page: Page,
    join: Join,
    open_booth: OpenBooth,
    user: str,
    pages: int,
) -> None:
    page = browser_page
    await receive_a_page(page, await in_a_call(page, desk, join, open_booth))
    await sign_out_elsewhere(page)
    await expect(page.locator("#desk-tools")).to_be_visible()
    await page.get_by_role("button", name="Raccrocher").click()
    await expect(page.locator("#desk-tools")).to_be_hidden()
    await sign_in_again(page, user)
    await expect(page.locator("#who")).to_be_visible()
    await expect(page.locator(".page-word")).to_have_count(pages)
    await expect(page.locator("#desk-tools")).to_be_visible(visible=pages > 0)


async def test_the_next_call_erases_pages_only_of_an_agent_who_knows(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    page = browser_page
    await sign_in(page, desk)
    first = await join()
    booth = await open_booth(first)
    await answer(page)
    await booth.papers.expect("hello")
    await receive_a_page(page, booth)
    await page.get_by_role("button", name="Raccrocher").click()
    await expect(page.locator("#pages-until")).to_contain_text("ou à l’appel suivant.")
    await first.leave()

    second = await join()
    booth = await open_booth(second)
    await page.get_by_role("button", name="Répondre").click()
    await expect(page.locator("#notice")).to_contain_text("Les papiers reçus ne sont pas")
    await expect(page.locator(".page-word")).to_have_text(["Page 1"])
    await answer(page)
    await expect(page.locator(".page-word")).to_have_count(0)
    await booth.papers.expect("hello")
    await receive_a_page(page, booth)
    async with page.expect_download():
        await page.get_by_role("button", name="Télécharger en un PDF").click()
    await page.get_by_role("button", name="Raccrocher").click()
    await expect(page.locator("#pages-until")).to_be_visible()
    await second.leave()

    await open_booth(await join())
    await answer(page)


async def test_a_call_that_goes_on_is_not_shown_to_another_agent(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    page = browser_page
    await receive_a_page(page, await in_a_call(page, desk, join, open_booth))
    await sign_out_elsewhere(page)
    await sign_in_again(page, "bruno")
    await expect(page.locator("#call")).to_have_attribute("data-phase", "idle")
    await expect(page.locator("#desk-tools")).to_be_hidden()
    await expect(page.locator(".page-word")).to_have_count(0)


async def test_a_document_is_checked_sent_and_followed_to_its_end(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    page = browser_page
    booth = await in_a_call(page, desk, join, open_booth)
    cut = jpeg()[:-20_000]
    turned = Image.new("RGB", (8, 8))
    png = io.BytesIO()
    turned.save(png, "PNG")
    for name, content, words in [
        ("note.txt", b"Bonjour", "ni un PDF"),
        ("coupé.jpg", cut, "abîmé ou incomplet"),
        ("faux.png", png.getvalue()[:-20] + b"\0" * 20, "abîmé ou incomplet"),
        ("coupé.pdf", pdf()[:-60], "abîmé ou incomplet"),
        *(("secret.pdf", pdf(lock=lock), "avec un mot de passe") for lock in locks("x")),
        ("cerfa.pdf", pdf(packed=True, NeedsRendering=True), "que dans Adobe Reader"),
        ("long.pdf", pdf(pages=31, packed=True), "dépasse 30 pages"),
    ]:
        await give(page, name, content)
        await expect(page.locator("#give-fault")).to_contain_text(words)
        await expect(page.locator("#give-fault")).to_contain_text(name)
    await give_all(page, [("a.txt", b"a"), ("b.txt", b"b")])
    await expect(page.locator("#give-fault")).to_contain_text("« a.txt » n’est pas donné")
    await expect(page.locator("#give-fault")).to_contain_text("« b.txt » n’est pas donné")
    assert not [one for one in booth.papers.heard if one["type"] == "offer"]

    letter = pdf(pages=30, packed=True) + b"\n% " + b"x" * 200_000 + b"\nstartxref\n0\n%%EOF\n"
    await give(page, "Courrier de la CAF.pdf", letter)
    offer = await booth.papers.expect("offer")
    assert (offer["media"], offer["name"]) == ("application/pdf", "Courrier de la CAF.pdf")
    assert await booth.papers.fetch(offer) == letter
    booth.papers.say("cleaned", id=offer["id"], removed=["script", "attachment", "signature"])
    booth.papers.say("done", id=offer["id"])
    given = page.locator("#given li")
    await expect(given).to_contain_text("Arrivé à la borne.")
    await expect(given).to_contain_text("a retiré : un programme (JavaScript), une pièce jointe.")
    await expect(given).to_contain_text("signature électronique ne vaut plus")
    for fate, words in [
        ({"state": "shown"}, "La personne le regarde."),
        ({"state": "printing", "pages_printed": 1, "pages": 3}, "page 2 sur 3"),
        ({"state": "stopped", "reasons": ["media-empty-error"]}, "il manque du papier"),
        ({"state": "not-printed", "pages_printed": 1, "pages": 3}, "après 1 page sur 3."),
        ({"state": "printed", "copies": 2}, "Imprimé en 2 exemplaires."),
        ({"state": "taken-away"}, "Emporté sur le téléphone."),
    ]:
        booth.papers.say("fate", id=offer["id"], **fate)  # type: ignore[arg-type]
        await expect(given).to_contain_text(words)
    await give(page, "photo.jpg", jpeg())
    picture = await booth.papers.expect("offer", media="image/jpeg")
    booth.papers.say("refused", id=picture["id"], reason="page-too-large")
    await expect(given.first).to_contain_text("trop grande")

    await page.get_by_role("button", name="Retirer photo.jpg").click()
    await page.get_by_role("button", name="Retirer Courrier de la CAF.pdf").click()
    await expect(given).to_have_count(0)
    booth.papers.say("fate", id=offer["id"], state="shown")
    await expect(given).to_contain_text("Courrier de la CAF.pdf")

    await page.get_by_role("tab", name="La suite").click()
    await page.get_by_label("RIB").check()
    await page.get_by_label("Autre papier").fill("Bail")
    await page.keyboard.press("Enter")
    await page.get_by_label("La suite", exact=True).last.fill("Un courrier arrive.")
    await booth.papers.expect("notes", missing=["RIB", "Bail"], next="Un courrier arrive.")
    await reload_in_the_middle(page, booth, offer)


async def test_what_opens_without_a_password_is_given(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    booth = await in_a_call(browser_page, desk, join, open_booth)
    for number, lock in enumerate(locks("")):
        await give(browser_page, f"{number}.pdf", pdf(lock=lock, packed=number % 2 == 0))
        offer = await booth.papers.expect("offer", name=f"{number}.pdf")
        booth.papers.say("refused", id=offer["id"], reason="too-many")


async def receive_a_page(page: Page, booth: MediaBooth) -> None:
    content = jpeg()
    document = booth.papers.offer(content, number=1)
    await booth.papers.serve(document, content)
    await booth.papers.expect("done", id=document)
    await expect(page.locator(".page-word")).to_have_text(["Page 1"])


async def sign_out_elsewhere(page: Page) -> None:
    """End the session as another tab does; this one is told by its line."""
    await page.evaluate("fetch('/api/session', {method: 'DELETE'})")
    await expect(page.get_by_label("Identifiant")).to_be_visible()


async def sign_in_again(page: Page, user: str) -> None:
    await page.get_by_label("Identifiant").fill(user)
    await page.get_by_label("Mot de passe").fill(PASSWORD)
    await page.get_by_role("button", name="Se connecter").click()
    await expect(page.get_by_label("Identifiant")).to_be_hidden()


async def reload_in_the_middle(page: Page, booth: MediaBooth, arrived: dict[str, Any]) -> None:
    """The agent is warned; the page then knows what arrived, what is lost, and what was noted."""
    await give(page, "Bail.pdf", pdf(pages=2))
    half = await booth.papers.expect("offer", name="Bail.pdf")
    booth.papers.heard.clear()
    warnings: list[str] = []

    async def leave(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        await dialog.accept()

    page.on("dialog", leave)
    await page.reload()
    assert warnings == ["beforeunload"]
    await in_call(page)
    await booth.papers.expect("hello", held=[], giving=[])
    booth.papers.say("notes", missing=["RIB", "Bail"], next="Un courrier arrive.")
    for one, state in ((half, "lost"), (arrived, "arrived")):
        booth.papers.say("fate", id=one["id"], state=state, name=one["name"])
    given = page.locator("#given li")
    await expect(given.first).to_contain_text("Courrier de la CAF.pdf")
    await expect(given.first).to_contain_text("Arrivé à la borne.")
    await expect(given.last).to_contain_text("Bail.pdf")
    await expect(given.last).to_contain_text("Donnez-le de nouveau.")
    for missing in ("RIB", "Bail"):
        await expect(page.get_by_label(missing, exact=True)).to_be_checked()
    await expect(page.locator("#next-step")).to_have_value("Un courrier arrive.")


async def make_one_pdf(page: Page, path: Path, second: bytes, first: bytes) -> None:
    """Download what the agent has put in this order, the second page turned."""
    async with page.expect_download() as downloading:
        await page.get_by_role("button", name="Télécharger en un PDF").click()
    download = await downloading.value
    assert download.suggested_filename.startswith("papiers-2")
    await download.save_as(path)
    with pikepdf.open(path) as made:
        turned, upright = made.pages
        assert (turned.Rotate, upright.Rotate) == (90, 0)
        assert bytes(turned.Resources.XObject.I.read_raw_bytes()) == second
        assert bytes(upright.Resources.XObject.I.read_raw_bytes()) == first
        assert turned.Resources.XObject.I.ColorSpace == pikepdf.Name.DeviceGray
        assert [float(edge) for edge in upright.MediaBox] == [0, 0, 595.28, 841.89]


async def give(page: Page, name: str, content: bytes) -> None:
    await give_all(page, [(name, content)])


async def give_all(page: Page, files: list[tuple[str, bytes]]) -> None:
    await page.locator("#give-file").set_input_files(
        [FilePayload(name=name, mimeType="", buffer=content) for name, content in files]
    )


async def refuse_what_is_not_a_page(booth: MediaBooth, whole: bytes) -> None:
    broken = booth.papers.offer(b"\xff\xd8 no picture", number=3)
    await booth.papers.serve(broken, b"\xff\xd8 no picture")
    await booth.papers.expect("refused", id=broken, reason="broken")
    false = booth.papers.offer(whole, number=3, sha256="0" * 64)
    await booth.papers.serve(false, whole)
    await booth.papers.expect("refused", id=false, reason="damaged")


async def read_large(page: Page) -> None:
    """Open the page that has the focus, the first of two, and look round."""
    await page.keyboard.press("Enter")
    await expect(page.locator("#reader-title")).to_have_text("Page 1 sur 2")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#reader-title")).to_have_text("Page 2 sur 2")
    fitting = await page.locator("#reader-canvas").bounding_box()
    await page.keyboard.press("+")
    larger = await page.locator("#reader-canvas").bounding_box()
    assert fitting
    assert larger
    assert larger["width"] > fitting["width"] * 1.2
    await page.keyboard.press("Escape")
    await expect(page.locator("#reader")).to_be_hidden()
