"""Two gateways of one agency on one broker: what is said at one counts at the other."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import shutil
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page, expect

from desk.agenda.rules import default_rules
from desk.parcels import Parcel
from desk.settings import DeskSettings
from kiosk.link.boards import Boards
from kiosk.link.bookings import CLOSING_KEY, KeptClosing, bucket_name
from kiosk.link.broker import Broker
from kiosk.link.broker_child import free_port
from kiosk.link.line import Line
from kiosk.link.store import Bucket
from kiosk.link.tickets import OwnTicket
from tests.desk.conftest import KIOSK, BrokerUser
from tests.desk.page_client import PageClient
from tests.desk.running import (
    AGENCIES,
    PASSWORD,
    RunningDesk,
    desk_settings,
    running_desk,
    write_agents,
)
from tests.link.waiting import until

# Lines dial again while the broker is away, and once more on a busy machine.
pytestmark = pytest.mark.expects_log("broker not reached")

Join = Callable[..., Awaitable[OwnTicket]]


@dataclass
class Site:
    """Starts gateways, each with a state folder of its own and the same keys."""

    folder: Path
    broker: Broker
    stack: AsyncExitStack

    def settings(self, name: str, **more: object) -> DeskSettings:
        folder = self.folder / name
        if not folder.exists():
            (folder / "state").mkdir(parents=True)
            write_agents(folder / "agents.toml")
            for file in (self.folder / "one" / "state").glob("*.keys"):
                shutil.copy(file, folder / "state")
        return desk_settings(folder, self.broker.url, self.broker.passwords_folder, **more)

    async def gateway(self, name: str, port: int = 0, **more: object) -> RunningDesk:
        settings = self.settings(name, **more)
        running = await self.stack.enter_async_context(running_desk(settings, port))
        office = running.gateway.offices.of("caf")
        assert office is not None
        await until(lambda: office.known)
        return running

    async def page(self, desk: RunningDesk, user: str) -> PageClient:
        page = await PageClient.signed_in(desk, user)
        self.stack.push_async_callback(page.leave)
        await page.expect("presence")
        return page


@pytest.fixture
async def site(broker: Broker, tmp_path: Path) -> AsyncIterator[Site]:
    async with AsyncExitStack() as stack:
        yield Site(tmp_path, broker, stack)


@pytest.fixture
async def pages(site: Site) -> tuple[PageClient, PageClient]:
    """Two agents of one agency, each at a gateway of their own."""
    one, two = await site.gateway("one"), await site.gateway("two")
    return await site.page(one, "awa"), await site.page(two, "bruno")


@pytest.fixture
async def boards(booth_line: Line) -> AsyncIterator[Boards]:
    boards = Boards(booth_line, ("caf",))
    boards.start()
    yield boards
    await boards.close()


@asynccontextmanager
async def signed_in(desk: RunningDesk, user: str) -> AsyncIterator[httpx.AsyncClient]:
    """An agent's agenda over HTTP."""
    base, headers = f"{desk.url}/api/agenda", {"Origin": desk.url}
    async with httpx.AsyncClient(base_url=base, headers=headers) as client:
        who = {"user": user, "password": PASSWORD}
        assert (await client.post(f"{desk.url}/api/session", json=who)).status_code == 200
        yield client


def closing(boards: Boards) -> Callable[[], bool]:
    def told() -> bool:
        board = boards.board("caf")
        return board is not None and board.closing

    return told


async def told(page: PageClient, *, closing: bool) -> None:
    """Wait until the queue that the page was told last says so."""
    await page.until(
        lambda: [one["closing"] for one in page.heard if one["type"] == "queue"][-1:] == [closing]
    )


async def seen_by(pages: tuple[PageClient, ...], ticket: OwnTicket) -> None:
    for page in pages:
        await page.expect_waiting(ticket.ticket)


async def test_the_agency_closes_and_opens_again_at_both(
    pages: tuple[PageClient, PageClient], join: Join, boards: Boards
) -> None:
    awa, bruno = pages
    await seen_by(pages, await join())
    await awa.say("closing", on=True)
    await told(awa, closing=True)
    await told(bruno, closing=True)
    await until(closing(boards))
    await bruno.say("closing", on=False)
    await told(awa, closing=False)
    await told(bruno, closing=False)
    await until(lambda: not closing(boards)())


async def test_it_is_still_closing_when_broker_and_gateways_were_started_again(
    site: Site, join: Join, broker: Broker
) -> None:
    async with AsyncExitStack() as before:
        here = Site(site.folder, broker, before)
        awa = await here.page(await here.gateway("one"), "awa")
        ticket = await join()
        await awa.expect_waiting(ticket.ticket)
        await awa.say("closing", on=True)
        await told(awa, closing=True)
        assert broker.pid is not None
        os.kill(broker.pid, signal.SIGKILL)
        await broker.wait()
        await broker.stop()
    again = Broker(broker.folder, AGENCIES, [KIOSK], port=broker.port)
    site.stack.push_async_callback(again.stop)
    await again.start()
    bruno = await site.page(await site.gateway("two"), "bruno")
    await bruno.expect_waiting(ticket.ticket)
    await told(bruno, closing=True)


async def test_the_next_day_s_first_resident_is_not_told(
    site: Site,
    pages: tuple[PageClient, PageClient],
    join: Join,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desk.agency_room._NOBODY_S", 0.1)
    awa, bruno = pages
    ticket = await join()
    await seen_by(pages, ticket)
    await awa.say("closing", on=True)
    await told(bruno, closing=True)
    await ticket.leave()
    await told(awa, closing=False)
    line = await Line.connect(
        BrokerUser(site.broker.url, "desk-caf", site.broker.credentials["desk-caf"])
    )
    site.stack.push_async_callback(line.close)
    entries = Bucket(line, bucket_name("caf"), KeptClosing)

    async def forgotten() -> None:
        while True:
            entry = await entries.get(CLOSING_KEY)
            if entry is not None and entry.message == KeptClosing():
                return
            await asyncio.sleep(0.02)

    async with asyncio.timeout(10):
        await forgotten()
    next_day = await join()
    await awa.expect_waiting(next_day.ticket)
    await told(awa, closing=False)


async def test_the_second_of_two_pages_is_told_and_shown_the_newer_rules(site: Site) -> None:
    one, two = await site.gateway("one"), await site.gateway("two")
    async with AsyncExitStack() as stack:
        pages = [
            await stack.enter_async_context(signed_in(desk, user))
            for desk, user in ((one, "awa"), (two, "bruno"))
        ]
        first = default_rules(("awa",)).model_copy(update={"version": 0})
        opened = await pages[0].put("/rules", content=first.model_dump_json())
        assert opened.json()["version"] == 1
        late = await pages[1].put("/rules", content=first.model_dump_json())
        assert (late.status_code, late.json()) == (409, {"reason": "outdated"})
        assert (await pages[1].get("/rules")).json() == opened.json()


async def naming_each_other(site: Site) -> tuple[RunningDesk, RunningDesk]:
    port = free_port("127.0.0.1", 0)
    gone = f"http://127.0.0.1:{free_port('127.0.0.1', 0)}"
    one = await site.gateway(
        "one", web={"port": 0, "other_gateways": [gone, f"http://127.0.0.1:{port}"]}
    )
    return one, await site.gateway("two", port, web={"port": 0, "other_gateways": [one.url]})


def lies_at(desk: RunningDesk) -> Parcel:
    parcel = Parcel(
        id=secrets.token_hex(16),
        ticket=secrets.token_hex(16),
        agency="caf",
        agent="bruno",
        proof=hashlib.sha256(bytes(32)).hexdigest(),
        salt=secrets.token_hex(16),
        expires_at=time.monotonic() + 600,
        content=b"sealed",
    )
    desk.gateway.parcels.put(parcel)
    return parcel


@pytest.mark.expects_log("other gateway not reached")
async def test_a_telephone_is_sent_to_the_gateway_that_has_the_document(site: Site) -> None:
    one, two = await naming_each_other(site)
    parcel = lies_at(two)
    async with httpx.AsyncClient() as telephone:
        sent = await telephone.get(f"{one.url}/t/{parcel.id}")
        there = f"{two.url}/t/{parcel.id}"
        assert (sent.status_code, sent.headers["location"]) == (307, there)
        assert (await telephone.get(there)).status_code == 200
        # What became of it is told by whoever knows.
        two.gateway.parcels.ticket_left(parcel.ticket)
        assert (await telephone.get(f"{one.url}/t/{parcel.id}")).headers["location"] == there
        for unknown in (secrets.token_hex(16), "no-parcel"):
            assert (await telephone.get(f"{one.url}/t/{unknown}")).status_code == 200
            assert (await telephone.get(f"{two.url}/t/{unknown}")).status_code == 200


@pytest.mark.expects_log("other gateway not reached")
async def test_the_secret_goes_along_to_the_other_gateway(site: Site, browser_page: Page) -> None:
    one, two = await naming_each_other(site)
    parcel, secret = lies_at(two), secrets.token_hex(16)
    await browser_page.goto(f"{one.url}/t/{parcel.id}#{secret}")
    await expect(browser_page.get_by_label("Le numéro à six chiffres")).to_be_visible()
    assert browser_page.url == f"{two.url}/t/{parcel.id}#{secret}"


async def test_gateways_that_do_not_know_each_other_say_so_in_words(
    site: Site, browser_page: Page
) -> None:
    one, two = await site.gateway("one"), await site.gateway("two")
    parcel = lies_at(two)
    phone = await browser_page.context.new_page()
    await phone.goto(f"{one.url}/t/{parcel.id}#{secrets.token_hex(16)}")
    words = phone.get_by_text("Il n’y a pas de document à cette adresse, ou il n’y est plus")
    await expect(words).to_be_visible()
