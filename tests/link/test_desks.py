"""A booth's errands over a real broker: asked until answered, done once, nothing left behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desk.agenda.edits import OPEN
from desk.agenda.keys import KeyRing
from desk.agenda.office import AgendaOffice, OfficePlan
from desk.agenda.rules import Opening, Rules, SubjectRule
from devices.card_reader.interface import CardKind
from devices.ticket_printer.interface import Printed, Slip
from kiosk.appointments.appointments import Appointments
from kiosk.appointments.means import AgencyWords, Site
from kiosk.appointments.view import BookingStep, Verdict
from kiosk.directory.words import NBSP
from kiosk.link import desks as desks_module
from kiosk.link.boards import Boards
from kiosk.link.broker import Broker
from kiosk.link.desks import BoothDesks
from kiosk.link.entries import Change
from kiosk.link.errands import (
    Agenda,
    AppointmentState,
    Errand,
    ErrandAnswer,
    Expected,
    Look,
    Outcome,
)
from kiosk.link.kept_keys import KeptKeys
from kiosk.link.line import Line, LineDown
from kiosk.link.messages import AgencyKeys, Board, new_ticket_id
from kiosk.link.store import Bucket
from kiosk.settings.visit import AppointmentsSettings
from tests.link.conftest import AGENCIES, KIOSKS, Address, Connect
from tests.link.waiting import until

LOOK = Look(appointment="a" * 32)
KEYS = AgencyKeys(sealing="1" * 64, signing=("2" * 64, "3" * 64))
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
async def booth(connect: Connect, tmp_path: Path) -> AsyncIterator[BoothDesks]:
    """The booth's side of errands, followed from the start."""
    line = await connect("kiosk-mairie-a")
    boards = Boards(line, AGENCIES)
    boards.start()
    desks = BoothDesks(line, "mairie-a", "Mairie", AGENCIES, boards, tmp_path / "keys.json")
    desks.start()
    yield desks
    await desks.close()
    await boards.close()


class Clerk:
    """A desk that answers every errand it hears, and remembers them."""

    def __init__(self, line: Line) -> None:
        self.heard: list[Errand] = []
        self._errands = Bucket(line, "errands", Errand)
        self._answers = Bucket(line, "answers", ErrandAnswer)
        self._task = asyncio.create_task(self._work())

    async def close(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _work(self) -> None:
        async with aclosing(self._errands.watch("caf.*.*")) as changes:
            async for change in changes:
                if isinstance(change, Change) and change.message is not None:
                    self.heard.append(change.message)
                    answer = ErrandAnswer(errand=change.message.errand, outcome=Outcome.UNKNOWN)
                    await self._answers.keep(change.key, answer, 60)


async def test_an_errand_is_answered_and_taken_away(booth: BoothDesks, connect: Connect) -> None:
    desk = await connect("desk-caf")
    clerk = Clerk(desk)
    number = new_ticket_id()
    answer = await booth.ask("caf", LOOK, errand=number)
    assert answer == ErrandAnswer(errand=number, outcome=Outcome.UNKNOWN)
    assert [errand.body for errand in clerk.heard] == [LOOK]
    assert clerk.heard[0].place_name == "Mairie"
    errands = Bucket(desk, "errands", Errand)
    async with asyncio.timeout(5):
        while (entry := await errands.get(f"caf.mairie-a.{number}")) and not entry.deleted:
            await asyncio.sleep(0.01)
    # Its answer still stands: whoever comes back to it hears it without the desk.
    await clerk.close()
    assert await booth.ask("caf", LOOK, errand=number) == answer


async def test_a_desk_that_comes_later_hears_it(booth: BoothDesks, connect: Connect) -> None:
    desk = await connect("desk-caf")
    asking = asyncio.create_task(booth.ask("caf", LOOK))
    errands = Bucket(desk, "errands", Errand)
    async with asyncio.timeout(5), aclosing(errands.watch("caf.*.*")) as changes:
        async for change in changes:
            if isinstance(change, Change):
                break
    clerk = Clerk(desk)
    assert (await asking).outcome is Outcome.UNKNOWN
    await clerk.close()


async def test_nobody_answers(booth: BoothDesks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desks_module, "ANSWER_S", 0.3)
    with pytest.raises(LineDown):
        await booth.ask("caf", LOOK)


async def test_an_answer_of_another_agency_is_none(
    booth: BoothDesks, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks_module, "ANSWER_S", 0.5)
    clerk = Clerk(await connect("desk-caf"))
    with pytest.raises(LineDown):
        await booth.ask("cpam", LOOK)
    assert clerk.heard == []
    await clerk.close()


async def test_agendas_and_who_is_expected_come_and_go(booth: BoothDesks, connect: Connect) -> None:
    desk = await connect("desk-caf")
    agendas, expected = Bucket(desk, "agendas", Agenda), Bucket(desk, "expected", Expected)
    agenda = Agenda(agency="caf")
    mine = Expected(agency="caf", kiosk="mairie-a", starts=(1_800_000_000,))
    await agendas.keep("caf", agenda, 5)
    await expected.keep("caf.mairie-a", mine, 5)
    await expected.keep("caf.poste-b", mine.model_copy(update={"kiosk": "poste-b"}), 5)
    await until(lambda: booth.agenda("caf") == agenda and booth.expected() == (mine,))
    await agendas.delete("caf")
    await expected.delete("caf.mairie-a")
    await until(lambda: booth.agenda("caf") is None and booth.expected() == ())


async def test_keys_are_kept_for_a_start_without_the_line(
    booth: BoothDesks, connect: Connect, tmp_path: Path
) -> None:
    board = Board(agency="caf", available=1, busy=0, keys=KEYS)
    await Bucket(await connect("desk-caf"), "boards", Board).keep("caf", board, 30)
    file = tmp_path / "keys.json"
    await until(file.exists)
    assert file.stat().st_mode & 0o777 == 0o600
    assert booth.agencies == ("caf",)
    lost = Line(Address("nats://127.0.0.1:9", "kiosk-mairie-a", ""))
    again = BoothDesks(lost, "mairie-a", "Mairie", AGENCIES, Boards(lost), file)
    assert again.keys("caf") == KEYS
    assert again.keys("cpam") is None
    assert again.agencies == ()


@pytest.mark.expects_log("agencies' keys not read")
@pytest.mark.parametrize("text", ["", "[]", '{"caf": {"sealing": "x"}}', '{"CAF!": {}}'])
def test_a_damaged_file_of_keys_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    file = tmp_path / "keys.json"
    file.write_text(text)
    kept = KeptKeys(file)
    assert kept.get("caf") is None
    assert kept.learn("caf", KEYS)
    assert KeptKeys(file).get("caf") == KEYS


def test_a_key_that_the_agency_withdraws_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "keys.json"
    kept = KeptKeys(file)
    assert kept.learn("caf", KEYS)
    assert not kept.learn("caf", KEYS)
    rotated = KEYS.model_copy(update={"signing": ("4" * 64,)})
    assert kept.learn("caf", rotated)
    assert KeptKeys(file).get("caf") == rotated


def test_keys_of_more_agencies_than_there_are_tiles_are_not_kept(tmp_path: Path) -> None:
    kept = KeptKeys(tmp_path / "keys.json")
    assert [kept.learn(f"agency-{n}", KEYS) for n in range(25)] == [True] * 24 + [False]


@pytest.mark.expects_log("agencies' keys not (read|kept)")
def test_keys_that_cannot_be_written_serve_until_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    kept = KeptKeys(tmp_path / "in-the-way" / "keys.json")
    assert kept.learn("caf", KEYS)
    assert kept.get("caf") == KEYS


class _Clock:
    """Wall time that desk and booth share."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def timestamp(self) -> float:
        return self.now.timestamp()


class _Screens:
    """The visit and the ticket printer of one booth, of which only the order counts here."""

    possible = False

    def __init__(self) -> None:
        self.turned: list[str] = []

    def booking_wanted(self, agency: str) -> None:
        self.turned.append("booking_wanted")

    def booked(self) -> None:
        self.turned.append("booked")

    def call_back_wanted(self, agency: str) -> None: ...

    def turned_back(self) -> None: ...

    def check_in_wanted(self) -> None: ...

    def came_in(self, agency: str, appointment: str) -> None:
        self.turned.append(f"came_in {appointment}")

    def rang(self) -> None: ...

    def ring_answered(self, agency: str, call_back: str) -> None: ...

    def ring_over(self) -> None: ...

    async def print(self, slip: Slip) -> Printed:
        raise NotImplementedError


def _rules() -> Rules:
    return Rules(
        version=1,
        subjects=(SubjectRule(subject="dossier", name="Mon dossier", minutes=20),),
        week=tuple(
            Opening(weekday=weekday, opens="08:00", closes="18:00", lane="alice")
            for weekday in range(7)
        ),
    )


async def _killed_and_back(broker: Broker) -> Broker:
    assert broker.pid is not None
    os.kill(broker.pid, signal.SIGKILL)
    await broker.wait()
    await broker.stop()
    again = Broker(broker.folder, AGENCIES, KIOSKS, port=broker.port)
    await again.start()
    return again


@pytest.mark.expects_log("broker not reached")
async def test_a_whole_booking_while_the_broker_is_killed_is_one_booking(
    broker: Broker, booth: BoothDesks, tmp_path: Path
) -> None:
    """From the hour to the check-in, with a real desk: one time held, and its pass is good."""
    folder = tmp_path / "agency"
    folder.mkdir()
    (folder / "agenda-caf.json").write_text(_rules().model_dump_json())
    user = Address(broker.url, "desk-caf", broker.credentials["desk-caf"])
    clock = _Clock(datetime(2026, 11, 24, 7, 0, tzinfo=PARIS))
    plan = OfficePlan("caf", folder, PARIS, lambda _change: None, clock=clock.timestamp)
    desk_line, keys = await Line.connect(user), KeyRing(folder / "agenda-caf.keys")
    office = AgendaOffice(desk_line, plan, keys)
    await office.start()
    board = Board(agency="caf", available=1, busy=0, keys=keys.public)
    boards = Bucket(desk_line, "boards", Board)
    await boards.keep("caf", board, 120)
    screens = _Screens()
    visit = Appointments(
        booth,
        screens,
        screens,
        Site("mairie-a", {"caf": AgencyWords("CAF", PARIS)}, AppointmentsSettings()),
        clock=lambda: clock.now,
        on_change=lambda: None,
    )
    await until(lambda: booth.agenda("caf") is not None and booth.keys("caf") is not None)
    await visit.open_booking("caf")
    hour = visit.view.booking.hours[0]
    touch = asyncio.create_task(visit.choose_hour(hour.key))
    await until(lambda: visit.view.booking.busy)
    again = await _killed_and_back(broker)
    await touch
    while visit.view.booking.step is not BookingStep.PERSON:
        await visit.choose_hour(hour.key)
    await visit.tell_person("Zoé", "06 12 34 56 78")
    assert screens.turned == ["booking_wanted", "booked"]
    held = [booking for booking in office.bookings.all() if booking.state in OPEN]
    assert [booking.starts_at for booking in held] == [int(hour.key)]

    text, digits = visit.view.booked.qr, visit.view.booked.code.replace(NBSP, "")
    await visit.card(CardKind.RESIDENT, "c" * 64)
    await until(lambda: visit.view.booked.card_linked)
    visit.wipe()
    clock.now = datetime.fromtimestamp(int(hour.key), UTC) - timedelta(minutes=5)
    for way in (
        lambda: visit.card(CardKind.RESIDENT, "c" * 64),
        lambda: visit.type_digits(digits),
        lambda: visit.code(text),
    ):
        await visit.open_check_in()
        await way()
        assert visit.view.check_in.verdict is Verdict.ON_TIME
    await visit.come_in()
    assert screens.turned[-1] == f"came_in {held[0].appointment}"
    arrived = office.bookings.find(held[0].appointment)
    assert arrived is not None
    assert arrived.state is AppointmentState.ARRIVED
    await visit.close()
    await office.close()
    await desk_line.close()
    await again.stop()
