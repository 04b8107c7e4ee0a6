"""What ends at one gateway ends at the other: its reminders may lie in either's outbox."""

from __future__ import annotations

import pytest

from desk.agenda.office import AgendaOffice
from desk.records import AppointmentChange, ChangeKind
from kiosk.link.errands import AppointmentState
from tests.desk.agenda.conftest import Site, Told, at
from tests.desk.agenda.test_persons import booked, confirmed
from tests.link.waiting import until


async def two_offices(site: Site) -> tuple[AgendaOffice, AgendaOffice, Told]:
    """Return two gateways, and what the first of them tells."""
    told = site.told
    one = await site.office()
    site.told = Told()
    return one, await site.office(), told


def the(told: Told, kind: ChangeKind) -> AppointmentChange:
    """Return the one change of a kind."""
    (found,) = [each for each in told.changes if each.kind is kind]
    return found


@pytest.mark.parametrize("end", ["cancelled", "honoured", "missed"])
async def test_an_end_at_the_other_is_told_here_too(site: Site, end: str) -> None:
    one, other, told = await two_offices(site)
    held, sealed = await confirmed(one, at("09:00"))
    await until(lambda: other.bookings.find(held.appointment))
    await other.bookings.close(held.appointment, AppointmentState(end))
    await until(lambda: ChangeKind(end) in told.kinds(held.appointment))
    assert the(told, ChangeKind(end)).sealed == sealed


async def test_a_move_at_the_other_is_told_here_too(site: Site) -> None:
    one, other, told = await two_offices(site)
    held, _ = await confirmed(one, at("09:00"))
    await until(lambda: other.bookings.find(held.appointment))
    new = await booked(other, at("09:40"), held.appointment)
    await until(lambda: ChangeKind.MOVED in told.kinds(held.appointment))
    assert the(told, ChangeKind.MOVED).replaced_by == new.appointment


async def test_what_was_missed_in_an_outage_is_told_after_it(site: Site) -> None:
    one, other, told = await two_offices(site)
    held, sealed = await confirmed(one, at("09:00"))
    await until(lambda: other.bookings.find(held.appointment))
    assert one._subscription is not None
    await one._subscription.close()
    await other.bookings.close(held.appointment, AppointmentState.CANCELLED)
    await one.bookings.load()
    assert the(told, ChangeKind.CANCELLED).sealed == sealed
