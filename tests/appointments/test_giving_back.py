"""Giving back: until the agency has answered, or has let go of it itself."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.appointments.giving_back import GivingBack
from kiosk.link.errands import HOLD_S, Book, Cancel, Outcome
from tests.appointments.world import World, at
from tests.visit.virtual_time import run


def test_it_ends_when_the_agency_has_let_go_by_itself() -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].silent = True
        giving = GivingBack(world)
        giving.held("caf", "a" * 32)
        await asyncio.sleep(HOLD_S + 20)
        assert giving.pending == 0

    run(story())


def test_a_time_that_was_never_held_is_not_cancelled() -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].outcomes[Book] = Outcome.TAKEN
        giving = GivingBack(world)
        giving.asked("caf", "e" * 32, Book(subject="logement", starts_at=at(10)))
        await asyncio.sleep(1)
        assert giving.pending == 0
        assert world.bodies(Cancel) == []

    run(story())


@pytest.mark.expects_log("left to run out at the desk")
def test_it_is_bounded() -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].silent = True
        giving = GivingBack(world)
        for _ in range(30):
            giving.held("caf", "a" * 32)
        assert giving.pending == 20
        await giving.close()
        await asyncio.sleep(0)
        assert giving.pending == 0

    run(story())
