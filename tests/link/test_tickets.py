"""A booth's place in the queue, as its agency sees it, through everything that can happen."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator

import pytest

from kiosk.link.broker import Broker
from kiosk.link.claims import CLAIM_TTL_S, HeldClaim
from kiosk.link.desk_side import PRESENCE_TTL_S, AgencyDesk
from kiosk.link.keys import TicketKey
from kiosk.link.line import LineDown
from kiosk.link.messages import AgentState, Board, Claim, Ticket, TicketState, encode
from kiosk.link.store import Bucket
from kiosk.link.tickets import TICKET_TTL_S, OwnTicket
from tests.link.conftest import Connect, RawConnect
from tests.link.waiting import until

#: Seconds within which the agency knows of a booth that vanished.
TOLD_S = 5.0
#: Seconds within which all is as before once the broker is back.
BACK_S = 2.0

#: Opens a ticket, says so, and waits to be killed.
BOOTH = """
import asyncio, pathlib, sys
sys.path[:0] = sys.argv[5:]
from tests.link.conftest import Address
from kiosk.link.line import Line
from kiosk.link.tickets import OwnTicket

async def main():
    line = await Line.connect(Address(*sys.argv[1:4]))
    await OwnTicket.open(line, "caf", sys.argv[4], "Ici")
    print("open", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@pytest.fixture
async def desk(connect: Connect) -> AsyncIterator[AgencyDesk]:
    desk = AgencyDesk(await connect("desk-caf"), "caf")
    desk.start()
    yield desk
    await desk.close()


async def open_ticket(connect: Connect, kiosk: str = "mairie-a") -> OwnTicket:
    return await OwnTicket.open(await connect(f"kiosk-{kiosk}"), "caf", kiosk, "Ici")


async def test_a_ticket_from_touch_to_farewell(connect: Connect, desk: AgencyDesk) -> None:
    told: list[Claim | None] = []
    line = await connect("kiosk-mairie-a")
    own = await OwnTicket.open(line, "caf", "mairie-a", "Ici", told.append)
    await until(lambda: desk.queue)
    (queued,) = desk.queue
    assert (queued.ticket.place_name, queued.ticket.state) == ("Ici", TicketState.WAITING)
    assert queued.key.ticket == own.ticket
    held = await desk.claim(queued.key, "alice", "Alice Martin")
    assert isinstance(held, HeldClaim)
    assert (await asyncio.wait_for(own.claimed(), 1)).agent_name == "Alice Martin"
    await until(lambda: desk.queue[0].claim is not None)
    await own.talk("alice")
    await until(lambda: desk.queue[0].ticket.state is TicketState.IN_CALL, 0.5)
    assert desk.queue[0].ticket.agent == "alice"
    await held.release()
    await until(lambda: own.claim is None, 0.5)
    await own.leave()
    await own.leave()
    await until(lambda: not desk.queue, 0.5)
    assert [claim and claim.agent for claim in told] == ["alice", None]


async def test_the_queue_is_in_order_of_arrival(connect: Connect, desk: AgencyDesk) -> None:
    owns = [await open_ticket(connect, kiosk) for kiosk in ("poste-b", "mairie-a", "poste-b")]
    await until(lambda: len(desk.queue) == len(owns))
    await owns[0].talk("alice")
    await until(lambda: desk.queue[0].ticket.agent == "alice")
    assert [queued.key.ticket for queued in desk.queue] == [own.ticket for own in owns]
    late = AgencyDesk(desk.line, "caf")
    late.start()
    await asyncio.wait_for(late.ready.wait(), 3)
    assert [queued.key for queued in late.queue] == [queued.key for queued in desk.queue]
    assert [queued.place for queued in late.queue] == [queued.place for queued in desk.queue]
    await late.close()
    for own in owns:
        await own.close()


async def test_a_place_cannot_be_jumped(
    connect: Connect, raw: RawConnect, desk: AgencyDesk
) -> None:
    """A later, better place is not believed; nor one beyond what the broker has counted."""
    first, second = await open_ticket(connect), await open_ticket(connect, "poste-b")
    await until(lambda: len(desk.queue) == 2)
    order = [queued.key.ticket for queued in desk.queue]
    assert order == [first.ticket, second.ticket]
    booth = await raw("kiosk-poste-b")
    forged = second.message.model_copy(update={"place": 1, "place_name": "forged"})
    await booth.request(f"$KV.tickets.{second.key}", encode(forged))
    await until(lambda: desk.queue[1].ticket.place_name == "forged")
    third = TicketKey("caf", "poste-b", "f" * 32)
    beyond = first.message.model_copy(
        update={"ticket": third.ticket, "kiosk": "poste-b", "place": 10**9}
    )
    await booth.request(f"$KV.tickets.{third}", encode(beyond))
    await until(lambda: len(desk.queue) == 3)
    assert desk.queue[2].place < 10**6
    await first.close()
    await second.close()


@pytest.mark.expects_log("entry dropped")
@pytest.mark.parametrize(
    "forge",
    [
        lambda own: own.message.model_copy(update={"ticket": "0" * 32}),
        lambda own: own.message.model_copy(update={"kiosk": "poste-b"}),
        lambda own: own.message.model_copy(update={"agency": "cpam"}),
    ],
)
async def test_a_ticket_that_speaks_of_another_is_dropped(
    connect: Connect, raw: RawConnect, desk: AgencyDesk, forge: object
) -> None:
    own = await open_ticket(connect)
    await until(lambda: desk.queue)
    before = desk.queue
    assert callable(forge)
    booth = await raw("kiosk-mairie-a")
    await booth.request(f"$KV.tickets.caf.mairie-a.{'1' * 32}", encode(forge(own)))
    await booth.request(f"$KV.tickets.{own.key}", b'{"v": 2}')
    await own.talk("alice")
    await until(lambda: desk.queue[0].ticket.agent == "alice")
    assert [queued.key for queued in desk.queue] == [queued.key for queued in before]
    await own.close()


async def test_a_killed_booth_is_missed(broker: Broker, desk: AgencyDesk) -> None:
    user = "kiosk-poste-b"
    booth = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        BOOTH,
        broker.url,
        user,
        broker.credentials[user],
        "poste-b",
        *sys.path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert booth.stdout is not None
    await booth.stdout.readline()
    await until(lambda: desk.queue)
    booth.kill()
    assert await until(lambda: not desk.queue) < TOLD_S
    await booth.wait()


@pytest.mark.expects_log("broker not reached")
@pytest.mark.parametrize("away_s", [0.0, TICKET_TTL_S + 1.0])
async def test_a_broker_outage_is_not_a_farewell(
    broker: Broker, connect: Connect, desk: AgencyDesk, away_s: float
) -> None:
    owns = [await open_ticket(connect), await open_ticket(connect, "poste-b")]
    await until(lambda: len(desk.queue) == 2)
    before = [(queued.key, queued.place) for queued in desk.queue]
    held = await desk.claim(desk.queue[0].key, "alice", "Alice")
    assert isinstance(held, HeldClaim)
    await asyncio.wait_for(owns[0].claimed(), 1)
    farewells = Farewells(desk, owns[0])
    await broker.stop()
    await asyncio.sleep(away_s)
    await broker.start()
    await owns[1].talk("bob")
    assert await until(lambda: any(q.ticket.agent == "bob" for q in desk.queue)) < BACK_S
    await asyncio.sleep(max(TICKET_TTL_S, CLAIM_TTL_S) + 1)
    assert farewells.seen == []
    assert [(queued.key, queued.place) for queued in desk.queue] == before
    assert desk.queue[0].claim is not None
    farewells.close()
    await held.release()
    for own in owns:
        await own.close()
    await until(lambda: not desk.queue)


@pytest.mark.expects_log("broker not reached")
async def test_a_farewell_during_an_outage_is_found(
    broker: Broker, connect: Connect, desk: AgencyDesk
) -> None:
    """The desk's line hangs while the booth's does not; the booth leaves meanwhile."""
    assert broker.pid is not None
    own = await open_ticket(connect)
    await until(lambda: desk.queue)
    os.kill(broker.pid, signal.SIGSTOP)
    await until(lambda: not desk.line.up)
    leaving = asyncio.create_task(own.close())
    os.kill(broker.pid, signal.SIGCONT)
    await until(lambda: not desk.queue, TOLD_S + BACK_S)
    await leaving


@pytest.mark.expects_log("broker not reached")
async def test_leaving_without_a_line_is_quiet(
    broker: Broker, connect: Connect, desk: AgencyDesk
) -> None:
    own = await open_ticket(connect)
    await until(lambda: desk.queue)
    held = await desk.claim(own.key, "alice", "Alice")
    assert isinstance(held, HeldClaim)
    await broker.stop()
    await until(lambda: not desk.line.up)
    await own.leave()
    await held.release()
    with pytest.raises(LineDown):
        await desk.claim(own.key, "bob", "Bob")
    await broker.start()
    await until(lambda: not desk.queue, TICKET_TTL_S + BACK_S + 1)


@pytest.mark.expects_log("too many entries")
async def test_a_flood_of_tickets_is_bounded(
    raw: RawConnect, desk: AgencyDesk, caplog: pytest.LogCaptureFixture
) -> None:
    booth = await raw("kiosk-mairie-a")
    for number in range(2_100):
        key = TicketKey("caf", "mairie-a", f"{number:032x}")
        ticket = Ticket(
            ticket=key.ticket, agency="caf", kiosk="mairie-a", place_name="Ici", since=1.0
        )
        await booth.publish(f"$KV.tickets.{key}", encode(ticket))
    await until(lambda: "too many entries" in caplog.text)
    await booth.barrier()
    assert len(desk.queue) <= 2_000


@pytest.mark.expects_log("broker not reached")
async def test_opening_without_a_line_says_so(broker: Broker, connect: Connect) -> None:
    line = await connect("kiosk-mairie-a")
    await broker.stop()
    await until(lambda: not line.up)
    with pytest.raises(LineDown):
        await OwnTicket.open(line, "caf", "mairie-a", "Ici")


async def test_agents_and_boards_are_told_and_forgotten(connect: Connect, desk: AgencyDesk) -> None:
    other = AgencyDesk(await connect("desk-caf"), "caf")
    other.start()
    other.set_agent("bob", AgentState.AVAILABLE)
    other.set_board(Board(agency="caf", available=1, busy=0))
    await until(lambda: desk.agents == {"bob": AgentState.AVAILABLE})
    booth = Bucket(await connect("kiosk-mairie-a"), "boards", Board)
    entry = await booth.get("caf")
    assert entry is not None
    assert entry.message == Board(agency="caf", available=1, busy=0)
    other.set_agent("carol", AgentState.AWAY)
    await until(lambda: desk.agents.get("carol") == AgentState.AWAY)
    other.set_agent("bob", None)
    await other.close()
    await until(lambda: desk.agents == {}, PRESENCE_TTL_S + 2)


class Farewells:
    """Notes whatever vanishes from a desk's queue, or the claim from a booth's ticket."""

    def __init__(self, desk: AgencyDesk, own: OwnTicket) -> None:
        self.seen: list[str] = []
        self._task = asyncio.create_task(self._look(desk, own))

    async def _look(self, desk: AgencyDesk, own: OwnTicket) -> None:
        expected = {queued.key for queued in desk.queue}
        while True:
            missing = expected - {queued.key for queued in desk.queue}
            self.seen.extend(str(key) for key in missing)
            if own.claim is None:
                self.seen.append("claim")
            await asyncio.sleep(0.01)

    def close(self) -> None:
        self._task.cancel()
