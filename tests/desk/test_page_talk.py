"""Real-time text and the shared window on the agent's page, in a real Chromium."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, expect

from kiosk.link.messages import BoothMedia
from kiosk.link.tickets import OwnTicket
from tests.desk.booth import MediaBooth
from tests.desk.browsing import answer, in_call, sign_in
from tests.desk.running import RunningDesk

# A line that a busy machine makes dial twice is up a moment later; pictures of a connection that is
# cut may come in pieces. Neither is what is tested.
pytestmark = pytest.mark.expects_log("broker not reached|failed to decode VP8")

Join = Callable[..., Awaitable[OwnTicket]]
OpenBooth = Callable[[OwnTicket], Awaitable[MediaBooth]]


async def test_text_goes_by_the_key_both_ways_and_outlives_a_connection_and_a_reload(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    page = browser_page
    await sign_in(page, desk)
    booth = await open_booth(await join())
    await answer(page)
    field = page.get_by_label("Votre texte")
    await expect(field).to_be_hidden()
    await booth.text.expect("have", revisions=[])
    booth.text.say("line", n=1, revision=1, text="B", ended=False)
    await expect(field).to_be_visible()
    booth.text.say("line", n=1, revision=2, text="Bonjour", ended=True)
    log = page.get_by_role("log", name="Texte de cet appel")
    await expect(log.get_by_role("listitem")).to_have_text(["La personne\u00a0: Bonjour"])
    await field.press_sequentially("<b>")
    for revision, text in enumerate(("<", "<b", "<b>"), 1):
        await booth.text.expect("line", n=1, revision=revision, text=text, ended=False)
    await booth.again.expect("line", n=1, revision=3, text="<b>")
    booth.again.say("line", n=2, revision=1, text="Pardon", ended=True)
    await expect(log.get_by_role("listitem").first).to_have_text("La personne\u00a0: Bonjour")
    await expect(log.get_by_text("Pardon")).to_be_visible()
    await field.press("Enter")
    await booth.text.expect("line", n=1, revision=4, text="<b>", ended=True)
    await field.press("ArrowUp")
    await field.fill("Oui")
    await booth.text.expect("line", n=1, text="Oui", ended=True)
    await field.press("Enter")
    await page.locator("summary", has_text="Phrases prêtes").click()
    await page.get_by_role("button", name="Prenez votre temps.").click()
    await booth.text.expect("line", n=2, text="Prenez votre temps.", ended=False)

    await booth.fall_silent()
    await expect(page.get_by_text("La connexion est ralentie")).to_be_visible()
    await field.press("Enter")
    booth.text.greeting = [{"type": "have", "revisions": [5, 1]}]
    booth.text.heard.clear()
    await booth.call_again()
    await booth.text.expect("have", revisions=[2, 1])
    await booth.text.expect("line", n=2, text="Prenez votre temps.", ended=True)
    assert not [one for one in booth.text.heard if one.get("n") == 1]

    booth.text.greeting = [{"type": "have", "revisions": [5, 2]}]
    booth.text.heard.clear()
    await page.reload()
    await in_call(page)
    await hear_own_lines_again(page, booth)
    await expect(field).to_be_hidden()
    await booth.send(BoothMedia(microphone=False, lost=("microphone", "document_printer")))
    await expect(page.locator("#booth-note")).to_have_text(
        "Ne marche pas à la borne\u00a0: le micro, l’imprimante."
    )
    # Who can't speak writes.
    await expect(field).to_be_visible()
    await go_on_writing(field, booth)
    await page.get_by_role("button", name="Raccrocher").click()
    await expect(log).to_be_hidden()
    assert await page.locator("#text-lines li").count() == 0


async def hear_own_lines_again(page: Page, booth: MediaBooth) -> None:
    await booth.text.expect("have", revisions=[], remembered=0)
    booth.text.say("told", n=1, revision=5, text="Oui", ended=True)
    booth.text.say("told", n=2, revision=2, text="Prenez", ended=False)
    # What was being typed when the page went is ended as it stands.
    await booth.text.expect("line", n=2, revision=3, text="Prenez", ended=True)
    own = ["Vous\u00a0: Oui", "Vous\u00a0: Prenez"]
    await expect(page.locator("#text-lines li")).to_have_text(own)


async def go_on_writing(field: Locator, booth: MediaBooth) -> None:
    await field.press("ArrowUp")
    await field.fill("Prenez place")
    await booth.text.expect("line", n=2, revision=4, text="Prenez place", ended=True)
    await field.press("Enter")
    await field.fill("Me revoilà")
    await booth.text.expect("line", n=3, revision=1, text="Me revoilà")


#: A window that changes, in place of the browser's question which one to share.
_WINDOW = """() => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1280, 720];
  const context = canvas.getContext("2d");
  let count = 0;
  setInterval(() => {
    context.fillStyle = "white";
    context.fillRect(0, 0, 1280, 720);
    context.fillStyle = "black";
    context.font = "60px sans-serif";
    context.fillText(`Dossier ${count++}`, 80, 200);
  }, 100);
  navigator.mediaDevices.getDisplayMedia = async () => canvas.captureStream(10);
}"""


async def test_a_window_is_shared_beside_the_face_and_pointed_into(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    page = browser_page
    await sign_in(page, desk)
    await page.evaluate(_WINDOW)
    booth = await open_booth(await join())
    await answer(page)
    assert booth.received["shared"] == 0
    await page.get_by_role("tab", name="Montrer").click()
    await page.get_by_role("button", name="Partager une fenêtre").click()
    await booth.show.expect("showing", on=True)
    await booth.until_received("shared", 5)
    await booth.until_received("video")
    box = await page.locator("#shared-video").bounding_box()
    assert box
    await page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    point = await booth.show.expect("point", on=True)
    assert abs(point["x"] - 0.25) < 0.02
    assert abs(point["y"] - 0.5) < 0.02
    await page.mouse.move(5, 5)
    await booth.show.expect("point", on=False)
    # On another connection it goes on.
    booth.received["shared"] = 0
    await booth.call_again()
    await booth.until_received("shared", 5)
    await page.get_by_role("button", name="Arrêter le partage").click()
    await booth.show.expect("showing", on=False)
    await expect(page.locator("#shared")).to_be_hidden()
