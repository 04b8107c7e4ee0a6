"""What serves residents round a call: a real reception and real outfit, on a line that is down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.appointments.view import CallBackStep, CheckInStep, Verdict
from kiosk.directory.agencies import load_agencies
from kiosk.link.boards import Boards
from kiosk.link.errands import ErrandAnswer, ErrandBody, Outcome
from kiosk.link.events import Event, EventKind
from kiosk.link.line import Line
from kiosk.link.messages import decode
from kiosk.link.outbox import Outbox
from kiosk.outfit import Outfit
from kiosk.resident_side import ResidentSide
from kiosk.settings import KioskSettings
from kiosk.visit.farewell_view import SummaryWay
from kiosk.visit.ports import SummaryFacts
from kiosk.visit.snapshot import Screen
from tests.devices.helpers import Watched
from tests.simulated_outfit import PATIENCE_S, do, fitted, simulated_settings
from tests.visit.booth import Booth

AGENCIES = load_agencies(Path(__file__).parents[1] / "config" / "agencies.toml")
NO_CAMERA = {"source": "none"}


@dataclass(frozen=True, slots=True)
class Side:
    """The resident side under test, and what it was joined to."""

    residents: ResidentSide
    booth: Booth
    outfit: Outfit
    changes: Watched
    settings: KioskSettings

    async def counted(self) -> list[tuple[EventKind, int]]:
        """Close it, and return what it has left to be sent."""
        await self.residents.close()
        outbox = Outbox(self.settings.booth.state_folder / "events.sqlite")
        letters = await outbox.due(float("inf"), 100)
        await outbox.close()
        events = [decode(Event, letter.payload) for letter in letters]
        return [(event.kind, event.count) for event in events]


@asynccontextmanager
async def joined(settings: KioskSettings, *devices: str) -> AsyncIterator[Side]:
    async with fitted(settings, *devices) as outfit:
        booth, changes, line = Booth(), Watched(), Line(settings.link)
        boards = Boards(line, (agency.id for agency in AGENCIES))
        residents = ResidentSide(
            settings, line, outfit, boards, AGENCIES, booth.reception, booth.reception.refresh
        )
        booth.appointments = residents.appointments
        booth.reception.subscribe(lambda _: changes.happened())
        residents.start()
        yield Side(residents, booth, outfit, changes, settings)
        await booth.reception.close()
        await residents.close()


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Side]:
    settings = simulated_settings(tmp_path, document_camera=NO_CAMERA)
    async with joined(settings, "ticket_printer", "card_reader", "code_reader") as side:
        yield side


def answered(side: Side) -> Callable[[], bool]:
    return lambda: side.residents.appointments.view.check_in.step is CheckInStep.ANSWERED


async def test_a_code_is_looked_at_in_a_check_in(side: Side) -> None:
    await side.residents.appointments.open_check_in()
    assert side.booth.seen.screen is Screen.CHECKING_IN
    assert side.residents.appointments.view.check_in.reading
    do(side.outfit, "code_reader", "show", "https://example.org/")
    await side.changes.until(answered(side))
    assert side.residents.appointments.view.check_in.verdict is Verdict.FOREIGN


async def test_a_code_shown_to_home_begins_a_check_in_and_one_in_a_visit_nothing(
    side: Side,
) -> None:
    await side.booth.touches.choose("caf")
    do(side.outfit, "code_reader", "show", "https://example.org/visit")
    await side.booth.touches.go_home()
    do(side.outfit, "code_reader", "show", "https://example.org/home")
    await side.changes.until(answered(side))
    assert side.booth.seen.screen is Screen.CHECKING_IN
    assert side.residents.appointments.view.check_in.verdict is Verdict.FOREIGN


async def test_a_card_shown_to_home_begins_a_check_in(side: Side) -> None:
    do(side.outfit, "card_reader", "present", "resident")
    await side.changes.until(answered(side))
    assert side.booth.seen.screen is Screen.CHECKING_IN


async def test_a_card_that_was_forgotten_in_the_reader_asks_for_nothing(side: Side) -> None:
    do(side.outfit, "card_reader", "present", "resident")
    await side.changes.until(answered(side))
    await side.booth.touches.go_home()
    came = asyncio.Event()
    side.outfit.on_card(lambda event: came.set() if event.present else None)
    for action in ("unplug", "plug"):
        do(side.outfit, "card_reader", action)
    await asyncio.wait_for(came.wait(), PATIENCE_S)
    # What a card asks for is begun with the loop's next turn.
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert side.booth.seen.screen is Screen.HOME


async def test_a_residents_card_finds_nothing_without_a_desk(side: Side) -> None:
    await side.residents.appointments.open_check_in()
    assert side.residents.appointments.view.check_in.cards
    do(side.outfit, "card_reader", "present", "resident")
    await side.changes.until(answered(side))
    assert not side.residents.appointments.view.check_in.can_come_in


async def test_a_mediators_card_makes_the_visit_an_assisted_one(side: Side) -> None:
    await side.booth.touches.choose("caf")
    do(side.outfit, "card_reader", "present", "mediator")
    await side.changes.until(lambda: side.booth.seen.assisted)


async def test_a_mediator_shows_the_card_before_the_first_touch(side: Side) -> None:
    do(side.outfit, "card_reader", "present", "mediator")
    await side.changes.until(lambda: side.booth.seen.assisted)
    assert side.booth.seen.screen is Screen.HOME
    await side.booth.touches.choose("caf")
    assert side.booth.seen.assisted
    await side.booth.touches.go_home()
    assert not side.booth.seen.assisted


async def test_the_end_of_a_visit_prints_and_hears_what_was_said(side: Side) -> None:
    facts = SummaryFacts("Allocations familiales", next="Envoyez l'attestation.")
    farewell = side.residents.make_farewell("caf", facts, side.changes.happened)
    await farewell.open_summary()
    assert farewell.summary.print_possible
    await farewell.print_summary()
    await side.changes.until(lambda: farewell.summary.way is SummaryWay.PRINTED)
    await farewell.go_on()
    await farewell.answer(3)
    await farewell.say("Merci")
    assert farewell.survey.thanked
    await farewell.close()
    assert farewell.left() == 0


async def test_papers_know_what_devices_there_are(side: Side) -> None:
    papers = side.residents.make_papers(lambda _: None, lambda: None, lambda *_: None)
    assert not papers.view.scan_possible
    assert await papers.wipe() == 0


@pytest.mark.parametrize("enabled", [True, False])
async def test_what_is_counted_waits_for_the_line(tmp_path: Path, enabled: bool) -> None:
    settings = simulated_settings(tmp_path, statistics={"enabled": enabled})
    async with joined(settings) as side:
        side.residents.count(EventKind.SCANNED, 1)
        await side.booth.touches.choose("caf")
        side.residents.count(EventKind.SCANNED, 2)
        side.residents.on_home()
        side.residents.count(EventKind.SCANNED, 3)
        assert await side.counted() == ([(EventKind.SCANNED, 2)] if enabled else [])


async def test_a_call_back_that_was_asked_for_is_counted_once(
    side: Side, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def done(_agency: str, _body: ErrandBody, *, errand: str | None = None) -> ErrandAnswer:
        return ErrandAnswer(errand=errand or "0" * 32, outcome=Outcome.DONE)

    monkeypatch.setattr(side.residents._desks, "ask", done)
    await side.booth.touches.choose("cpam")
    await side.residents.appointments.open_call_back("cpam")
    await side.residents.appointments.call_back_here()
    assert side.booth.seen.appointments.call_back.step is CallBackStep.DONE_BOOTH
    await side.residents.appointments.back()
    assert await side.counted() == [(EventKind.CALL_BACK_ASKED, 1)]


async def test_a_booth_that_is_stopped_in_a_visit_counts_it(side: Side) -> None:
    await side.booth.touches.choose("caf")
    await side.booth.touches.agree()
    await side.changes.until(lambda: side.booth.seen.screen is Screen.WAITING)
    await side.booth.reception.close()
    assert await side.counted() == [(EventKind.STARTED, 1), (EventKind.ABANDONED, 1)]
