"""A gateway that was off for days does what they have left to be done."""

from __future__ import annotations

from desk.records import ChangeKind
from kiosk.link.errands import AppointmentState
from tests.desk.agenda.conftest import Site, at
from tests.desk.agenda.test_persons import confirmed
from tests.link.waiting import until

FRIDAY, MONDAY = 27, 30


async def test_what_a_weekend_has_left_is_done(site: Site) -> None:
    office = await site.office()
    late, _ = await confirmed(office, at("10:40", FRIDAY))
    await office.bookings.link_card(late.appointment, "a" * 64)
    await office.close()
    site.clock.now = at("08:00", MONDAY)
    again = await site.office()
    await until(lambda: ChangeKind.MISSED in site.told.kinds(late.appointment))
    await again.bookings.tidy()
    found = again.bookings.find(late.appointment)
    assert found is not None
    assert (found.state, found.card) == (AppointmentState.MISSED, None)


async def test_what_is_over_for_long_is_not_told_again(site: Site) -> None:
    office = await site.office()
    over, _ = await confirmed(office, at("09:00"))
    coming, _ = await confirmed(office, at("09:00", MONDAY))
    await office.bookings.close(over.appointment, AppointmentState.HONOURED)
    await office.close()
    site.told.changes.clear()
    site.clock.now = at("08:00", MONDAY)
    again = await site.office()
    await until(lambda: ChangeKind.PERSON_TOLD in site.told.kinds(coming.appointment))
    assert site.told.kinds(over.appointment) == []
    found = again.bookings.find(over.appointment)
    assert found is not None
    assert found.state is AppointmentState.HONOURED
