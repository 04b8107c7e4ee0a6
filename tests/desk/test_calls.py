"""Tickets, claims and signals between a booth and pages, through a real broker and gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from desk.page_messages import CLOSE_SUPERSEDED
from kiosk.link.boards import Boards
from kiosk.link.broker import Broker
from kiosk.link.line import Line
from kiosk.link.messages import AgentState, BoothMedia, Bye, EndReason, Offer, Ready, TicketState
from kiosk.link.signals import SignalChannel
from kiosk.link.tickets import OwnTicket
from tests.desk.conftest import KIOSK
from tests.desk.page_client import PATIENCE_S, PageClient
from tests.desk.running import AGENCIES, RunningDesk, desk_settings, running_desk, write_agents

# A line that a busy machine makes dial twice is up a moment later, and is not what is tested.
pytestmark = pytest.mark.expects_log("broker not reached")

Join = Callable[..., Awaitable[OwnTicket]]
OpenPage = Callable[[str], Awaitable[PageClient]]


def booth_channel(line: Line, ticket: OwnTicket) -> SignalChannel:
    return SignalChannel(line, ticket.key.agency, ticket.key.kiosk, ticket.ticket, "booth")


async def test_queue_is_shown_live_and_in_order(page: OpenPage, join: Join) -> None:
    awa = await page("awa")
    first = await join(place="Mairie d’Ambert")
    second = await join(place="La Poste de Thiers")
    await awa.expect_waiting(first.ticket, second.ticket)
    assert [one["place_name"] for one in awa.waiting] == ["Mairie d’Ambert", "La Poste de Thiers"]
    await first.leave()
    await awa.expect_waiting(second.ticket)


async def test_agents_see_their_own_agency_only(page: OpenPage, join: Join) -> None:
    awa, dina = await page("awa"), await page("dina")
    for_caf, for_cpam = await join("caf"), await join("cpam")
    await awa.expect_waiting(for_caf.ticket)
    await dina.expect_waiting(for_cpam.ticket)
    assert for_cpam.ticket not in str(awa.heard)
    assert for_caf.ticket not in str(dina.heard)


async def test_claim_is_won_and_the_booth_told(page: OpenPage, join: Join) -> None:
    awa, bruno = await page("awa"), await page("bruno")
    ticket = await join()
    await awa.expect_waiting(ticket.ticket)
    await awa.say("claim", ticket=ticket.ticket)
    await awa.expect("claimed", ticket=ticket.ticket, outcome="won")
    call = await awa.expect("call", ticket=ticket.ticket)
    assert (call["kiosk"], call["resumed"]) == (KIOSK, False)
    await awa.expect("presence", state="busy")
    claim = await asyncio.wait_for(ticket.claimed(), PATIENCE_S)
    assert (claim.agent, claim.agent_name) == ("awa", "Awa D.")
    await bruno.until(
        lambda: any(
            one["type"] == "queue" and [t["claimed_by"] for t in one["in_call"]] == ["Awa D."]
            for one in bruno.heard
        )
    )


async def test_of_many_claims_at_once_one_wins_and_all_others_are_told_who(
    broker: Broker, join: Join, tmp_path: Path
) -> None:
    crowd = [(f"agent-{number}", f"Agent {number}", "caf") for number in range(24)]
    write_agents(tmp_path / "agents.toml", crowd)
    settings = desk_settings(tmp_path, broker.url, broker.passwords_folder)
    async with running_desk(settings) as one, running_desk(settings) as other:
        # Two gateways of one agency: the broker decides, not a lock in one process.
        pages = await asyncio.gather(
            *(
                PageClient.signed_in(one if number % 2 else other, user)
                for number, (user, _, _) in enumerate(crowd)
            )
        )
        for _ in range(3):
            ticket = await join()
            for page in pages:
                await page.expect_waiting(ticket.ticket)
            await asyncio.gather(*(page.say("claim", ticket=ticket.ticket) for page in pages))
            answers = await asyncio.gather(
                *(page.expect("claimed", ticket=ticket.ticket) for page in pages)
            )
            winners = [
                name
                for (_, name, _), answer in zip(crowd, answers, strict=True)
                if answer["outcome"] == "won"
            ]
            assert len(winners) == 1
            losers = [answer for answer in answers if answer["outcome"] != "won"]
            assert {(one["outcome"], one["by"]) for one in losers} == {("lost", winners[0])}
            winner = pages[[name for _, name, _ in crowd].index(winners[0])]
            await winner.signal(ticket.ticket, "bye", reason="agent")
            await winner.expect("ended", ticket=ticket.ticket)
            await ticket.leave()
        await asyncio.gather(*(page.leave() for page in pages))


@pytest.mark.expects_log("no such ticket in this agency")
@pytest.mark.expects_log("not this agent's call")
async def test_forged_messages_for_another_agency_do_nothing(
    page: OpenPage, join: Join, booth_line: Line
) -> None:
    awa, dina = await page("awa"), await page("dina")
    ticket = await join("caf")
    await awa.expect_waiting(ticket.ticket)
    async with booth_channel(booth_line, ticket) as booth:
        await dina.say("claim", ticket=ticket.ticket)
        await dina.expect("claimed", ticket=ticket.ticket, outcome="gone")
        await dina.signal(ticket.ticket, "bye", reason="agent")
        await dina.signal(ticket.ticket, "ready", page="00000000")
        # The broker keeps order: had the forged signals passed, they would come before this one.
        await awa.say("claim", ticket=ticket.ticket)
        await awa.expect("claimed", outcome="won")
        await awa.signal(ticket.ticket, "ready", page="aaaaaaaa")
        heard = await asyncio.wait_for(anext(booth), PATIENCE_S)
        assert heard == Ready(page="aaaaaaaa")
        # Nor once a colleague is in the call.
        await dina.signal(ticket.ticket, "bye", reason="agent")
        await awa.signal(ticket.ticket, "ready", page="bbbbbbbb")
        assert await asyncio.wait_for(anext(booth), PATIENCE_S) == Ready(page="bbbbbbbb")
    assert ticket.claim is not None
    assert ticket.claim.agent == "awa"


async def test_signals_pass_both_ways_and_bye_ends_the_call(
    page: OpenPage, join: Join, booth_line: Line
) -> None:
    awa = await page("awa")
    ticket = await join()
    async with booth_channel(booth_line, ticket) as booth:
        await awa.expect_waiting(ticket.ticket)
        await awa.say("claim", ticket=ticket.ticket)
        await awa.expect("call")
        await awa.signal(ticket.ticket, "ready", page="0123456789abcdef")
        assert isinstance(await asyncio.wait_for(anext(booth), PATIENCE_S), Ready)
        await booth.send(Offer(attempt=1, sdp="v=0"))
        offer = await awa.expect("signal", ticket=ticket.ticket)
        assert offer["body"]["type"] == "offer"
        await booth.send(Bye(reason=EndReason.RESIDENT))
        await awa.expect("ended", ticket=ticket.ticket, reason="resident")
        await awa.expect("presence", state="away")


@pytest.mark.expects_log("page's message dropped")
async def test_malformed_messages_are_dropped_and_the_call_goes_on(
    page: OpenPage, join: Join, booth_line: Line
) -> None:
    awa = await page("awa")
    ticket = await join()
    async with booth_channel(booth_line, ticket) as booth:
        await awa.expect_waiting(ticket.ticket)
        await awa.say("claim", ticket=ticket.ticket)
        await awa.expect("call")
        for rubbish in ("", "[]", "{", '{"type": "claim"}', '{"type": "pong", "n": "many"}'):
            await awa.say_raw(rubbish)
        await awa.signal(ticket.ticket, "booth_media", muted=True)
        await awa.signal(ticket.ticket, "ready", page="0123456789abcdef")
        assert isinstance(await asyncio.wait_for(anext(booth), PATIENCE_S), Ready)


async def test_a_reloaded_page_is_back_in_the_call(
    page: OpenPage, join: Join, booth_line: Line
) -> None:
    awa = await page("awa")
    ticket = await join()
    async with booth_channel(booth_line, ticket) as booth:
        await awa.expect_waiting(ticket.ticket)
        await awa.say("claim", ticket=ticket.ticket)
        first = await awa.expect("call")
        await booth.send(BoothMedia(muted=True))
        await awa.expect("signal")
        again = await page("awa")
        call = await again.expect("call", ticket=ticket.ticket)
        assert call["resumed"]
        assert ticket.claim is not None
        assert call["since"] == first["since"] == ticket.claim.since
        assert (await again.expect("signal"))["body"]["muted"]
        assert await awa.closed() == CLOSE_SUPERSEDED
        await again.signal(ticket.ticket, "bye", reason="agent")
        assert await asyncio.wait_for(anext(booth), PATIENCE_S) == Bye(reason=EndReason.AGENT)


@pytest.mark.expects_log("calls' lengths not kept")
async def test_a_call_ends_although_its_length_cannot_be_kept(
    page: OpenPage, join: Join, tmp_path: Path
) -> None:
    (tmp_path / "state" / "calls-caf.json").mkdir(parents=True)
    ticket = await join()
    # In call before the agent comes: the gateway knows the call as connected from its beginning.
    await ticket.set_state(TicketState.IN_CALL, "awa")
    awa = await page("awa")
    await awa.expect("call", ticket=ticket.ticket)
    await awa.signal(ticket.ticket, "bye", reason="agent")
    await awa.expect("ended", ticket=ticket.ticket)


async def test_a_restarted_gateway_gives_the_call_back(
    broker: Broker, join: Join, tmp_path: Path
) -> None:
    write_agents(tmp_path / "agents.toml")
    settings = desk_settings(tmp_path, broker.url, broker.passwords_folder)
    ticket = await join()
    async with running_desk(settings) as desk:
        awa = await PageClient.signed_in(desk, "awa")
        await awa.expect_waiting(ticket.ticket)
        await awa.say("claim", ticket=ticket.ticket)
        await awa.expect("call")
        await ticket.set_state(TicketState.IN_CALL, "awa")
    async with running_desk(settings) as desk:
        again = PageClient(desk, awa.cookie)
        await again.connect()
        call = await again.expect("call", ticket=ticket.ticket)
        assert call["resumed"]
        await again.signal(ticket.ticket, "bye", reason="agent")
        await again.expect("ended", ticket=ticket.ticket)
        # The ticket lingers, in call with this agent as the booth knows it: it must not come back.
        third = PageClient(desk, awa.cookie)
        await third.connect()
        await third.expect("presence", state="away")
        await third.until(lambda: sum(one["type"] == "ping" for one in third.heard) >= 3)
        assert not [one for one in third.heard if one["type"] == "call"]
        await third.leave()


async def test_the_page_is_told_when_the_booth_is_gone(page: OpenPage, join: Join) -> None:
    awa = await page("awa")
    ticket = await join()
    await awa.expect_waiting(ticket.ticket)
    await awa.say("claim", ticket=ticket.ticket)
    await awa.expect("call")
    await ticket.leave()
    await awa.expect("booth", ticket=ticket.ticket, present=False)
    await awa.signal(ticket.ticket, "bye", reason="timeout")
    await awa.expect("ended", ticket=ticket.ticket)


@pytest.mark.expects_log("broker refused")
async def test_a_claim_without_a_line_may_be_made_again(
    broker: Broker, page: OpenPage, join: Join
) -> None:
    awa = await page("awa")
    ticket = await join()
    await awa.expect_waiting(ticket.ticket)
    await broker.stop()
    await awa.expect("line", up=False)
    await awa.say("claim", ticket=ticket.ticket)
    await awa.expect("claimed", ticket=ticket.ticket, outcome="no_line")
    again = Broker(broker.folder, AGENCIES, [KIOSK], port=broker.port)
    await again.start()
    try:
        await awa.until(lambda: [one["up"] for one in awa.heard if one["type"] == "line"][-1])
        await awa.say("claim", ticket=ticket.ticket)
        await awa.expect("claimed", ticket=ticket.ticket, outcome="won")
        await awa.signal(ticket.ticket, "bye", reason="agent")
        await awa.expect("ended")
    finally:
        await again.stop()


async def test_a_call_with_neither_page_nor_booth_is_given_up(
    page: OpenPage, join: Join, booth_line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.agent_calls.CALL_WITHOUT_ANYBODY_S", 0.1)
    awa = await page("awa")
    ticket = await join()
    async with booth_channel(booth_line, ticket) as booth:
        await awa.expect_waiting(ticket.ticket)
        await awa.say("claim", ticket=ticket.ticket)
        await awa.expect("call")
        await awa.leave()
        await ticket.leave()
        assert await asyncio.wait_for(anext(booth), PATIENCE_S) == Bye(reason=EndReason.TIMEOUT)
    again = await page("awa")
    await again.expect("presence", state="away")
    assert not [one for one in again.heard if one["type"] == "call"]


async def test_a_hasty_agent_gets_one_call(page: OpenPage, join: Join) -> None:
    awa = await page("awa")
    first, second = await join(), await join()
    await awa.expect_waiting(first.ticket, second.ticket)
    await awa.say("claim", ticket=first.ticket)
    await awa.say("claim", ticket=second.ticket)
    await awa.expect("call", ticket=first.ticket)
    await awa.expect_waiting(second.ticket)
    assert second.claim is None


async def test_a_colleagues_call_cannot_be_claimed(page: OpenPage, join: Join) -> None:
    awa, bruno = await page("awa"), await page("bruno")
    ticket = await join()
    await awa.expect_waiting(ticket.ticket)
    await awa.say("claim", ticket=ticket.ticket)
    await awa.expect("call")
    await ticket.set_state(TicketState.IN_CALL, "awa")
    await bruno.expect_waiting()
    await bruno.say("claim", ticket=ticket.ticket)
    answer = await bruno.expect("claimed", ticket=ticket.ticket)
    assert (answer["outcome"], answer["by"]) == ("lost", "Awa D.")


async def test_board_counts_agents_and_keeps_the_queue(
    page: OpenPage, join: Join, booth_line: Line
) -> None:
    changed = asyncio.Condition()

    async def tell() -> None:
        async with changed:
            changed.notify_all()

    tasks: set[asyncio.Task[None]] = set()
    boards = Boards(booth_line, ["caf"], lambda: tasks.add(asyncio.create_task(tell())))
    boards.start()

    async def until(available: int, busy: int, queue: tuple[str, ...]) -> None:
        def right() -> bool:
            board = boards.board("caf")
            return board is not None and (board.available, board.busy, board.queue) == (
                available,
                busy,
                queue,
            )

        async with asyncio.timeout(PATIENCE_S), changed:
            await changed.wait_for(right)

    awa, bruno = await page("awa"), await page("bruno")
    await until(0, 0, ())
    await awa.say("presence", state=AgentState.AVAILABLE)
    await bruno.say("presence", state=AgentState.AVAILABLE)
    await until(2, 0, ())
    ticket = await join()
    await until(2, 0, (ticket.ticket,))
    await awa.say("claim", ticket=ticket.ticket)
    await until(1, 1, ())
    await awa.signal(ticket.ticket, "bye", reason="agent")
    await ticket.leave()
    await until(2, 0, ())
    await bruno.leave()
    await until(1, 0, ())
    await boards.close()


async def test_a_page_that_answers_no_ping_is_closed(desk: RunningDesk) -> None:
    awa = PageClient(desk)
    await awa.sign_in("awa")
    awa.mute = True
    await awa.connect()
    await awa.closed()
    assert awa.close_code == 1000
