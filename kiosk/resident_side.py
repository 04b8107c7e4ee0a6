"""What serves residents round a call: papers, appointments, the farewell, and what is counted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from devices.card_reader.interface import Card, CardEvent, CardKind
from devices.code_reader.interface import Code
from devices.document_camera.interface import DocumentCamera
from devices.picture import PictureSink
from devices.status import DeviceState
from kiosk.appointments.appointments import Appointments
from kiosk.appointments.means import AgencyWords, Readers, Site
from kiosk.directory.agencies import Agency
from kiosk.link.boards import Boards
from kiosk.link.desks import BoothDesks
from kiosk.link.errands import Comment, Words
from kiosk.link.event_stream import EventSender
from kiosk.link.events import EventKind, booth_events
from kiosk.link.line import Line
from kiosk.link.outbox import Outbox
from kiosk.outfit import Outfit
from kiosk.paper import BoothSheets, BoothSlips
from kiosk.settings import KioskSettings
from kiosk.statistics.recorder import VisitStatistics
from kiosk.visit.ports import SummaryFacts
from kiosk.visit.reception import Reception
from kiosk.visit.snapshot import Screen, VisitSnapshot
from kiosk.visit.turns import ReceptionTurns

if TYPE_CHECKING:
    from kiosk.documents.papers import Papers
    from kiosk.visit.farewell import Farewell


class ResidentSide:
    """Made once Home is on the screen, or as soon as somebody needs it; lives on the loop."""

    def __init__(
        self,
        settings: KioskSettings,
        line: Line,
        outfit: Outfit,
        boards: Boards,
        agencies: Sequence[Agency],
        reception: Reception,
        on_change: Callable[[], None],
    ) -> None:
        """Make what is there all day, and join it to the reception."""
        booth = settings.booth
        self._settings = settings
        self._outfit = outfit
        self._on_change = on_change
        self._slips, self._sheets = BoothSlips(outfit), BoothSheets(outfit)
        self._site = Site(
            booth.id,
            {
                agency.id: AgencyWords(agency.full_name, agency.timetable.zone)
                for agency in agencies
            },
            settings.appointments,
        )
        self._desks = BoothDesks(
            line,
            booth.id,
            booth.place_name,
            tuple(self._site.agencies),
            boards,
            booth.state_folder / "agency-keys.json",
            self._desks_told,
        )
        self._outbox = Outbox(booth.state_folder / "events.sqlite")
        self._sender = EventSender(line, self._outbox, booth_events(booth.id))
        self._statistics = VisitStatistics(self._outbox, booth.id)
        self._asking: set[asyncio.Task[None]] = set()
        self._reception = reception
        self._was_home = True
        self.appointments = Appointments(
            self._desks,
            ReceptionTurns(reception),
            self._slips,
            self._site,
            clock=lambda: datetime.now(UTC),
            on_change=on_change,
            on_event=self._happened,
            readers=Readers(codes=self._reads_codes, cards=self._takes_cards),
        )

    def start(self) -> None:
        """Begin to follow the agencies, and to count and send what is counted."""
        if self._settings.statistics.enabled:
            self._reception.subscribe(self._statistics.snapshot)
        self._reception.subscribe(self._shown)
        self._outfit.on_code(self._code)
        self._outfit.on_card(self._card)
        self._desks.start()
        self.appointments.start()
        self._sender.start()

    async def close(self) -> None:
        """The booth stops."""
        self._statistics.close()
        await self.appointments.close()
        await self._sender.close()
        await self._desks.close()
        await self._outbox.close()

    def make_papers(
        self,
        sink: PictureSink,
        on_change: Callable[[], None],
        on_event: Callable[[EventKind, int], None],
    ) -> Papers:
        """Return the papers of a visit."""
        from kiosk.documents.papers import Papers  # noqa: PLC0415

        return Papers(
            document_camera=self._document_camera,
            printer=lambda: self._sheets.printer,
            sink=sink,
            settings=self._settings.documents,
            on_change=on_change,
            on_event=on_event,
        )

    def make_farewell(
        self, agency: str, facts: SummaryFacts, on_change: Callable[[], None]
    ) -> Farewell:
        """Return the end of a visit."""
        from kiosk.visit.farewell import Farewell, FarewellMeans  # noqa: PLC0415

        means = FarewellMeans(
            turns=self,
            slips=self._slips,
            sheets=self._sheets,
            count=self.count,
            comment=self._comment,
            now=lambda: datetime.now(self._site.agencies[agency].zone),
            survey=self._settings.statistics.survey,
            survey_s=self._settings.statistics.survey_s,
        )
        return Farewell(agency, facts, on_change, means)

    def count(self, kind: EventKind, count: int) -> None:
        """Something of the present visit is to be counted."""
        self._statistics.count(kind, count)

    # The farewell's turns

    def on_summary(self) -> None:
        """Show the summary."""
        self._reception.machine.summary_wanted()

    def on_survey(self) -> None:
        """Show the survey."""
        self._reception.machine.visit_done()

    def on_home(self) -> None:
        """The visit is over."""
        self._reception.leave()

    def _document_camera(self) -> DocumentCamera | None:
        return None if self._outfit.known is None else self._outfit.known.devices.document_camera

    def _reads_codes(self) -> bool:
        return self._outfit.known is not None and (
            self._outfit.known.devices.code_reader is not None
        )

    def _takes_cards(self) -> bool:
        if self._outfit.known is None:
            return False
        reader = self._outfit.known.devices.card_reader
        return reader is not None and reader.status.state is DeviceState.ONLINE

    def _desks_told(self) -> None:
        self.appointments.desks_told()

    def _happened(self, kind: EventKind, agency: str) -> None:
        self._statistics.count(kind, 1, agency=agency)

    async def _comment(self, agency: str, words: str) -> None:
        from kiosk.link.sealed import seal  # noqa: PLC0415

        if (keys := self._desks.keys(agency)) is not None:
            sealed = seal(Words(text=words).model_dump_json().encode(), keys.sealing)
            await self._desks.ask(agency, Comment(sealed=sealed))

    def _shown(self, snapshot: VisitSnapshot) -> None:
        home = snapshot.screen is Screen.HOME
        if home and not self._was_home:
            # Whom an agency calls back is rung for as soon as the booth is free. Not from within
            # the very change that made it so.
            asyncio.get_running_loop().call_soon(self.appointments.desks_told)
        self._was_home = home

    def _code(self, code: Code) -> None:
        self._start(self._take_code(code.text))

    async def _take_code(self, text: str) -> None:
        await self._come_from_home()
        await self.appointments.code(text)

    async def _take_card(self, digest: str) -> None:
        await self._come_from_home()
        await self.appointments.card(CardKind.RESIDENT, digest)

    async def _come_from_home(self) -> None:
        """Whoever shows ticket or card without having touched the screen comes for that."""
        if self._reception.screen is Screen.HOME:
            await self.appointments.open_check_in()

    def _card(self, event: CardEvent) -> None:
        if not event.present:
            return
        if event.card.kind is CardKind.MEDIATOR:
            self._reception.mediator_came()
        elif event.card.kind is CardKind.RESIDENT and self._asks(event.card):
            self._start(self._take_card(event.card.digest))

    def _asks(self, card: Card) -> bool:
        """Whether a card is shown for an appointment; one that was forgotten asks for nothing."""
        return self._beside_a_call and not card.already_in

    @property
    def _beside_a_call(self) -> bool:
        return self._reception.screen in (Screen.HOME, Screen.CHECKING_IN, Screen.BOOKED)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)
