"""A broker, a gateway, and whoever joins them, each made anew for one test."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from kiosk.link.broker import Broker
from kiosk.link.line import Line
from kiosk.link.tickets import OwnTicket
from tests.desk.booth import MediaBooth
from tests.desk.browsing import FAKE_DEVICES, PATIENCE_MS, launch, open_page
from tests.desk.page_client import PageClient
from tests.desk.running import AGENCIES, RunningDesk, desk_settings, running_desk, write_agents

KIOSK = "pvp-test"


@dataclass(frozen=True, slots=True)
class BrokerUser:
    """How a booth signs in at the broker."""

    url: str
    user: str
    password: str
    ca_file: Path | None = None


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Broker]:
    broker = Broker(tmp_path / "broker", AGENCIES, [KIOSK], port=0)
    await broker.start()
    yield broker
    await broker.stop()


@pytest.fixture
async def desk(broker: Broker, tmp_path: Path) -> AsyncIterator[RunningDesk]:
    write_agents(tmp_path / "agents.toml")
    settings = desk_settings(tmp_path, broker.url, broker.passwords_folder)
    async with running_desk(settings) as running:
        yield running


@pytest.fixture
async def booth_line(broker: Broker) -> AsyncIterator[Line]:
    user = f"kiosk-{KIOSK}"
    line = await Line.connect(BrokerUser(broker.url, user, broker.credentials[user]))
    yield line
    await line.close()


@pytest.fixture
async def join(booth_line: Line) -> AsyncIterator[Callable[..., Awaitable[OwnTicket]]]:
    """Join an agency's queue as a resident does."""
    async with AsyncExitStack() as stack:

        async def joining(agency: str = "caf", place: str = "Mairie d’Ambert") -> OwnTicket:
            ticket = await OwnTicket.open(booth_line, agency, KIOSK, place)
            stack.push_async_callback(ticket.leave)
            return ticket

        yield joining


@pytest.fixture
async def page(
    desk: RunningDesk,
) -> AsyncIterator[Callable[[str], Awaitable[PageClient]]]:
    """Open the page of an agent."""
    async with AsyncExitStack() as stack:

        async def opening(user: str) -> PageClient:
            client = await PageClient.signed_in(desk, user)
            stack.push_async_callback(client.leave)
            await client.expect("presence")
            return client

        yield opening


#: Said by the browser, not by the page, while the gateway or the broker is away, the sign-in is
#: wrong, or somebody else was quicker.
_EXPECTED = re.compile(
    r"WebSocket connection|ERR_(CONNECTION_(REFUSED|RESET)|EMPTY_RESPONSE)|status of (401|409|503)"
)


@pytest.fixture
async def browser_page() -> AsyncIterator[Page]:
    """A page with a camera and a microphone; any error in its console fails the test."""
    expect.set_options(timeout=PATIENCE_MS)
    errors: list[str] = []
    async with AsyncExitStack() as stack:
        browser = await launch(stack, *FAKE_DEVICES)
        yield await open_page(await browser.new_context(locale="fr-FR"), errors)
    assert [error for error in errors if not _EXPECTED.search(error)] == []


@pytest.fixture
async def open_booth(
    booth_line: Line,
) -> AsyncIterator[Callable[[OwnTicket], Awaitable[MediaBooth]]]:
    async with AsyncExitStack() as stack:

        async def opening(ticket: OwnTicket) -> MediaBooth:
            booth = await MediaBooth.start(booth_line, ticket)
            stack.push_async_callback(booth.stop)
            return booth

        yield opening
