"""The paper of an appointment, and the card that stands for it."""

from __future__ import annotations

import pytest

from devices.card_reader.interface import CardKind
from devices.status import DeviceState
from devices.ticket_printer.interface import Printed
from kiosk.appointments.paper_ticket import card_mark
from kiosk.appointments.view import TicketState
from kiosk.link.errands import LinkCard, Outcome
from kiosk.link.events import EventKind
from tests.appointments.world import World, at, until
from tests.visit.virtual_time import run


async def _booked(world: World) -> None:
    await world.booth.open_booking("caf")
    await world.booth.choose_hour(str(at(10)))
    await world.booth.tell_person("Zoé", "06 12 34 56 78")


def test_nothing_of_the_person_is_on_it() -> None:
    async def story() -> None:
        world = World()
        await _booked(world)
        await until(lambda: world.printed)
        (slip,) = world.printed
        assert slip.code == "48\u00a003\u00a017"
        assert slip.title == "Rendez-vous lundi 23\u00a0novembre à 10\u00a0h"
        assert slip.lines[:3] == (
            "CAF",
            "Mon aide au logement",
            "Mairie",
        )
        assert "Zoé" not in repr(slip)
        assert "0612345678" not in repr(slip)
        assert world.events == [(EventKind.PRINTED, "caf")]

    run(story())


@pytest.mark.parametrize("state", [None, DeviceState.USER_ERROR])
def test_without_paper_the_code_is_on_the_screen(state: DeviceState | None) -> None:
    async def story() -> None:
        world = World()
        world.printer = state
        await _booked(world)
        await until(lambda: world.booth.view.booked.ticket is TicketState.FAILED)
        assert world.booth.view.booked.code
        assert world.events == []
        world.printer = DeviceState.ONLINE
        await world.booth.print_ticket()
        await world.booth.print_ticket()
        await until(lambda: world.booth.view.booked.ticket is TicketState.PRINTED)
        assert len(world.printed) == 1

    run(story())


def test_one_that_may_have_come_out_is_to_be_looked_for_and_not_counted() -> None:
    async def story() -> None:
        world = World()
        world.confirms = Printed.UNCONFIRMED
        await _booked(world)
        await until(lambda: world.booth.view.booked.ticket is TicketState.UNCONFIRMED)
        assert world.events == []

    run(story())


def test_a_card_is_linked_by_a_mark_of_its_own() -> None:
    async def story() -> None:
        world = World()
        await _booked(world)
        assert not world.booth.view.booked.can_link
        world.takes_cards = True
        assert world.booth.view.booked.can_link
        await world.booth.card(CardKind.RESIDENT, "")
        await world.booth.card(CardKind.RESIDENT, "ab" * 32)
        await until(lambda: world.booth.view.booked.card_linked)
        assert not world.booth.view.booked.can_link
        (link,) = world.bodies(LinkCard)
        assert isinstance(link, LinkCard)
        assert link.card == card_mark("ab" * 32, "caf")
        assert link.card != card_mark("ab" * 32, "cpam")

    run(story())


def test_a_card_that_the_agency_does_not_take_is_not_said_to_be_linked() -> None:
    async def story() -> None:
        world = World()
        world.desks["caf"].outcomes[LinkCard] = Outcome.REFUSED
        await _booked(world)
        await world.booth.card(CardKind.RESIDENT, "ab" * 32)
        await until(lambda: world.bodies(LinkCard) and world.printed)
        assert not world.booth.view.booked.card_linked

    run(story())
