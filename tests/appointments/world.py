"""A booth's appointments over desks, a visit and a printer that a test plays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from devices.status import DeviceError, DeviceState
from devices.ticket_printer.interface import Printed, Slip
from kiosk.appointments.appointments import Appointments
from kiosk.appointments.means import AgencyWords, Readers, Site
from kiosk.link.errands import (
    Agenda,
    Appointment,
    AppointmentState,
    Book,
    ErrandAnswer,
    ErrandBody,
    Expected,
    Outcome,
    Subject,
)
from kiosk.link.events import EventKind
from kiosk.link.line import LineDown
from kiosk.link.messages import AgencyKeys, new_ticket_id
from kiosk.link.passes import Pass, sign
from kiosk.settings.visit import AppointmentsSettings

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)
"""A Monday."""


def at(hour: int, minute: int = 0, days: int = 0) -> int:
    """Return a start on the Monday, or so many days later."""
    day = NOW.replace(hour=hour, minute=minute) + timedelta(days=days)
    return int(day.timestamp())


class AgencyDesk:
    """One agency's desk: keeps appointments, and can be made silent or lose its answers."""

    def __init__(self, agency: str) -> None:
        self.agency = agency
        self.sealing = X25519PrivateKey.generate()
        self.signing = Ed25519PrivateKey.generate()
        self.subjects: tuple[Subject, ...] = (
            Subject(
                subject="logement",
                name="Mon aide au logement",
                minutes=20,
                starts=(at(10), at(10, 30), at(9, 30, 1)),
            ),
        )
        self.appointments: dict[str, Appointment] = {}
        self.by_code: dict[str, Appointment] = {}
        """What digits lead to, where that has other digits by now."""
        self.silent = False
        self.loses_answers = False
        self.outcomes: dict[type, Outcome] = {}
        """What bodies of a kind come to, in place of DONE."""

    @property
    def keys(self) -> AgencyKeys:
        return AgencyKeys(
            sealing=self.sealing.public_key().public_bytes_raw().hex(),
            signing=(self.signing.public_key().public_bytes_raw().hex(),),
        )

    def make(self, start: int, *, kiosk: str = "mairie-a", code: str = "480317") -> Appointment:
        """Put an appointment into the book."""
        number = new_ticket_id()
        begins = datetime.fromtimestamp(start, UTC)
        pass_ = Pass(bytes.fromhex(number), self.agency, kiosk, begins, begins + timedelta(hours=8))
        made = Appointment(
            appointment=number,
            agency=self.agency,
            subject_name=self.subjects[0].name if self.subjects else "",
            starts_at=start,
            minutes=20,
            kiosk=kiosk,
            place_name="Mairie",
            code=code,
            pass_text=sign(pass_, self.signing),
        )
        self.appointments[number] = made
        return made

    def set_state(self, made: Appointment, state: AppointmentState) -> None:
        """Say how an appointment stands."""
        self.appointments[made.appointment] = made.model_copy(update={"state": state})


class World:
    """`Desks`, `Turns` and `Slips` in one, with all that was asked of them."""

    def __init__(self, *agencies: str) -> None:
        names = agencies or ("caf",)
        self.desks = {name: AgencyDesk(name) for name in names}
        self.now = NOW
        self.asked: list[tuple[str, str, ErrandBody]] = []
        self.answered: dict[str, ErrandAnswer] = {}
        self.waiting: asyncio.Event | None = None
        """While set, desks answer only once it is."""
        self.turned: list[tuple[str, ...]] = []
        self.printed: list[Slip] = []
        self.printer: DeviceState | None = DeviceState.ONLINE
        self.confirms = Printed.PRINTED
        self.told: tuple[Expected, ...] = ()
        self.events: list[tuple[EventKind, str]] = []
        self.changes = 0
        self.takes_cards = False
        self.site = Site(
            "mairie-a",
            {name: AgencyWords(name.upper(), PARIS) for name in names},
            AppointmentsSettings(),
        )
        self.booth = Appointments(
            self,
            self,
            self,
            self.site,
            clock=lambda: self.now,
            on_change=self.change,
            on_event=lambda kind, agency: self.events.append((kind, agency)),
            readers=Readers(cards=lambda: self.takes_cards),
        )

    def change(self) -> None:
        self.changes += 1

    def bodies(self, kind: type) -> list[ErrandBody]:
        """Return what was asked of one kind."""
        return [body for _, _, body in self.asked if isinstance(body, kind)]

    # -- kiosk.appointments.ports.Desks

    async def ask(
        self, agency: str, body: ErrandBody, *, errand: str | None = None
    ) -> ErrandAnswer:
        desk, number = self.desks[agency], errand or new_ticket_id()
        self.asked.append((agency, number, body))
        if self.waiting is not None:
            await self.waiting.wait()
        await asyncio.sleep(0)
        if desk.silent:
            await asyncio.sleep(10)
            raise LineDown("silent")
        if number not in self.answered:
            self.answered[number] = self._do(desk, number, body)
        if desk.loses_answers:
            await asyncio.sleep(10)
            raise LineDown("lost")
        return self.answered[number]

    def agenda(self, agency: str) -> Agenda | None:
        desk = self.desks[agency]
        return Agenda(agency=agency, subjects=desk.subjects) if not desk.silent else None

    def keys(self, agency: str) -> AgencyKeys | None:
        return self.desks[agency].keys

    def expected(self) -> tuple[Expected, ...]:
        return self.told

    @property
    def agencies(self) -> tuple[str, ...]:
        return tuple(self.desks)

    def _do(self, desk: AgencyDesk, number: str, body: ErrandBody) -> ErrandAnswer:
        outcome = desk.outcomes.get(type(body), Outcome.DONE)
        made = None
        if isinstance(body, Book) and outcome is Outcome.DONE:
            made = desk.make(body.starts_at)
        elif hasattr(body, "appointment"):
            made = desk.appointments.get(body.appointment)
            outcome = outcome if made else Outcome.UNKNOWN
            if type(body).__name__ == "Cancel" and made and outcome is Outcome.DONE:
                desk.set_state(made, AppointmentState.CANCELLED)
        elif hasattr(body, "code"):
            found = [its for its in desk.appointments.values() if its.code == body.code]
            made = desk.by_code.get(body.code, found[0] if found else None)
            outcome = outcome if made or outcome is not Outcome.DONE else Outcome.UNKNOWN
        elif type(body).__name__ == "FindCard":
            outcome = Outcome.UNKNOWN
        return ErrandAnswer(errand=number, outcome=outcome, appointment=made)

    # -- kiosk.appointments.ports.Turns

    def booking_wanted(self, agency: str) -> None:
        self.turned.append(("booking_wanted", agency))

    def booked(self) -> None:
        self.turned.append(("booked",))

    def call_back_wanted(self, agency: str) -> None:
        self.turned.append(("call_back_wanted", agency))

    def turned_back(self) -> None:
        self.turned.append(("turned_back",))

    def check_in_wanted(self) -> None:
        self.turned.append(("check_in_wanted",))

    def came_in(self, agency: str, appointment: str) -> None:
        self.turned.append(("came_in", agency, appointment))

    def rang(self) -> None:
        self.turned.append(("rang",))

    def ring_answered(self, agency: str, call_back: str) -> None:
        self.turned.append(("ring_answered", agency, call_back))

    def ring_over(self) -> None:
        self.turned.append(("ring_over",))

    # -- kiosk.appointments.ports.Slips

    @property
    def possible(self) -> bool:
        return self.printer is not None

    async def print(self, slip: Slip) -> Printed:
        await asyncio.sleep(1)
        if self.printer is not DeviceState.ONLINE:
            raise DeviceError(self.printer or DeviceState.NO_DEVICE, "no paper")
        self.printed.append(slip)
        return self.confirms


async def until(condition: Callable[[], object]) -> None:
    """Wait, in the loop's own time, until it holds; an hour at most."""
    async with asyncio.timeout(3_600):
        while not condition():
            await asyncio.sleep(0.1)
