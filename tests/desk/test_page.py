"""The agent's page in a real Chromium, with a booth of real media at the other end."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import (
    Page,
    WebSocketRoute,
    expect,
)

from kiosk.link.broker import Broker
from kiosk.link.line import Line
from kiosk.link.messages import BoothMedia, Bye, EndReason
from kiosk.link.tickets import OwnTicket
from tests.desk.booth import MediaBooth
from tests.desk.browsing import (
    FAKE_DEVICES,
    PATIENCE_MS,
    answer,
    in_call,
    is_shown,
    launch,
    open_page,
    sign_in,
)
from tests.desk.conftest import KIOSK
from tests.desk.page_client import PageClient
from tests.desk.running import (
    AGENCIES,
    PASSWORD,
    RunningDesk,
    desk_settings,
    running_desk,
    write_agents,
)

# A line that a busy machine makes dial twice is up a moment later, and a picture that it could not
# read comes again: neither is what is tested.
pytestmark = pytest.mark.expects_log("broker not reached|failed to decode VP8")

Join = Callable[..., Awaitable[OwnTicket]]
OpenBooth = Callable[[OwnTicket], Awaitable[MediaBooth]]


async def test_a_call_from_the_ring_to_hanging_up(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    page = browser_page
    await sign_in(page, desk)
    await expect(page).to_have_title("Poste de l’agent")
    ticket = await join(place="Mairie d’Ambert")
    booth = await open_booth(ticket)
    await expect(page).to_have_title("☎ 1 appel — Mairie d’Ambert")
    await expect(page.locator(".ticket.ringing")).to_contain_text("attend depuis")
    await answer(page)
    await is_shown(page)
    await booth.until_received("video")
    await booth.until_received("audio")
    await expect(page.locator("#self")).to_be_visible()
    await page.get_by_role("button", name="Couper mon micro").click()
    unmute = page.get_by_role("button", name="Remettre mon micro")
    await expect(unmute).to_have_attribute("aria-pressed", "true")
    await booth.send(BoothMedia(muted=True, simulated=True))
    await expect(page.get_by_text("La personne a coupé son micro.")).to_be_visible()
    await page.get_by_text("Connexion", exact=True).click()
    figures = page.locator("#figures")
    await expect(figures).to_contain_text("320 × 180")
    await expect(figures).to_contain_text("VP8, opus")
    await expect(figures).to_contain_text("Liaison directe, UDP")
    await page.get_by_role("button", name="Raccrocher").click()
    assert await booth.until_ended() is EndReason.AGENT
    await expect(page.get_by_text("Vous avez raccroché.")).to_be_visible()
    # Camera and microphone are given back.
    await expect(page.locator("#self")).to_be_hidden()
    assert await page.evaluate("document.getElementById('self').srcObject") is None


async def test_the_keyboard_alone_is_enough(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    page = browser_page
    await page.goto(desk.url)
    await expect(page.get_by_label("Identifiant")).to_be_focused()
    await page.keyboard.type("awa")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    available = page.get_by_role("button", name="Disponible")
    await expect(available).to_be_visible()
    await expect(available).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(available).to_have_attribute("aria-pressed", "true")
    booth = await open_booth(await join())
    await page.get_by_role("button", name="Répondre").wait_for()
    await page.keyboard.press("F2")
    await in_call(page)
    await page.keyboard.press("F4")
    await expect(page.get_by_role("button", name="Remettre mon micro")).to_be_visible()
    await expect(page.get_by_role("button", name="Raccrocher")).to_be_focused()
    await page.keyboard.press("F8")
    assert await booth.until_ended() is EndReason.AGENT
    await expect(available).to_be_focused()


async def test_a_reload_comes_back_into_the_same_call(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    def an_hour_later(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(text: str | bytes) -> None:
            message = json.loads(text)
            if message["type"] == "call" and message["resumed"]:
                message["since"] -= 3600
            route.send(json.dumps(message))

        server.on_message(pass_on)

    await browser_page.route_web_socket("**/ws", an_hour_later)
    await sign_in(browser_page, desk)
    booth = await open_booth(await join())
    await answer(browser_page)
    await expect(browser_page.locator("#elapsed")).to_have_text(re.compile(r"^\d+\ss$"))
    await browser_page.reload()
    await in_call(browser_page)
    await expect(browser_page.locator("#elapsed")).to_have_text(re.compile(r"^1\sh"))
    await booth.until_received("video")
    assert len(booth.readies) == 2
    await browser_page.get_by_role("button", name="Raccrocher").click()
    assert await booth.until_ended() is EndReason.AGENT


async def test_silence_is_said_and_a_new_attempt_brings_the_picture_back(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    await sign_in(browser_page, desk)
    booth = await open_booth(await join())
    await answer(browser_page)
    await booth.fall_silent()
    await expect(browser_page.get_by_text("La connexion est ralentie")).to_be_visible()
    await booth.call_again()
    await in_call(browser_page)
    await is_shown(browser_page)
    await booth.until_received("video")
    await booth.send(Bye(reason=EndReason.RESIDENT))
    await expect(browser_page.get_by_text("La personne a raccroché.")).to_be_visible()


async def test_what_does_not_work_is_said_before_the_agent_answers(
    desk: RunningDesk, browser_page: Page, booth_line: Line
) -> None:
    await sign_in(browser_page, desk)
    ticket = await OwnTicket.open(
        booth_line, "caf", KIOSK, "Mairie d’Ambert", lost=lambda: ("camera",)
    )
    try:
        await expect(browser_page.locator(".ticket-lost")).to_have_text(
            "Ne marche pas\u00a0: la caméra"
        )
    finally:
        await ticket.leave()


async def test_a_lost_booth_is_told_and_may_come_back(
    desk: RunningDesk, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    await sign_in(browser_page, desk)
    booth = await open_booth(await join())
    await answer(browser_page)
    await booth.vanish()
    await expect(browser_page.get_by_text("La borne ne répond plus")).to_be_visible()
    await browser_page.get_by_role("button", name="Raccrocher").click()
    await expect(browser_page.get_by_text("Vous avez raccroché.")).to_be_visible()


@pytest.mark.parametrize("forgotten", [False, True], ids=["session known", "session forgotten"])
async def test_the_call_outlives_the_gateway(
    broker: Broker,
    tmp_path: Path,
    browser_page: Page,
    join: Join,
    open_booth: OpenBooth,
    forgotten: bool,
) -> None:
    page = browser_page
    write_agents(tmp_path / "agents.toml")
    settings = desk_settings(tmp_path, broker.url, broker.passwords_folder)
    async with running_desk(settings) as desk:
        await sign_in(page, desk)
        booth = await open_booth(await join())
        await answer(page)
    await expect(page.get_by_text("l’appel continue")).to_be_visible()
    await booth.until_received("video")
    if forgotten:
        (tmp_path / "state" / "session.key").unlink()
    async with running_desk(settings, int(desk.url.rpartition(":")[2])):
        if forgotten:
            await expect(page.get_by_text("L’appel continue.")).to_be_visible()
            await booth.until_received("video")
            await page.get_by_label("Mot de passe").fill(PASSWORD)
            await page.get_by_role("button", name="Se connecter").click()
        await expect(page.locator("#notice")).to_be_hidden()
        await in_call(page)
        await booth.until_received("video")
        assert booth.attempt == 1
        await page.get_by_role("button", name="Raccrocher").click()
        assert await booth.until_ended() is EndReason.AGENT


@pytest.mark.expects_log("broker refused")
async def test_the_call_outlives_the_broker(
    desk: RunningDesk, broker: Broker, browser_page: Page, join: Join, open_booth: OpenBooth
) -> None:
    await sign_in(browser_page, desk)
    booth = await open_booth(await join())
    await answer(browser_page)
    await broker.stop()
    await expect(browser_page.get_by_text("La liaison avec les bornes est coupée")).to_be_visible()
    await booth.until_received("video")
    again = Broker(broker.folder, AGENCIES, [KIOSK], port=broker.port)
    await again.start()
    try:
        await expect(browser_page.locator("#notice")).to_be_hidden()
        await in_call(browser_page)
        await booth.until_received("video")
        assert booth.attempt == 1
        await browser_page.get_by_role("button", name="Raccrocher").click()
        assert await booth.until_ended() is EndReason.AGENT
    finally:
        await again.stop()


async def test_whoever_comes_second_is_told_who_came_first(
    desk: RunningDesk, browser_page: Page, join: Join
) -> None:
    held = False

    def delay_the_news(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if not (held and '"type":"queue"' in str(message)):
                route.send(message)

        server.on_message(pass_on)

    await browser_page.route_web_socket("**/ws", delay_the_news)
    await sign_in(browser_page, desk)
    ticket = await join()
    await browser_page.get_by_role("button", name="Répondre").wait_for()
    held = True
    bruno = await PageClient.signed_in(desk, "bruno")
    await bruno.expect_waiting(ticket.ticket)
    await bruno.say("claim", ticket=ticket.ticket)
    await bruno.expect("claimed", outcome="won")
    await browser_page.get_by_role("button", name="Répondre").click()
    await expect(browser_page.get_by_text("Bruno L. a déjà pris cet appel.")).to_be_visible()
    await bruno.leave()


async def test_names_are_text_whatever_they_contain(
    desk: RunningDesk, browser_page: Page, join: Join
) -> None:
    trap = "<img src=x onerror=alert(1)><b>Mairie</b>"
    await sign_in(browser_page, desk, "chloe")
    await join(place=trap)
    await expect(browser_page.locator(".ticket-place")).to_have_text(trap)
    await expect(browser_page.locator("#who")).to_have_text("Chloé <b>M.</b> · CAF")
    assert await browser_page.locator("main img, main b, header b").count() == 0
    assert trap in await browser_page.title()


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ((), "Aucune caméra n’est branchée."),
        (FAKE_DEVICES[1:], "Le navigateur refuse l’accès à la caméra."),
    ],
    ids=["no device", "refused"],
)
async def test_without_camera_and_microphone_the_agent_still_sees_and_hears(
    desk: RunningDesk, join: Join, open_booth: OpenBooth, flags: tuple[str, ...], words: str
) -> None:
    expect.set_options(timeout=PATIENCE_MS)
    async with AsyncExitStack() as stack:
        browser = await launch(stack, *flags)
        page = await open_page(await browser.new_context(locale="fr-FR"), [])
        await sign_in(page, desk)
        await open_booth(await join())
        await answer(page)
        await is_shown(page)
        await expect(page.locator("#media-fault")).to_contain_text(words)
        await page.get_by_role("button", name="Raccrocher").click()


async def test_devices_are_chosen_with_a_preview_and_a_level(
    desk: RunningDesk, browser_page: Page
) -> None:
    page = browser_page
    await sign_in(page, desk)
    await page.get_by_role("button", name="Réglages").click()
    await expect(page.get_by_label("Caméra", exact=True)).to_have_value(re.compile(".+"))
    await expect(page.get_by_label("Micro", exact=True)).to_have_value(re.compile(".+"))
    await page.get_by_label("Micro", exact=True).select_option(index=1)
    # Chromium's own microphone beeps each second.
    await page.evaluate(
        """() => new Promise((done) => {
          const meter = document.getElementById("level");
          const watch = setInterval(() => meter.value > 0.2 && done(clearInterval(watch)), 20);
        })"""
    )
    await page.get_by_role("button", name="Essayer le son").click()
    await page.keyboard.press("Escape")
    await expect(page.locator("#settings")).to_be_hidden()
    # A dialog is hidden first, and then told that it was closed.
    await page.wait_for_function("document.getElementById('preview').srcObject === null")


async def test_a_second_tab_takes_over(desk: RunningDesk, browser_page: Page) -> None:
    await sign_in(browser_page, desk)
    second = await browser_page.context.new_page()
    await second.goto(desk.url)
    await expect(second.get_by_role("button", name="Disponible")).to_be_visible()
    await expect(browser_page.get_by_text("ouvert dans un autre onglet")).to_be_visible()


async def test_signing_out_gives_the_page_back(desk: RunningDesk, browser_page: Page) -> None:
    await sign_in(browser_page, desk)
    await browser_page.get_by_role("button", name="Quitter").click()
    await expect(browser_page.get_by_label("Identifiant")).to_be_visible()
    await browser_page.reload()
    await expect(browser_page.get_by_label("Identifiant")).to_be_visible()
