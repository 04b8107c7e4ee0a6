"""Whom the booth is kept for, and when it rings."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from kiosk.appointments.view import ExpectedView, RingView
from kiosk.link.errands import Expected
from tests.appointments.world import World, at
from tests.visit.virtual_time import run

CALL = "c" * 32
RINGING = Expected(agency="caf", kiosk="mairie-a", calling=CALL, agent_name="Alice")


@pytest.mark.parametrize(
    ("starts", "view"),
    [
        ((), ExpectedView()),
        ((at(10),), ExpectedView("CAF", "10\u00a0h", 60, kept=False)),
        ((at(10), at(9, 10)), ExpectedView("CAF", "9\u00a0h\u00a010", 10, kept=True)),
        ((at(9, 11),), ExpectedView("CAF", "9\u00a0h\u00a011", 11, kept=False)),
        ((at(8, 55),), ExpectedView("CAF", "8\u00a0h\u00a055", 0, kept=True)),
        ((at(8, 50),), ExpectedView()),
    ],
)
def test_kept_from_ten_minutes_before_until_it_is_missed(
    starts: tuple[int, ...], view: ExpectedView
) -> None:
    async def story() -> None:
        world = World()
        world.told = (Expected(agency="caf", kiosk="mairie-a", starts=starts),)
        assert world.booth.view.expected == view

    run(story())


def test_a_booth_that_is_not_to_be_kept() -> None:
    async def story() -> None:
        world = World()
        settings = world.site.settings.model_copy(update={"keep_booth": False})
        object.__setattr__(world.site, "settings", settings)
        world.told = (Expected(agency="caf", kiosk="mairie-a", starts=(at(9),)),)
        assert not world.booth.view.expected.kept

    run(story())


def test_the_clock_alone_tells_the_screen() -> None:
    async def story() -> None:
        world = World()
        world.told = (Expected(agency="caf", kiosk="mairie-a", starts=(at(9, 11),)),)
        world.booth.start()
        await asyncio.sleep(1)
        before = world.changes
        await asyncio.sleep(30)
        assert world.changes == before
        world.now += timedelta(minutes=1)
        await asyncio.sleep(6)
        assert world.changes == before + 1
        assert world.booth.view.expected.kept
        await world.booth.close()

    run(story())


def test_it_rings_until_the_agent_gives_up() -> None:
    async def story() -> None:
        world = World()
        world.told = (RINGING,)
        world.booth.desks_told()
        assert world.booth.view.ring == RingView("CAF", "Alice")
        world.told = ()
        world.booth.desks_told()
        world.booth.desks_told()
        assert world.turned == [("rang",), ("ring_over",)]
        assert world.booth.view.ring is None

    run(story())


def test_answered() -> None:
    async def story() -> None:
        world = World()
        world.told = (RINGING,)
        world.booth.desks_told()
        await world.booth.answer_ring()
        world.booth.desks_told()
        assert world.turned == [("rang",), ("ring_answered", "caf", CALL)]

    run(story())


def test_not_for_me_is_told_once_and_another_call_rings() -> None:
    async def story() -> None:
        world = World()
        world.told = (RINGING,)
        world.booth.desks_told()
        await world.booth.decline_ring()
        world.booth.desks_told()
        assert world.turned == [("rang",), ("ring_over",)]
        # The agent gave up, and calls later again.
        world.told = ()
        world.booth.desks_told()
        world.told = (RINGING,)
        world.booth.desks_told()
        assert world.turned[-1] == ("rang",)

    run(story())


def test_a_booth_in_use_rings_when_it_is_free() -> None:
    """The visit ignores a ring out of turn, so it is repeated."""

    async def story() -> None:
        world = World()
        world.told = (RINGING,)
        world.booth.start()
        await asyncio.sleep(12)
        assert world.turned.count(("rang",)) == 3
        await world.booth.close()

    run(story())


def test_a_call_that_nobody_ends_is_over_by_itself() -> None:
    """While the line is down nothing is told, and so neither that the agent gave up."""

    async def story() -> None:
        world = World()
        world.told = (RINGING,)
        world.booth.start()
        await asyncio.sleep(88)
        assert ("ring_over",) not in world.turned
        await asyncio.sleep(12)
        assert world.turned[-1] == ("ring_over",)
        assert world.booth.view.ring is None
        await asyncio.sleep(300)
        assert world.turned[-1] == ("ring_over",)
        # The line is back, the agency no longer calls; later it does again.
        world.told = ()
        world.booth.desks_told()
        world.told = (RINGING,)
        world.booth.desks_told()
        assert world.turned[-1] == ("rang",)
        await asyncio.sleep(60)
        assert world.turned[-1] == ("rang",)
        await world.booth.close()

    run(story())
