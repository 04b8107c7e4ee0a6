"""Claims: exactly one agent wins, whatever is thrown at the broker."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.link.broker import Broker
from kiosk.link.claims import CLAIM_TTL_S, HeldClaim, LostTo, claim_ticket
from kiosk.link.keys import TicketKey
from kiosk.link.line import Line
from kiosk.link.messages import Claim, new_ticket_id
from kiosk.link.store import Bucket
from tests.link.conftest import Connect
from tests.link.waiting import until

#: Claimants of one ticket, the gateways they are spread over, and how often they try.
CLAIMANTS = 120
GATEWAYS = 8
ROUNDS = 12


def new_key() -> TicketKey:
    return TicketKey("caf", "mairie-a", new_ticket_id())


@pytest.fixture
async def gateways(connect: Connect) -> list[Bucket[Claim]]:
    return [Bucket(await connect("desk-caf"), "claims", Claim) for _ in range(GATEWAYS)]


async def claim(
    bucket: Bucket[Claim], key: TicketKey, agent: str, lost: list[str] | None = None
) -> HeldClaim | LostTo:
    on_lost = None if lost is None else lambda: lost.append(agent)
    return await claim_ticket(bucket, key, agent, agent.title(), on_lost)


async def test_exactly_one_of_many_wins(gateways: list[Bucket[Claim]]) -> None:
    for _ in range(ROUNDS):
        key = new_key()
        outcomes = await asyncio.gather(
            *(claim(gateways[i % GATEWAYS], key, f"agent-{i}") for i in range(CLAIMANTS))
        )
        winners = [one for one in outcomes if isinstance(one, HeldClaim)]
        told = {(one.agent, one.agent_name) for one in outcomes if isinstance(one, LostTo)}
        assert len(winners) == 1
        assert told == {(winners[0].claim.agent, winners[0].claim.agent_name)}
        await winners[0].release()


async def test_exactly_one_of_many_wins_what_was_released(gateways: list[Bucket[Claim]]) -> None:
    """The mark of a deletion is there, and must be overwritten by one only."""
    key = new_key()
    for _ in range(ROUNDS):
        outcomes = await asyncio.gather(
            *(claim(gateways[i % GATEWAYS], key, f"agent-{i}") for i in range(CLAIMANTS))
        )
        (winner,) = (one for one in outcomes if isinstance(one, HeldClaim))
        await winner.release()


async def test_a_held_claim_is_kept(gateways: list[Bucket[Claim]]) -> None:
    key = new_key()
    held = await claim(gateways[0], key, "alice")
    assert isinstance(held, HeldClaim)
    await asyncio.sleep(CLAIM_TTL_S + 1)
    assert await claim(gateways[1], key, "bob") == LostTo("alice", "Alice")
    await held.release()


async def test_the_claim_of_a_gateway_that_died_runs_out(gateways: list[Bucket[Claim]]) -> None:
    key = new_key()
    held = await claim(gateways[0], key, "alice")
    assert isinstance(held, HeldClaim)
    await held.stop()
    assert isinstance(await claim(gateways[1], key, "bob"), LostTo)
    outcome: list[HeldClaim | LostTo] = []
    async with asyncio.timeout(CLAIM_TTL_S + 2):
        while not outcome or isinstance(outcome[-1], LostTo):
            outcome.append(await claim(gateways[1], key, "bob"))
            await asyncio.sleep(0.1)
    assert isinstance(outcome[-1], HeldClaim)
    await outcome[-1].release()


@pytest.mark.expects_log("claim lost")
async def test_an_agent_who_comes_back_has_their_call(gateways: list[Bucket[Claim]]) -> None:
    key, lost = new_key(), list[str]()
    before = await claim(gateways[0], key, "alice", lost)
    after = await claim(gateways[1], key, "alice", lost)
    assert isinstance(before, HeldClaim)
    assert isinstance(after, HeldClaim)
    await until(lambda: before.lost)
    assert lost == ["alice"]
    assert not after.lost
    await after.release()


@pytest.mark.expects_log("broker not reached")
async def test_claims_outlive_a_broker_restart(
    broker: Broker, gateways: list[Bucket[Claim]]
) -> None:
    key, lines = new_key(), [gateway.line for gateway in gateways]
    held = await claim(gateways[0], key, "alice")
    assert isinstance(held, HeldClaim)
    await restart(broker, lines)
    assert await claim(gateways[1], key, "bob") == LostTo("alice", "Alice")
    await asyncio.sleep(CLAIM_TTL_S + 1)
    assert await claim(gateways[1], key, "bob") == LostTo("alice", "Alice")
    assert not held.lost
    await held.release()


@pytest.mark.expects_log("claim lost")
async def test_a_claim_that_another_took_meanwhile_is_lost(
    gateways: list[Bucket[Claim]],
) -> None:
    key, lost = new_key(), list[str]()
    held = await claim(gateways[0], key, "alice", lost)
    assert isinstance(held, HeldClaim)
    # In one write: between two, the first refresh of alice's could take the ticket again.
    bobs = Claim(ticket=key.ticket, agent="bob", agent_name="Bob", since=held.claim.since)
    await gateways[1].keep(str(key), bobs, CLAIM_TTL_S)
    await until(lambda: held.lost)
    assert lost == ["alice"]
    await held.release()
    assert await claim(gateways[0], key, "carol") == LostTo("bob", "Bob")
    await gateways[1].delete(str(key))


async def restart(broker: Broker, lines: list[Line]) -> None:
    await broker.stop()
    await until(lambda: not any(line.up for line in lines))
    await broker.start()
    await until(lambda: all(line.up for line in lines))
