"""Being called back: left once, withdrawn when it is not wanted, and the number sealed."""

from __future__ import annotations

import asyncio

from kiosk.appointments.view import CallBackStep
from kiosk.link.errands import AskCallBack, Outcome, Person, WithdrawCallBack
from kiosk.link.sealed import open_sealed
from tests.appointments.world import World, until
from tests.visit.virtual_time import run


def test_at_this_booth() -> None:
    async def story() -> None:
        world = World()
        await world.booth.open_call_back("caf")
        await world.booth.call_back_here()
        assert world.booth.view.call_back.step is CallBackStep.DONE_BOOTH
        assert world.bodies(AskCallBack) == [AskCallBack(where="booth")]
        # Who follows the screen counts it.
        assert world.events == []
        await world.booth.back()
        assert world.turned == [("call_back_wanted", "caf"), ("turned_back",)]
        await world.booth.close_visit()
        assert world.booth.wipe() == 1
        assert world.bodies(WithdrawCallBack) == []

    run(story())


def test_a_second_wish_takes_the_place_of_the_first_at_the_same_agency_alone() -> None:
    async def story() -> None:
        world = World("caf", "cpam")
        for agency in ("caf", "cpam", "caf"):
            await world.booth.open_call_back(agency)
            await world.booth.call_back_here()
            await world.booth.back()
        first = next(number for _, number, body in world.asked if isinstance(body, AskCallBack))
        await until(lambda: world.bodies(WithdrawCallBack) != [])
        assert world.bodies(WithdrawCallBack) == [WithdrawCallBack(call_back=first)]

    run(story())


def test_by_telephone() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        await booth.open_call_back("caf")
        await booth.call_back_by_telephone("")
        assert booth.view.call_back.step is CallBackStep.NUMBER
        await booth.call_back_by_telephone("06 12")
        assert booth.view.call_back.wrong_number
        await booth.call_back_by_telephone("+33 6 12 34 56 78")
        assert booth.view.call_back.step is CallBackStep.DONE_TELEPHONE
        (asked,) = world.bodies(AskCallBack)
        assert isinstance(asked, AskCallBack)
        plain = open_sealed(asked.sealed or "", world.desks["caf"].sealing)
        assert Person.model_validate_json(plain) == Person(telephone="0612345678")

    run(story())


def test_without_an_answer_nothing_is_left_there() -> None:
    """The screen said so: what the agency took unheard is withdrawn on leaving."""

    async def story() -> None:
        world = World()
        world.desks["caf"].loses_answers = True
        booth = world.booth
        await booth.open_call_back("caf")
        await booth.call_back_here()
        assert booth.view.call_back.step is CallBackStep.FAILED
        world.desks["caf"].loses_answers = False
        await booth.close_visit()
        await until(lambda: not booth._giving_back.pending)
        asked = next(number for _, number, body in world.asked if isinstance(body, AskCallBack))
        assert world.bodies(WithdrawCallBack) == [WithdrawCallBack(call_back=asked)]

    run(story())


def test_tried_again_it_is_the_same_wish() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        world.desks["caf"].loses_answers = True
        await booth.open_call_back("caf")
        await booth.call_back_by_telephone("0612345678")
        world.desks["caf"].loses_answers = False
        await booth.call_back_by_telephone("06 12 34 56 78")
        assert booth.view.call_back.step is CallBackStep.DONE_TELEPHONE
        assert len({number for _, number, _ in world.asked}) == 1

    run(story())


def test_another_number_withdraws_the_first() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        world.desks["caf"].loses_answers = True
        await booth.open_call_back("caf")
        await booth.call_back_by_telephone("0612345678")
        first = world.asked[0][1]
        world.desks["caf"].loses_answers = False
        await booth.call_back_by_telephone("0712345678")
        await until(lambda: not booth._giving_back.pending)
        assert world.bodies(WithdrawCallBack) == [WithdrawCallBack(call_back=first)]

    run(story())


def test_an_agent_who_answers_after_all_has_nobody_to_call_back() -> None:
    async def story() -> None:
        world = World()
        booth = world.booth
        await booth.open_call_back("caf")
        await booth.call_back_here()
        await booth.agent_answered()
        await until(lambda: not booth._giving_back.pending)
        assert len(world.bodies(WithdrawCallBack)) == 1
        assert booth.left() == 0

    run(story())


def test_refused_is_failed() -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].outcomes[AskCallBack] = Outcome.REFUSED
        await world.booth.open_call_back("caf")
        await world.booth.call_back_here()
        assert world.booth.view.call_back.step is CallBackStep.FAILED
        await world.booth.back()
        assert world.booth.view.call_back.step is CallBackStep.ASKING

    run(story())


def test_leaving_while_it_is_sent() -> None:
    async def story() -> None:
        world = World()
        world.waiting = asyncio.Event()
        await world.booth.open_call_back("caf")
        touch = asyncio.create_task(world.booth.call_back_by_telephone("0612345678"))
        await until(lambda: world.asked)
        assert world.booth.view.call_back.step is CallBackStep.SENDING
        await world.booth.close_visit()
        world.waiting.set()
        await touch
        await until(lambda: not world.booth._giving_back.pending)
        assert len(world.bodies(WithdrawCallBack)) == 1

    run(story())


def test_no_agency_no_call_back() -> None:
    async def story() -> None:
        world = World()
        await world.booth.open_call_back("nowhere")
        assert world.turned == []

    run(story())
