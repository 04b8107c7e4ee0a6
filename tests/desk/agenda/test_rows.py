"""What the page is shown: only times that can be had, and appointments that there were."""

from __future__ import annotations

from datetime import date

from desk.agenda import rows
from desk.agenda.office import AgendaOffice
from kiosk.link.errands import HOLD_S, Book, Cancel, Outcome, TellPerson
from tests.desk.agenda.conftest import AGENCY, Site, asking, at, rules, write_rules
from tests.desk.agenda.test_errands import booked, sealed_person


async def shown(office: AgendaOffice, first: date) -> list[int]:
    week = await rows.week(office, first)
    return [each.starts_at for day in week.days for each in day.free if each.subject == "dossier"]


async def test_every_time_that_is_shown_as_free_can_be_had(site: Site) -> None:
    write_rules(site.folder, rules("awa", opens="08:00", closes="18:00"))
    office = await site.office()
    site.clock.now = at("09:15")
    today = await shown(office, date(2026, 11, 24))
    assert today[0] == at("10:00")
    # The last day ends at this hour, 28 days on.
    last = (await shown(office, date(2026, 12, 22)))[-1]
    assert last == at("09:00") + 28 * 86_400
    for start in (today[0], last):
        wish = Book(subject="dossier", starts_at=start)
        assert not isinstance(await office.bookings.book(asking(wish), wish), Outcome)


async def test_a_time_that_was_only_touched_was_no_appointment(site: Site) -> None:
    office = await site.office()
    booth = await site.booth()
    touched, given_up = await booked(booth, "09:00"), await booked(booth, "09:20")
    real = await booked(booth, "09:40")
    told = TellPerson(appointment=real.appointment, sealed=sealed_person(office))
    await booth.ask(AGENCY, told)
    today = date(2026, 11, 24)

    async def seen() -> list[str]:
        [day, *_] = (await rows.week(office, today)).days
        return [each.appointment for each in day.appointments]

    # It takes the time all the same.
    assert touched.appointment in await seen()
    for each in (given_up, real):
        await booth.ask(AGENCY, Cancel(appointment=each.appointment))
    site.clock.now += HOLD_S + 1
    await office.bookings.tidy()
    assert await seen() == [real.appointment]
    assert (await rows.rates(office, [today])).agency.cancelled == 1
