"""Who comes goes where their appointment goes, is told of with it, and is forgotten with it."""

from __future__ import annotations

import pytest

from desk.agenda.office import AgendaOffice
from desk.records import ChangeKind
from kiosk.link.bookings import Booking
from kiosk.link.errands import Book, Errand, Person
from kiosk.link.messages import encode, new_ticket_id
from kiosk.link.sealed import seal
from tests.desk.agenda.conftest import AGENCY, KIOSKS, Site, at
from tests.link.waiting import until


async def booked(office: AgendaOffice, starts_at: int, replaces: str | None = None) -> Booking:
    wish = Book(subject="dossier", starts_at=starts_at, replaces=replaces)
    errand = Errand(
        errand=new_ticket_id(),
        agency=AGENCY,
        kiosk=KIOSKS[0],
        place_name="Mairie",
        asked_at=1.0,
        body=wish,
    )
    made = await office.bookings.book(errand, wish)
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
