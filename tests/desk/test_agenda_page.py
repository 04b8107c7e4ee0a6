"""The agenda on the agent's page, in a real Chromium at a running gateway."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from desk.agenda.office import AgendaOffice
from desk.agenda.rules import MOST_ABSENCES, Absence, Opening, default_rules
from kiosk.directory.words import calendar_day
from kiosk.link.boards import Boards
from kiosk.link.desks import BoothDesks
from kiosk.link.errands import AppointmentState, AskCallBack, Book, Person, TellPerson
from kiosk.link.line import Line
from kiosk.link.messages import encode
from kiosk.link.sealed import seal
from kiosk.link.tickets import OwnTicket
from tests.desk.agenda.conftest import PARIS
from tests.desk.booth import MediaBooth
from tests.desk.browsing import in_call, sign_in
from tests.desk.conftest import KIOSK
from tests.desk.running import RunningDesk
from tests.link.waiting import until

# A line that a busy machine makes dial twice is up a moment later; pictures of a connection that is
# cut may come in pieces. Neither is what is tested.
pytestmark = pytest.mark.expects_log("broker not reached|failed to decode VP8")

NBSP = "\u00a0"
Join = Callable[..., Awaitable[OwnTicket]]
OpenBooth = Callable[[OwnTicket], Awaitable[MediaBooth]]


def tomorrow(clock: str, days: int = 1) -> datetime:
    day = datetime.now(PARIS).date() + timedelta(days=days)
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), PARIS)  # noqa: DTZ007


def unix(clock: str, days: int = 1) -> int:
    return int(tomorrow(clock, days).timestamp())


@pytest.fixture
async def closed_office(desk: RunningDesk) -> AgendaOffice:
    """The agency, which has opened nothing yet."""
    office = desk.gateway.offices.of("caf")
    assert office is not None
    await until(lambda: office.known)
    return office


@pytest.fixture
async def office(closed_office: AgendaOffice) -> AgendaOffice:
    """The agency, with every day of the week open."""
    office = closed_office
    week = default_rules(("awa",))
    sunday = [o.model_copy(update={"weekday": 6}) for o in week.week if o.weekday == 0]
    await office.rules.replace(
        week.model_copy(update={"version": 0, "week": (*week.week, *sunday)})
    )
    return office


@pytest.fixture
async def booth(
    booth_line: Line, office: AgendaOffice, tmp_path: Path
) -> AsyncIterator[BoothDesks]:
    boards = Boards(booth_line, ("caf",))
    boards.start()
    place = "Mairie d’Ambert"
    desks = BoothDesks(booth_line, KIOSK, place, ("caf",), boards, tmp_path / "keys")
    desks.start()
    await until(lambda: desks.keys(office.agency))
    yield desks
    await desks.close()
    await boards.close()


def sealed(booth: BoothDesks, first_name: str, telephone: str) -> str:
    keys = booth.keys("caf")
    assert keys is not None
    return seal(encode(Person(first_name=first_name, telephone=telephone)), keys.sealing)


async def book(booth: BoothDesks, clock: str, first_name: str = "Ada") -> str:
    """Book as a resident does, and return the appointment's number."""
    held = (await booth.ask("caf", Book(subject="dossier", starts_at=unix(clock)))).appointment
    assert held is not None
    person = sealed(booth, first_name, "0612345678")
    await booth.ask("caf", TellPerson(appointment=held.appointment, sealed=person))
    return held.appointment


async def open_agenda(page: Page, desk: RunningDesk, address: str) -> None:
    await page.goto(f"{desk.url}/#agenda/{address}")
    await expect(page.get_by_role("button", name="Agenda", exact=False).first).to_have_attribute(
        "aria-pressed", "true"
    )


def day() -> str:
    return tomorrow("00:00").date().isoformat()


async def test_an_appointment_is_opened_moved_and_cancelled_by_keyboard(
    desk: RunningDesk, browser_page: Page, booth: BoothDesks, office: AgendaOffice
) -> None:
    page = browser_page
    number = await book(booth, "09:20", "<b>Ada</b>")
    await sign_in(page, desk)
    await open_agenda(page, desk, f"jour/{day()}")
    card = page.locator(".agenda-card", has_text="réservé")
    await expect(card).to_contain_text(f"9{NBSP}h{NBSP}20")
    await expect(page.locator("#agenda-list")).not_to_contain_text("Ada")
    await expect(page.locator(".agenda-hour").nth(1)).to_contain_text(f"libre{NBSP}: 9{NBSP}h, ")
    await card.press("Enter")
    detail = page.get_by_role("region", name="9 h 20")
    await expect(detail).to_contain_text("<b>Ada</b>")
    await expect(detail).to_contain_text("06 12 34 56 78".replace(" ", NBSP))
    await detail.press("Escape")
    await expect(card).to_be_focused()
    await card.press("Enter")
    await page.get_by_role("button", name="Déplacer…").press("Enter")
    hours = detail.get_by_role(
        "group", name=calendar_day(tomorrow("10:40").date()).replace(NBSP, " ")
    )
    await hours.get_by_role("button", name=f"10{NBSP}h{NBSP}40").press("Enter")
    await detail.get_by_role("button", name="Déplacer au").press("Enter")
    await expect(page.locator(".agenda-card.moved")).to_contain_text("déplacé")
    await expect(page.locator("#agenda-detail-title")).to_contain_text(f"10{NBSP}h{NBSP}40")
    moved = next(each for each in office.bookings.all() if each.replaces == number)
    assert moved.starts_at == unix("10:40")

    await page.get_by_role("button", name="Annuler…").click()
    await expect(page.get_by_role("button", name="Non, le garder")).to_be_focused()
    assert office.bookings.find(moved.appointment) == moved
    await page.get_by_role("button", name="Oui, annuler").click()
    await expect(page.locator(".agenda-card.cancelled")).to_contain_text("annulé")
    await expect(page.locator("#agenda-detail")).not_to_contain_text("Ada")

    await page.get_by_role("button", name="Semaine", exact=True).click()
    await page.reload()
    await expect(page.get_by_role("button", name="Semaine", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    await expect(page.locator(".agenda-columns .agenda-card")).to_have_count(2)
    shown = page.locator("#agenda-when")
    before = await shown.text_content()
    await page.get_by_role("button", name="Semaine suivante").click()
    await expect(shown).not_to_have_text(before or "")


async def test_the_date_to_move_to_is_typed_part_by_part(
    desk: RunningDesk, browser_page: Page, booth: BoothDesks
) -> None:
    page = browser_page
    await book(booth, "09:20")
    await sign_in(page, desk)
    await open_agenda(page, desk, f"jour/{day()}")
    await page.locator(".agenda-card", has_text="réservé").press("Enter")
    await page.get_by_role("button", name="Déplacer…").press("Enter")
    date = page.get_by_label("À partir de quelle date")
    today = await date.input_value()
    await date.focus()
    # To the year, which is last in French and in English. It is a date with each of its digits, and
    # one of the past until the last.
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.type("2040")
    await expect(date).to_have_value(f"2040{today[4:]}")
    await expect(date).to_be_focused()
    await expect(page.get_by_text("Rien de libre dans ces sept jours.")).to_be_visible()
    await page.keyboard.press("ArrowUp")
    await expect(date).to_have_value(f"2041{today[4:]}")
    # What is past is not looked at, and not left standing there.
    await page.keyboard.type("2020")
    await expect(date).to_have_value(f"2020{today[4:]}")
    await page.get_by_role("button", name="Ne pas déplacer").focus()
    await expect(date).to_have_value(f"2041{today[4:]}")


async def test_who_was_promised_a_colleague_is_left_to_them_while_they_are_there(
    desk: RunningDesk, browser_page: Page, booth: BoothDesks, booth_line: Line, join: Join
) -> None:
    page = browser_page
    number = await book(booth, "10:00")
    await sign_in(page, desk, "bruno")
    await join(place="Mairie d’Issoire")
    ticket = await OwnTicket.open(booth_line, "caf", KIOSK, "Mairie d’Ambert", appointment=number)
    tickets = page.locator("#waiting .ticket")
    # Awa is not signed in: whoever is there takes her appointments.
    await expect(tickets.first).to_contain_text("avec Awa D.")
    await expect(tickets).to_have_count(2)
    order = await page.evaluate(
        """async () => {
          const { inMyOrder } = await import("/static/turns.js");
          const entry = (ticket, whom, here) =>
            ({ ticket, appointment_with: whom, appointment_with_here: here });
          const waiting = [
            entry("hers", "awa", true), entry("gone", "chloe", false), entry("any", "", false),
            entry("mine", "bruno", true), entry("walk-in", "", false),
          ];
          return inMyOrder(waiting, "bruno").map(({ ticket }) => ticket);
        }"""
    )
    assert order == ["mine", "gone", "any", "walk-in", "hers"]
    await ticket.close()


async def test_who_has_arrived_is_first_and_a_call_goes_on_beside_the_agenda(
    desk: RunningDesk,
    browser_page: Page,
    booth: BoothDesks,
    booth_line: Line,
    join: Join,
    open_booth: OpenBooth,
) -> None:
    page = browser_page
    number = await book(booth, "10:00")
    await sign_in(page, desk)
    await open_agenda(page, desk, f"jour/{day()}")
    await join(place="Mairie d’Issoire")
    await expect(page.locator("#waiting .ticket")).to_have_count(1)
    ticket = await OwnTicket.open(booth_line, "caf", KIOSK, "Mairie d’Ambert", appointment=number)
    first = page.locator("#waiting .ticket").first
    await expect(first).to_contain_text(f"Rendez-vous de 10{NBSP}h · arrivé")
    await expect(first).to_contain_text("avec vous")
    await open_booth(ticket)
    await page.keyboard.press("F2")
    await in_call(page)
    await expect(page.locator("#agenda")).to_be_hidden()
    await page.get_by_role("button", name="Agenda").click()
    await page.get_by_role("button", name="Jour", exact=True).click()
    await expect(page.locator("#agenda")).to_be_visible()
    await expect(page.get_by_role("button", name="Raccrocher")).to_be_visible()
    # Answered: honoured, which the page hears of by itself.
    await open_agenda(page, desk, f"jour/{day()}")
    await page.reload()
    await in_call(page)
    await expect(page.locator(".agenda-card")).to_contain_text("honoré")
    await page.set_viewport_size({"width": 683, "height": 768})
    await expect(page.get_by_role("button", name="Raccrocher")).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 683
    await page.keyboard.press("F8")
    await expect(page.locator("#waiting .ticket")).to_have_count(1)
    await ticket.leave()


async def test_hours_are_opened_and_another_agents_change_costs_nothing_typed(
    desk: RunningDesk, browser_page: Page, closed_office: AgendaOffice
) -> None:
    page, office = browser_page, closed_office
    await sign_in(page, desk)
    await page.get_by_role("button", name="Agenda").click()
    await expect(page.get_by_text("Rien n’est ouvert à cette date.")).to_be_visible()
    await page.get_by_role("button", name="Ouvrir des créneaux").click()
    offered = page.locator("#agenda-offered")
    await expect(offered).to_have_text("Sans sujet, rien ne peut être réservé.")
    await page.get_by_role("button", name="Ajouter un sujet").click()
    await expect(page.get_by_label("Nom du sujet")).to_be_focused()
    await page.keyboard.type("Mon dossier")
    await page.get_by_role("button", name="Ajouter une plage").click()
    await expect(offered).to_contain_text(f"Mon dossier (20{NBSP}min){NBSP}: 45")
    save = page.get_by_role("button", name="Enregistrer")
    said = page.locator("#agenda-hours-said")
    await save.click()
    await expect(said).to_have_text("Enregistré. Les bornes proposent ces heures.")
    theirs = office.rules.rules
    assert (theirs.version, len(theirs.week)) == (1, 5)

    row = page.locator("#agenda-week-rows > li")
    ends = row.get_by_label("Fin", exact=True)
    await row.get_by_role("button", name="samedi").click()
    await ends.fill("07:00")
    await page.get_by_role("button", name="Ajouter une date").click()
    await save.click()
    await expect(row.get_by_role("alert")).to_have_text("La fin doit venir après le début.")
    dates = page.locator("#agenda-exceptions-rows > li")
    await expect(dates.get_by_role("alert")).to_have_text("Donnez une date.")
    await expect(said).to_have_text(f"Rien n’est enregistré{NBSP}: 2{NBSP}points à corriger.")
    await ends.fill("11:00")
    await dates.get_by_label("Date", exact=True).fill(day())
    # What is not saved outlives a reload.
    await page.reload()
    await expect(ends).to_have_value("11:00")

    [subject] = theirs.subjects
    longer = subject.model_copy(update={"minutes": 30})
    changed = {"subjects": (longer,), "week": theirs.week[1:]}
    await office.rules.replace(theirs.model_copy(update=changed))
    await save.click()
    notice = page.locator("#agenda-hours-notice")
    await expect(notice).to_contain_text(
        f"Quelqu’un d’autre a changé les horaires{NBSP}: les sujets, la semaine."
    )
    await expect(notice).to_contain_text("Vous aviez aussi changé la semaine")
    await expect(page.get_by_label("Durée en minutes")).to_have_value("30")
    await expect(ends).to_have_value("11:00")
    assert office.rules.rules.version == 2
    await save.click()
    await expect(said).to_have_text("Enregistré. Les bornes proposent ces heures.")
    await expect(notice).to_be_hidden()
    kept = office.rules.rules
    assert kept.subjects == (longer,)
    assert [(each.date, each.hours) for each in kept.exceptions] == [(day(), ())]
    assert kept.week == tuple(
        Opening(weekday=weekday, opens="09:00", closes="11:00", lane="pool-1")
        for weekday in range(6)
    )


async def test_more_than_the_gateway_keeps_is_said_where_it_is_typed(
    desk: RunningDesk, browser_page: Page, closed_office: AgendaOffice
) -> None:
    page, office = browser_page, closed_office
    week = tuple(
        Opening(weekday=weekday, opens="09:00", closes="12:00", lane=f"pool-{lane}")
        for lane in range(1, 41)
        for weekday in range(5)
    )
    absences = tuple(
        Absence(begins=unix("09:00") + each, ends=unix("10:00"), imported=each > 0)
        for each in range(MOST_ABSENCES)
    )
    rules = default_rules(("awa",)).model_copy(update={"version": 0, "week": week})
    await office.rules.replace(rules.model_copy(update={"absences": absences}))
    await sign_in(page, desk)
    await open_agenda(page, desk, "horaires")
    await page.get_by_role("button", name="Ajouter une plage").click()
    await page.get_by_role("button", name="Ajouter une date").click()
    date = page.locator("#agenda-exceptions-rows > li")
    await date.get_by_label("Date", exact=True).fill(day())
    await date.get_by_label("Ce qui change").select_option("hours")
    hours = date.get_by_role("button", name="Ajouter des heures")
    for _ in range(40):
        await hours.click()
    await page.get_by_role("button", name="Ajouter une absence").click()
    save = page.get_by_role("button", name="Enregistrer")
    await save.click()
    said = page.locator("#agenda-hours-said")
    await expect(said).to_have_text(f"Rien n’est enregistré{NBSP}: 3{NBSP}points à corriger.")
    added = page.locator("#agenda-week-rows > li").last
    await expect(added.get_by_role("alert")).to_contain_text("il y en a 205 pour 200 au plus")
    await expect(date.get_by_role("alert").first).to_contain_text("41 pour 40 au plus")
    absent = page.locator("#agenda-absences-rows > li").last
    await expect(absent.get_by_role("alert")).to_contain_text("501 pour 500 au plus")

    await added.get_by_role("button", name="Retirer cette plage").click()
    await date.get_by_role("button", name="Retirer ces heures").last.click()
    await absent.get_by_role("button", name="Retirer cette absence").click()
    await save.click()
    await expect(said).to_have_text("Enregistré. Les bornes proposent ces heures.")


async def test_calendars_come_and_go_figures_are_shown_and_people_called_back(
    desk: RunningDesk, browser_page: Page, booth: BoothDesks, office: AgendaOffice, tmp_path: Path
) -> None:
    page = browser_page
    number = await book(booth, "09:20")
    await office.bookings.close(number, AppointmentState.HONOURED)
    await sign_in(page, desk)
    await open_agenda(page, desk, "horaires")
    await page.get_by_role("button", name="Ajouter une absence").click()
    file = tmp_path / "occupe.ics"
    stamp = tomorrow("14:00").strftime("%Y%m%dT%H%M%S")
    file.write_text(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
        f"DTSTART:{stamp}\r\nDURATION:PT2H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    await page.locator("#agenda-import-file").set_input_files(file)
    await expect(page.locator("#agenda-import-said")).to_have_text(f"1{NBSP}absence reprise.")
    await expect(page.locator("#agenda-imported")).to_contain_text(f"1{NBSP}absence importée (moi)")
    # What was typed and not saved is still there.
    await expect(page.locator("#agenda-absences-rows > li")).to_have_count(1)
    assert [each.begins for each in office.rules.rules.absences] == [unix("14:00")]
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Exporter les rendez-vous").click()
    assert (await downloading.value).suggested_filename == "rendez-vous-awa.ics"

    await page.get_by_role("button", name="Bilan").click()
    await page.locator("#agenda-to").fill(day())
    await expect(page.get_by_role("row", name="Mairie d’Ambert")).to_contain_text("100")
    await expect(page.get_by_text("Rien pour le moment.")).to_be_visible()

    await booth.ask("caf", AskCallBack(where="booth"))
    person = sealed(booth, "Ada", "0612345678")
    await booth.ask("caf", AskCallBack(where="telephone", sealed=person))
    await page.reload()
    await expect(page.locator("#agenda-badge")).to_have_text("2")
    await page.locator("#agenda-show-calls").click()
    rows = page.locator("#agenda-calls-list .ticket")
    await expect(rows.last).to_contain_text("06 12 34 56 78".replace(" ", NBSP))
    ring = page.get_by_role("button", name="Faire sonner la borne")
    await ring.press("Enter")
    await expect(rows.first).to_contain_text(f"Awa D. fait sonner la borne{NBSP}:")
    await expect(rows.first).to_contain_text("elle ne sonne que si elle se libère dans la minute")
    # The minute is over: whether the booth was free in it is not known here.
    waiting = next(one for one in office.waiting.waiting if one.where == "booth")
    await office.waiting.ring(waiting.call_back, None)
    await expect(rows.first).to_contain_text("Personne n’a décroché, ou la borne était occupée.")
    await ring.press("Enter")
    stop = page.get_by_role("button", name="Arrêter la sonnerie")
    await expect(stop).to_be_focused()
    await stop.press("Enter")
    await expect(stop).to_be_hidden()
    await rows.last.get_by_role("button", name="Fait").click()
    await page.get_by_role("button", name="Oui, retirer").click()
    await expect(rows).to_have_count(1)
