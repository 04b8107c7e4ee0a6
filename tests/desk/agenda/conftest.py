"""A broker, offices of one agency, and booths that ask them: all real but the clock, at will."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desk.agenda.keys import KeyRing
from desk.agenda.office import AgendaOffice, OfficePlan
from desk.agenda.rules import Opening, Rules, SubjectRule
from desk.records import AppointmentChange, ChangeKind
from kiosk.link.boards import Boards
from kiosk.link.broker import Broker
from kiosk.link.desks import BoothDesks
from kiosk.link.errands import Book, Errand
from kiosk.link.line import Line
from kiosk.link.messages import new_ticket_id
from tests.desk.conftest import BrokerUser
from tests.link.waiting import until

AGENCY = "caf"
KIOSKS = tuple(f"pvp-{n}" for n in range(1, 6))
PARIS = ZoneInfo("Europe/Paris")

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=PARIS).timestamp()
"""A Tuesday."""


class Clock:
    """Wall time as the test wants it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


def at(clock: str, day: int = 24) -> int:
    """Return a time of November 2026 in Paris, Unix seconds."""
    hour, minute = clock.split(":")
    return int(datetime(2026, 11, day, int(hour), int(minute), tzinfo=PARIS).timestamp())


def rules(*lanes: str, opens: str = "09:00", closes: str = "11:00") -> Rules:
    """Return rules that open every weekday for these lanes."""
    return Rules(
        version=1,
        subjects=(
            SubjectRule(subject="dossier", name="Mon dossier", minutes=20),
            SubjectRule(subject="demande", name="Une demande", minutes=40),
        ),
        week=tuple(
            Opening(weekday=weekday, opens=opens, closes=closes, lane=lane)
            for weekday in range(5)
            for lane in lanes
        ),
    )


def asking(wish: Book) -> Errand:
    """A booth's errand that asks for this."""
    return Errand(
        errand=new_ticket_id(),
        agency=AGENCY,
        kiosk=KIOSKS[0],
        place_name="Mairie",
        asked_at=1.0,
        body=wish,
    )


def write_rules(folder: Path, content: Rules) -> None:
    """Let the agency's offices that begin now have these rules."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"agenda-{AGENCY}.json").write_text(content.model_dump_json())


@dataclass
class Told:
    """What an office told of its appointments."""

    changes: list[AppointmentChange] = field(default_factory=list)

    def kinds(self, appointment: str) -> list[ChangeKind]:
        """Return what was told of an appointment."""
        return [each.kind for each in self.changes if each.appointment == appointment]


@dataclass
class Site:
    """The broker, and whoever joins it."""

    broker: Broker
    folder: Path
    clock: Clock
    stack: AsyncExitStack
    told: Told = field(default_factory=Told)
    errands_a_minute: int = 10_000

    def user(self, name: str) -> BrokerUser:
        return BrokerUser(self.broker.url, name, self.broker.credentials[name])

    async def office(self, folder: Path | None = None, **more: Rules) -> AgendaOffice:
        """Open an office, of a gateway with a folder of its own where named; closed at the end."""
        plan = OfficePlan(
            AGENCY,
            folder or self.folder,
            PARIS,
            self.told.changes.append,
            self.errands_a_minute,
            self.clock,
            **more,
        )
        line = await Line.connect(self.user(f"desk-{AGENCY}"))
        self.stack.push_async_callback(line.close)
        office = AgendaOffice(line, plan, KeyRing(self.folder / f"agenda-{AGENCY}.keys"))
        self.stack.push_async_callback(office.close)
        await office.start()
        await until(lambda: office.known)
        return office

    async def booth(self, kiosk: str = KIOSKS[0]) -> BoothDesks:
        """Open a booth's side."""
        line = await Line.connect(self.user(f"kiosk-{kiosk}"))
        self.stack.push_async_callback(line.close)
        boards = Boards(line, (AGENCY,))
        keys = self.folder / f"keys-{kiosk}"
        desks = BoothDesks(line, kiosk, f"Mairie {kiosk}", (AGENCY,), boards, keys)
        self.stack.push_async_callback(desks.close)
        desks.start()
        return desks


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    broker = Broker(tmp_path / "broker", (AGENCY, "cpam"), KIOSKS, port=0)
    await broker.start()
    folder = tmp_path / "state"
    write_rules(folder, rules("awa"))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(broker.stop)
        yield Site(broker, folder, Clock(), stack)
