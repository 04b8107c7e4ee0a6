"""Check-in: each case its own verdict and ways on; a right pass comes in without the line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.card_reader.interface import CardKind
from kiosk.appointments.paper_ticket import card_mark
from kiosk.appointments.view import CheckInStep, Verdict
from kiosk.directory.words import NBSP
from kiosk.link.errands import (
    AppointmentState,
    Cancel,
    CheckIn,
    Find,
    FindCard,
    Look,
    Outcome,
)
from tests.appointments.world import World, at, until
from tests.visit.virtual_time import run

Case = Callable[[World], str]
"""Arranges the world and returns the text of a code."""


def _pass(start: int, kiosk: str = "mairie-a", state: AppointmentState | None = None) -> Case:
    def arrange(world: World) -> str:
        made = world.desks["caf"].make(start, kiosk=kiosk)
        if state is not None:
            world.desks["caf"].set_state(made, state)
        return made.pass_text

    return arrange


def _forged(world: World) -> str:
    text = world.desks["caf"].make(at(9)).pass_text
    return text[:-1] + ("A" if text[-1] != "A" else "Q")


def _of_another_agency(world: World) -> str:
    """The CPAM's key signs that the CAF expects somebody."""
    caf, cpam = world.desks["caf"], world.desks["cpam"]
    caf.signing, own = cpam.signing, caf.signing
    text = caf.make(at(9)).pass_text
    caf.signing = own
    return text


def _unknown_to_its_agency(world: World) -> str:
    made = world.desks["caf"].make(at(9))
    del world.desks["caf"].appointments[made.appointment]
    return made.pass_text


@pytest.mark.parametrize(
    ("case", "verdict", "come_in", "can_change"),
    [
        (_pass(at(9, 5)), Verdict.ON_TIME, True, True),
        (_pass(at(9), state=AppointmentState.ARRIVED), Verdict.ON_TIME, True, False),
        (_pass(at(10)), Verdict.EARLY, True, True),
        (_pass(at(8, 30)), Verdict.LATE, True, True),
        (_pass(at(8, 30), state=AppointmentState.MISSED), Verdict.LATE, True, False),
        (_pass(at(9), kiosk="poste-b"), Verdict.WRONG_BOOTH, True, True),
        (_pass(at(9, 0, 1)), Verdict.WRONG_DAY, False, True),
        (_pass(at(9, 0, -1)), Verdict.PAST, False, False),
        (_pass(at(9), state=AppointmentState.HONOURED), Verdict.USED, False, False),
        (_pass(at(9), state=AppointmentState.CANCELLED), Verdict.CANCELLED, False, False),
        (_pass(at(9), state=AppointmentState.MOVED), Verdict.CANCELLED, False, False),
        (_forged, Verdict.FORGED, False, False),
        (_of_another_agency, Verdict.FORGED, False, False),
        (_unknown_to_its_agency, Verdict.NOT_FOUND, False, False),
        (lambda _: "VG1.AAAA", Verdict.FORGED, False, False),
        (lambda _: "https://example.fr/", Verdict.FOREIGN, False, False),
    ],
)
def test_each_code_has_its_verdict(
    case: Case, verdict: Verdict, *, come_in: bool, can_change: bool
) -> None:
    async def story() -> None:
        world = World("caf", "cpam")
        await world.booth.open_check_in()
        assert world.booth.view.check_in.reading
        await world.booth.code(case(world))
        view = world.booth.view.check_in
        assert view.verdict is verdict
        assert view.can_come_in is come_in
        assert (view.can_move, view.can_cancel) == (can_change, can_change)
        found = verdict is Verdict.ON_TIME
        assert view.step is (CheckInStep.FOUND if found else CheckInStep.ANSWERED)
        await world.booth.come_in()
        assert ("came_in" in [turn[0] for turn in world.turned]) is come_in

    run(story())


@pytest.mark.parametrize(
    ("start", "verdict"),
    [
        (at(9, 5), Verdict.UNREACHABLE),
        (at(10), Verdict.EARLY),
        (at(8, 30), Verdict.LATE),
        (at(9, 0, 1), Verdict.WRONG_DAY),
        (at(9, 0, -1), Verdict.PAST),
    ],
)
def test_without_the_line_the_pass_itself_speaks(start: int, verdict: Verdict) -> None:
    async def story() -> None:
        world = World()
        made = world.desks["caf"].make(start)
        world.desks["caf"].silent = True
        await world.booth.open_check_in()
        await world.booth.code(made.pass_text)
        view = world.booth.view.check_in
        assert view.verdict is verdict
        assert view.appointment is not None
        assert view.appointment.agency_name == "CAF"
        assert not view.can_move
        assert not view.can_cancel
        await world.booth.come_in()
        came = ("came_in", "caf", made.appointment) in world.turned
        assert came is (verdict in {Verdict.UNREACHABLE, Verdict.EARLY, Verdict.LATE})

    run(story())


def test_an_agency_that_was_silent_hears_of_the_arrival_later() -> None:
    async def story() -> None:
        world = World()
        made = world.desks["caf"].make(at(9))
        world.desks["caf"].silent = True
        await world.booth.open_check_in()
        await world.booth.code(made.pass_text)
        await world.booth.come_in()
        await asyncio.sleep(30)
        world.desks["caf"].silent = False
        await until(lambda: not world.booth._giving_back.pending)
        assert set(world.bodies(CheckIn)) == {CheckIn(appointment=made.appointment)}

    run(story())


def test_six_digits_find_the_appointment() -> None:
    async def story() -> None:
        world = World("caf", "cpam")
        made = world.desks["cpam"].make(at(9, 10), code="480317")
        await world.booth.open_check_in()
        await world.booth.type_digits("48 03")
        assert world.booth.view.check_in.digits == "4803"
        await world.booth.type_digits("480317")
        view = world.booth.view.check_in
        assert (view.verdict, view.digits) == (Verdict.ON_TIME, "")
        await world.booth.come_in()
        assert isinstance(world.bodies(CheckIn)[0], CheckIn)
        assert world.turned[-1] == ("came_in", "cpam", made.appointment)

    run(story())


@pytest.mark.parametrize("by_code", [False, True])
def test_what_the_agency_has_moved_is_told_with_its_new_time(*, by_code: bool) -> None:
    async def story() -> None:
        world = World()
        desk = world.desks["caf"]
        old, new = desk.make(at(9, 10)), desk.make(at(11, 0, 2), code="112233")
        # The desk answers with what took its place, by number or by digits.
        desk.appointments = {old.appointment: new, new.appointment: new}
        desk.by_code = {"480317": new}
        await world.booth.open_check_in()
        if by_code:
            await world.booth.type_digits("480317")
        else:
            await world.booth.code(old.pass_text)
        view = world.booth.view.check_in
        assert (view.moved, view.verdict) == (True, Verdict.WRONG_DAY)
        assert view.appointment is not None
        assert view.appointment.when.startswith("mercredi 25")
        assert view.can_move
        await world.booth.back()
        assert not world.booth.view.check_in.moved

    run(story())


@pytest.mark.parametrize("silent", [False, True])
def test_who_comes_early_is_told_when_to_come_back(*, silent: bool) -> None:
    async def story() -> None:
        world = World()
        made = world.desks["caf"].make(at(15, 30))
        world.desks["caf"].silent = silent
        await world.booth.open_check_in()
        await world.booth.code(made.pass_text)
        assert world.booth.view.check_in.opens == f"15{NBSP}h{NBSP}20"

    run(story())


def test_cards_are_asked_for_where_there_is_a_reader() -> None:
    async def story() -> None:
        world = World()
        await world.booth.open_check_in()
        assert not world.booth.view.check_in.cards
        world.takes_cards = True
        assert world.booth.view.check_in.cards
        await world.booth.code("https://example.fr/")
        assert not world.booth.view.check_in.cards

    run(story())


def test_of_two_agencies_with_the_same_code_the_one_expected_now_is_meant() -> None:
    async def story() -> None:
        world = World("caf", "cpam")
        world.desks["caf"].make(at(9, 0, 3))
        made = world.desks["cpam"].make(at(9))
        await world.booth.open_check_in()
        await world.booth.type_digits("480317")
        await world.booth.come_in()
        assert world.turned[-1] == ("came_in", "cpam", made.appointment)

    run(story())


def test_wrong_codes_are_stopped_for_a_minute() -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].make(at(9), code="480317")
        await world.booth.open_check_in()
        for wrong in range(5):
            await world.booth.type_digits(f"11111{wrong}")
            assert world.booth.view.check_in.verdict is Verdict.NOT_FOUND
        # Neither the right code nor a new visit helps.
        await world.booth.close_visit()
        world.booth.wipe()
        await world.booth.open_check_in()
        await world.booth.type_digits("480317")
        assert world.booth.view.check_in.verdict is Verdict.TOO_MANY
        assert len(world.bodies(Find)) == 5
        world.now += timedelta(seconds=60)
        await world.booth.type_digits("480317")
        assert world.booth.view.check_in.verdict is Verdict.ON_TIME

    run(story())


@pytest.mark.parametrize(
    ("outcome", "silent", "verdict"),
    [
        (Outcome.REFUSED, False, Verdict.TOO_MANY),
        (Outcome.DONE, True, Verdict.UNREACHABLE),
    ],
)
def test_codes_that_cannot_be_looked_up(
    outcome: Outcome, verdict: Verdict, *, silent: bool
) -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].outcomes[Find] = outcome
        world.desks["caf"].silent = silent
        await world.booth.open_check_in()
        await world.booth.type_digits("480317")
        view = world.booth.view.check_in
        assert (view.verdict, view.can_come_in) == (verdict, False)

    run(story())


def test_an_appointment_given_up_is_said_so() -> None:
    async def story() -> None:
        world = World()
        made = world.desks["caf"].make(at(10))
        await world.booth.open_check_in()
        await world.booth.code(made.pass_text)
        await world.booth.cancel()
        view = world.booth.view.check_in
        assert view.cancelled
        assert not view.can_cancel
        assert not view.can_come_in
        assert world.bodies(Cancel) == [Cancel(appointment=made.appointment)]
        await world.booth.back()
        assert world.turned[-1] == ("turned_back",)

    run(story())


def test_giving_up_needs_the_agency() -> None:
    async def story() -> None:
        world = World()
        made = world.desks["caf"].make(at(10, 0, 1))
        await world.booth.open_check_in()
        await world.booth.code(made.pass_text)
        world.desks["caf"].loses_answers = True
        await world.booth.cancel()
        view = world.booth.view.check_in
        assert (view.verdict, view.cancelled) == (Verdict.UNREACHABLE, False)
        assert view.appointment is None
        assert not view.can_come_in

    run(story())


def test_cancelled_since_it_was_looked_at() -> None:
    async def story() -> None:
        world = World()
        desk = world.desks["caf"]
        made = desk.make(at(9))
        await world.booth.open_check_in()
        await world.booth.code(made.pass_text)
        desk.set_state(made, AppointmentState.CANCELLED)
        desk.outcomes[CheckIn] = Outcome.CANCELLED
        await world.booth.come_in()
        assert world.booth.view.check_in.verdict is Verdict.CANCELLED
        assert world.turned == [("check_in_wanted",)]

    run(story())


def test_a_card_nobody_linked() -> None:
    async def story() -> None:
        world = World("caf", "cpam")
        await world.booth.open_check_in()
        await world.booth.card(CardKind.MEDIATOR, "ab" * 32)
        assert world.asked == []
        await world.booth.card(CardKind.RESIDENT, "")
        assert world.booth.view.check_in.verdict is Verdict.CARD_UNKNOWN
        await world.booth.card(CardKind.RESIDENT, "ab" * 32)
        assert world.booth.view.check_in.verdict is Verdict.CARD_UNKNOWN
        assert world.bodies(FindCard) == [
            FindCard(card=card_mark("ab" * 32, "caf")),
            FindCard(card=card_mark("ab" * 32, "cpam")),
        ]

    run(story())


def test_back_asks_for_another_code_and_then_leaves() -> None:
    async def story() -> None:
        world = World()
        await world.booth.open_check_in()
        await world.booth.code("something else")
        await world.booth.back()
        assert world.booth.view.check_in.step is CheckInStep.ASKING
        await world.booth.back()
        assert world.turned[-1] == ("turned_back",)
        assert world.booth.left() == 0

    run(story())


def test_a_pass_held_before_the_camera_is_looked_at_once() -> None:
    async def story() -> None:
        world = World()
        made = world.desks["caf"].make(at(9))
        await world.booth.open_check_in()
        for _ in range(3):
            await world.booth.code(made.pass_text)
        assert len(world.bodies(Look)) == 1

    run(story())


def test_leaving_while_looking() -> None:
    async def story() -> None:
        world = World()
        made = world.desks["caf"].make(at(9))
        world.waiting = asyncio.Event()
        await world.booth.open_check_in()
        looking = asyncio.create_task(world.booth.code(made.pass_text))
        await asyncio.sleep(0.1)
        assert world.booth.view.check_in.step is CheckInStep.LOOKING
        await world.booth.close_visit()
        world.waiting.set()
        await looking
        assert world.booth.view.check_in.verdict is Verdict.NONE

    run(story())


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.from_regex(r"VG1\.[A-Z2-7]{0,290}", fullmatch=True)))
def test_hostile_codes_ask_nobody(text: str) -> None:
    async def story() -> None:
        world = World()
        await world.booth.open_check_in()
        await world.booth.code(text)
        assert world.booth.view.check_in.verdict in {Verdict.FOREIGN, Verdict.FORGED}
        assert world.asked == []

    run(story())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=12), max_size=4))
def test_hostile_digits_are_six_at_most(typed: list[str]) -> None:
    async def story() -> None:
        world = World()
        await world.booth.open_check_in()
        for text in typed:
            await world.booth.type_digits(text)
            digits = world.booth.view.check_in.digits
            assert len(digits) < 6
            assert digits.isascii()
        assert all(len(body.code) == 6 for body in world.bodies(Find) if isinstance(body, Find))

    run(story())
