"""Who comes goes where their appointment goes, is told of with it, and is forgotten with it."""

from __future__ import annotations

import pytest

from desk.agenda.office import AgendaOffice
from desk.records import ChangeKind
from kiosk.link.bookings import Booking, KeptPerson, bucket_name, person_key
from kiosk.link.errands import AppointmentState, Book, Outcome, Person
from kiosk.link.line import Line
from kiosk.link.messages import encode
from kiosk.link.sealed import seal
from kiosk.link.store import Bucket
from tests.desk.agenda.conftest import AGENCY, KIOSKS, Site, asking, at
from tests.link.waiting import until


async def booked(office: AgendaOffice, starts_at: int, replaces: str | None = None) -> Booking:
    wish = Book(subject="dossier", starts_at=starts_at, replaces=replaces)
    made = await office.bookings.book(asking(wish), wish)
    assert isinstance(made, Booking)
    return made


async def confirmed(office: AgendaOffice, starts_at: int) -> tuple[Booking, str]:
    """Return an appointment, and who comes to it, sealed."""
    held = await booked(office, starts_at)
    person = Person(first_name="Ada", telephone="0612345678")
    sealed = seal(encode(person), office.keys.public.sealing)
    await office.bookings.confirm(held.appointment, sealed)
    return held, sealed


def persons_told(site: Site, appointment: str) -> list[str | None]:
    return [
        each.sealed
        for each in site.told.changes
        if each.appointment == appointment and each.kind is ChangeKind.PERSON_TOLD
    ]


async def is_erased(site: Site, appointment: str) -> bool:
    line = await Line.connect(site.user(f"desk-{AGENCY}"))
    try:
        entry = await Bucket(line, bucket_name(AGENCY), KeptPerson).get(person_key(appointment))
    finally:
        await line.close()
    return entry is None or entry.deleted


@pytest.mark.parametrize("day", [24, 25])
async def test_who_comes_is_told_of_each_new_time(site: Site, day: int) -> None:
    office = await site.office()
    first, sealed = await confirmed(office, at("09:00"))
    second = await booked(office, at("09:40", day), first.appointment)
    third = await booked(office, at("10:20"), second.appointment)
    for each in (first, second, third):
        assert persons_told(site, each.appointment) == [sealed]
    await office.bookings.tidy()
    assert persons_told(site, third.appointment) == [sealed]


async def test_nobody_is_told_of_where_nobody_was_named(site: Site) -> None:
    office = await site.office()
    first = await booked(office, at("09:00"))
    second = await booked(office, at("09:40"), first.appointment)
    assert persons_told(site, second.appointment) == []


async def test_who_comes_is_told_again_after_a_crash(site: Site) -> None:
    office = await site.office()
    first, sealed = await confirmed(office, at("09:00"))
    second = await booked(office, at("09:40"), first.appointment)
    await office.close()
    site.told.changes.clear()
    await site.office()
    await until(lambda: persons_told(site, second.appointment))
    assert persons_told(site, second.appointment) == [sealed]
    kinds = site.told.kinds(second.appointment)
    assert kinds.index(ChangeKind.BOOKED) < kinds.index(ChangeKind.PERSON_TOLD)


async def test_who_came_and_was_not_answered_is_not_kept_for_ever(site: Site) -> None:
    office = await site.office()
    held, _ = await confirmed(office, at("09:00"))
    site.clock.now = at("08:55")
    assert await office.bookings.check_in(held.appointment, KIOSKS[0]) is Outcome.DONE
    site.clock.now = at("23:59")
    await office.bookings.tidy()
    assert site.told.kinds(held.appointment)[-1] is ChangeKind.ARRIVED
    site.clock.now = at("00:01", 25)
    await office.bookings.tidy()
    assert site.told.kinds(held.appointment)[-1] is ChangeKind.MISSED
    assert office.bookings.persons.known(held.appointment) is None
    assert await is_erased(site, held.appointment)


async def test_nobody_is_remembered_longer_than_the_broker_does(site: Site) -> None:
    office = await site.office()
    held, sealed = await confirmed(office, at("09:00"))
    kept = KeptPerson(appointment=held.appointment, sealed=sealed)
    await office.bookings.close(held.appointment, AppointmentState.HONOURED)
    # As at a gateway that did not hear that they were erased.
    office.bookings.persons.hear(kept.key, kept)
    site.clock.now = at("09:01", 25)
    await office.bookings.tidy()
    assert office.bookings.persons.known(held.appointment) is None


async def test_after_an_outage_who_comes_is_asked_for_again(site: Site) -> None:
    office = await site.office()
    held, sealed = await confirmed(office, at("09:00"))
    # Nobody, as far as was heard before.
    office.bookings.persons.hear(person_key(held.appointment), None)
    await office.bookings.load()
    await office.bookings.close(held.appointment, AppointmentState.CANCELLED)
    assert site.told.changes[-1].sealed == sealed
    assert office.bookings.persons.known(held.appointment) is None
    assert await is_erased(site, held.appointment)
