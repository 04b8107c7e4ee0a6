"""What a visit leaves in appointments: nothing, shown by walking all that can be reached."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Awaitable, Callable

import pytest

from kiosk.appointments.appointments import Appointments
from tests.appointments.world import World, at, until
from tests.visit.virtual_time import run

NAME, NUMBER, DIGITS = "Zénobie-Marque", "0698765432", "48031"


def _reachable(root: object) -> set[str]:
    """Return every text that can be reached from `root` by following references."""
    seen: set[int] = set()
    texts: set[str] = set()
    waiting = [root]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, type | type(gc)):
            continue
        seen.add(id(thing))
        if isinstance(thing, str):
            texts.add(thing)
        # A function reaches its module's globals, and through them the test's own texts.
        elif not callable(thing) or isinstance(thing, Appointments):
            waiting.extend(gc.get_referents(thing))
    return texts


async def _typing_a_name(world: World) -> None:
    await world.booth.open_booking("caf")
    await world.booth.choose_hour(str(at(10)))
    world.desks["caf"].loses_answers = True
    await world.booth.tell_person(NAME, NUMBER)


async def _booked(world: World) -> None:
    await world.booth.open_booking("caf")
    await world.booth.choose_hour(str(at(10)))
    await world.booth.tell_person(NAME, NUMBER)


async def _typing_digits(world: World) -> None:
    await world.booth.open_check_in()
    await world.booth.type_digits(DIGITS)


async def _leaving_a_number(world: World) -> None:
    world.desks["caf"].loses_answers = True
    await world.booth.open_call_back("caf")
    await world.booth.call_back_by_telephone(NUMBER)


@pytest.mark.parametrize("story", [_typing_a_name, _booked, _typing_digits, _leaving_a_number])
def test_nothing_of_a_person_stays(story: Callable[[World], Awaitable[None]]) -> None:
    async def live() -> None:
        world = World()
        booth = world.booth
        await story(world)
        flows = booth._flows
        parts = (flows.booking, flows.ticket, flows.check_in, flows.call_back)
        refs = [weakref.ref(part) for part in parts if part is not None]
        del parts
        await booth.close_visit()
        world.desks["caf"].loses_answers = False
        booth.wipe()
        assert booth.left() == 0
        await until(lambda: not booth._giving_back.pending)
        await asyncio.sleep(5)
        gc.collect()
        assert [ref() for ref in refs if ref() is not None] == []
        codes = {made.code for desk in world.desks.values() for made in desk.appointments.values()}
        # The played desk keeps what it was told; the booth itself is what is searched.
        world.asked.clear()
        world.answered.clear()
        world.printed.clear()
        world.desks.clear()
        left = _reachable(booth)
        for mark in (NAME, NUMBER, DIGITS, *codes):
            assert not [text for text in left if mark in text]

    run(live())


def test_the_search_finds_what_is_not_wiped() -> None:
    async def live() -> None:
        world = World()
        await _typing_digits(world)
        assert any(DIGITS in text for text in _reachable(world.booth))

    run(live())


def test_wiping_counts_and_can_be_done_twice() -> None:
    async def live() -> None:
        world = World()
        booth = world.booth
        await booth.open_call_back("caf")
        await booth.call_back_here()
        await booth.back()
        await _booked(world)
        await booth.open_check_in()
        assert booth.left() == 3
        assert booth.wipe() == 3
        assert booth.wipe() == 0
        assert booth.booked_words == ""
        await booth.close()

    run(live())
