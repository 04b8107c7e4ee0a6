"""Documents that wait at the gateway for a telephone: bounded, fetched once, short-lived."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from desk.parcels import (
    AGAIN_S,
    MOST_OF_A_TICKET,
    MOST_PARCEL_BYTES,
    MOST_TOTAL_BYTES,
    MOST_TRIES,
    SLOWEST_BYTES_PER_S,
    TICKET_GONE_S,
    Gone,
    Parcel,
    Parcels,
)
from desk.sessions import COOKIE
from kiosk.link.messages import TicketState
from kiosk.link.tickets import OwnTicket
from tests.desk.page_client import PATIENCE_S, PageClient
from tests.desk.running import RunningDesk

# A line that a busy machine makes dial twice is up a moment later, and is not what is tested.
pytestmark = pytest.mark.expects_log("broker not reached|wrong PIN for a parcel")

OpenPage = Callable[[str], Awaitable[PageClient]]
Join = Callable[..., Awaitable[OwnTicket]]
SHOWN = secrets.token_bytes(32)
TICKET = "a" * 32


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def parcel(clock: Clock, ticket: str = TICKET, content: bytes = b"sealed") -> Parcel:
    return Parcel(
        id=secrets.token_hex(16),
        ticket=ticket,
        agency="caf",
        agent="awa",
        proof=hashlib.sha256(SHOWN).hexdigest(),
        salt="b" * 32,
        expires_at=clock.now + 600,
        content=content,
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def parcels(clock: Clock) -> Parcels:
    return Parcels(clock)


def pass_time(parcels: Parcels, clock: Clock, seconds: float) -> None:
    """Let it pass in the visit, whose booth keeps its ticket alive."""
    end = clock.now + seconds
    while clock.now < end:
        clock.now = min(end, clock.now + 10)
        parcels.note_tickets("caf", lambda _ticket: True)


def test_it_is_fetched_once(parcels: Parcels, clock: Clock) -> None:
    one = parcel(clock)
    parcels.put(one)
    assert parcels.fetch(one, SHOWN) == b"sealed"
    assert parcels.took(one, SHOWN)
    assert parcels.find(one.id) is None
    assert parcels.end_of(one.id) is Gone.TAKEN


def test_what_did_not_arrive_whole_is_there_for_a_minute_more_and_no_longer(
    parcels: Parcels, clock: Clock
) -> None:
    one = parcel(clock)
    parcels.put(one)
    assert parcels.fetch(one, SHOWN)
    pass_time(parcels, clock, AGAIN_S - 1)
    assert parcels.fetch(one, SHOWN) == b"sealed"
    pass_time(parcels, clock, 1.1)
    assert parcels.find(one.id) is None
    assert parcels.end_of(one.id) is Gone.EXPIRED


def test_a_large_one_has_the_time_besides_that_a_slow_line_needs(
    parcels: Parcels, clock: Clock
) -> None:
    one = parcel(clock, content=bytes(200 * SLOWEST_BYTES_PER_S))
    parcels.put(one)
    assert parcels.fetch(one, SHOWN)
    pass_time(parcels, clock, 200 + AGAIN_S - 1)
    assert parcels.find(one.id) is one
    pass_time(parcels, clock, 1.1)
    assert parcels.find(one.id) is None


def test_an_opened_one_outlives_neither_its_time_nor_its_visit_nor_wrong_pins(
    parcels: Parcels, clock: Clock
) -> None:
    late, left, guessed = parcel(clock), parcel(clock, "c" * 32), parcel(clock)
    for one in (late, left, guessed):
        parcels.put(one)
    for _ in range(MOST_TRIES):
        assert parcels.fetch(guessed, SHOWN) or guessed.tries == 0
        assert not parcels.took(guessed, secrets.token_bytes(32))
    assert parcels.end_of(guessed.id) is Gone.LOCKED
    assert parcels.fetch(left, SHOWN)
    parcels.ticket_left(left.ticket)
    assert parcels.end_of(left.id) is Gone.LEFT
    pass_time(parcels, clock, 599)
    assert parcels.fetch(late, SHOWN)
    pass_time(parcels, clock, 1)
    assert parcels.end_of(late.id) is Gone.EXPIRED


def test_the_fifth_wrong_pin_erases_it(parcels: Parcels, clock: Clock) -> None:
    one = parcel(clock)
    parcels.put(one)
    for left in range(MOST_TRIES - 1, -1, -1):
        assert parcels.fetch(one, secrets.token_bytes(32)) is None
        assert one.tries == left
    assert parcels.find(one.id) is None
    assert parcels.end_of(one.id) is Gone.LOCKED


def test_it_runs_out(parcels: Parcels, clock: Clock) -> None:
    one = parcel(clock)
    parcels.put(one)
    pass_time(parcels, clock, 600)
    assert parcels.find(one.id) is None
    assert parcels.end_of(one.id) is Gone.EXPIRED


def test_it_dies_with_its_visit_at_once_and_30_s_after_a_booth_fell_silent(
    parcels: Parcels, clock: Clock
) -> None:
    left, silent, other = parcel(clock, "c" * 32), parcel(clock), parcel(clock, "d" * 32)
    for one in (left, silent, other):
        parcels.put(one)
    parcels.ticket_left(left.ticket)
    assert parcels.end_of(left.id) is Gone.LEFT
    clock.now += TICKET_GONE_S
    parcels.note_tickets("caf", lambda ticket: ticket == other.ticket)
    assert parcels.find(silent.id) is silent
    clock.now += 1
    assert parcels.find(silent.id) is None
    assert parcels.find(other.id) is other


def test_room_is_bounded_by_visit_and_in_all(parcels: Parcels, clock: Clock) -> None:
    for _ in range(MOST_OF_A_TICKET):
        parcels.put(parcel(clock))
    assert not parcels.reserve(TICKET, 1)
    fitting = (MOST_TOTAL_BYTES - 1_000) // MOST_PARCEL_BYTES
    for index in range(fitting):
        assert parcels.reserve(f"{index:032x}", MOST_PARCEL_BYTES)
    assert not parcels.reserve("e" * 32, MOST_PARCEL_BYTES)
    parcels.release(MOST_PARCEL_BYTES)
    assert parcels.reserve("e" * 32, MOST_PARCEL_BYTES)


@pytest.fixture
async def client(desk: RunningDesk) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=desk.url, headers={"Origin": desk.url}) as client:
        yield client


def slip(ticket: str, parcel_id: str, **more: str) -> dict[str, str]:
    return {
        "X-Parcel-Ticket": ticket,
        "X-Parcel-Id": parcel_id,
        "X-Parcel-Proof": hashlib.sha256(SHOWN).hexdigest(),
        "X-Parcel-Salt": "b" * 32,
        "X-Parcel-Expires": "600",
        **more,
    }


async def test_only_the_agent_in_the_call_brings_it_in_and_a_telephone_fetches_it(
    desk: RunningDesk, client: httpx.AsyncClient, page: OpenPage, join: Join
) -> None:
    awa, bruno, ticket = await page("awa"), await page("bruno"), await join()
    await awa.expect_waiting(ticket.ticket)
    await awa.say("claim", ticket=ticket.ticket)
    await awa.expect("call")
    parcel_id, sealed = secrets.token_hex(16), secrets.token_bytes(70_000)

    async def bring(cookie: str, **more: str) -> httpx.Response:
        headers = slip(ticket.ticket, parcel_id, **more) | {"Cookie": f"{COOKIE}={cookie}"}
        return await client.post("/api/parcels", content=sealed, headers=headers)

    assert (await bring("")).status_code == 401
    assert (await bring(bruno.cookie)).status_code == 403
    assert (await bring(awa.cookie, **{"X-Parcel-Salt": "short"})).status_code == 400
    assert (await bring(awa.cookie, **{"X-Parcel-Expires": "4000"})).status_code == 400
    assert (await bring(awa.cookie, Origin="https://elsewhere.example")).status_code == 403
    brought = await bring(awa.cookie)
    assert brought.status_code == 201
    assert brought.json() == {"path": f"/t/{parcel_id}", "expires_s": 600}
    assert (await bring(awa.cookie)).status_code == 200

    assert (await client.get(f"/t/{parcel_id}")).status_code == 200
    looked = (await client.get(f"/api/parcels/{parcel_id}")).json()
    assert looked["salt"] == "b" * 32
    where = f"/api/parcels/{parcel_id}/open"
    wrong = await client.post(where, json={"shown": "0" * 64})
    assert (wrong.status_code, wrong.json()) == (403, {"tries": MOST_TRIES - 1})
    fetched = await client.post(where, json={"shown": SHOWN.hex()})
    assert fetched.content == sealed
    assert fetched.headers["cache-control"] == "no-store"
    # Its network may have dropped meanwhile: until the telephone has it whole, nobody has.
    assert (await bring(awa.cookie)).json()["path"] == f"/t/{parcel_id}"
    assert (await client.post(where, json={"shown": SHOWN.hex()})).content == sealed
    whole = f"/api/parcels/{parcel_id}/taken"
    wrong = await client.post(whole, json={"shown": "0" * 64})
    assert (wrong.status_code, wrong.json()) == (403, {"tries": MOST_TRIES - 2})
    assert (await client.post(whole, json={"shown": SHOWN.hex()})).status_code == 204
    assert (await client.post(where, json={"shown": SHOWN.hex()})).status_code == 410
    assert (await bring(awa.cookie)).json() == {"taken": True}
    await awa.expect("parcel_taken", id=parcel_id, ticket=ticket.ticket)


async def test_a_page_that_is_being_reloaded_still_hears_of_the_fetch(
    desk: RunningDesk, page: OpenPage, join: Join
) -> None:
    awa, ticket = await page("awa"), await join()
    await awa.expect_waiting(ticket.ticket)
    await awa.say("claim", ticket=ticket.ticket)
    await awa.expect("call")
    one = parcel(Clock(), ticket.ticket)
    await awa.leave()
    seat = desk.gateway._rooms["caf"]._seats["awa"]
    async with asyncio.timeout(PATIENCE_S):
        while seat.alone_s == 0:
            await asyncio.sleep(0)
    desk.gateway.parcel_taken(one)
    again = await page("awa")
    await again.expect("parcel_taken", id=one.id)


async def test_what_lies_there_goes_when_the_booth_takes_the_ticket_away(
    desk: RunningDesk, client: httpx.AsyncClient, page: OpenPage, join: Join
) -> None:
    awa, ticket = await page("awa"), await join()
    await awa.expect_waiting(ticket.ticket)
    await awa.say("claim", ticket=ticket.ticket)
    await awa.expect("call")
    parcel_id = secrets.token_hex(16)
    headers = slip(ticket.ticket, parcel_id) | {"Cookie": f"{COOKIE}={awa.cookie}"}
    await client.post("/api/parcels", content=b"sealed", headers=headers)
    await ticket.set_state(TicketState.LEAVING)
    await awa.expect("ended", ticket=ticket.ticket)
    assert len(desk.gateway.parcels) == 1
    assert await ticket.leave()
    # The next resident's place in the queue is told after the going of the one before.
    again = await join()
    await awa.expect_waiting(again.ticket)
    assert (await client.get(f"/api/parcels/{parcel_id}")).status_code == 410


async def test_guesses_of_ids_are_held_up(client: httpx.AsyncClient) -> None:
    codes = {
        (await client.get(f"/api/parcels/{secrets.token_hex(16)}")).status_code for _ in range(40)
    }
    assert codes == {404, 429}


async def test_a_closing_agency_is_told_until_nobody_waits(page: OpenPage, join: Join) -> None:
    awa, ticket = await page("awa"), await join()
    await awa.expect_waiting(ticket.ticket)
    await awa.say("closing", on=True)
    queue = await awa.expect("queue", closing=True)
    assert not queue["waiting"][0]["appointment"]
    awa.heard.clear()
    await ticket.leave()
    await awa.expect("queue", closing=False, waiting=[])
