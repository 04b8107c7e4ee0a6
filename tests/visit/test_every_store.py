"""Each store by itself: with its wipe switched off the mark is found, with its wipe it is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desk.parcels import Parcel, Parcels
from devices.document_printer.simulated import SimulatedPrinter
from devices.status import DeviceState
from devices.ticket_printer.interface import Slip
from devices.ticket_printer.simulated import SimulatedTicketPrinter
from kiosk.link.errands import Subject
from kiosk.visit.conversation import Conversation
from kiosk.visit.ports import SummaryFacts
from kiosk.visit.receipts import Receipts
from kiosk.visit.stores import DownloadsStore, Forgotten, PartStore, VisitStore
from kiosk.visit.visit import Visit
from kiosk.visit.wipe import Ending, Receipt, Store, StoreName
from kiosk.visit.wiper import InterfaceStores, Wiper
from kiosk.wiping import PrintJobs, TemporaryFiles
from tests.appointments.world import World, at
from tests.devices.helpers import Statuses
from tests.documents.stage import Stage
from tests.end_to_end.marks import Marks, document
from tests.end_to_end.marks_forms import Seeker
from tests.end_to_end.marks_search import search
from tests.visit.held import held
from tests.visit.test_farewell import Booth

MARKS = Marks()
MARK = MARKS.given
SEEKER = Seeker({"mark": MARK})
INTERFACE = {name.value: (0, 0) for name in list(StoreName)[-4:]}
"""Tried in tests/ui/test_wiping.py, in a window."""


@dataclass
class Full:
    """A store that holds the mark, and where it is looked for."""

    make: Callable[[], Store]
    """As at the visit's end; some forget in that moment."""
    roots: list[object] = field(default_factory=list)
    folders: tuple[Path, ...] = ()
    ends: Collection[asyncio.Task[object]] = ()
    """What a wipe makes end, in the loop's next turns."""

    def found(self) -> bool:
        return bool(held(self.roots, SEEKER, others=(Stage,)) or search(SEEKER, self.folders, ()))


class SwitchedOff:
    """Answers for a store without wiping it."""

    def __init__(self, name: StoreName, things: int) -> None:
        self.name = name
        self._things = things

    async def wipe(self) -> int:
        return 0

    async def left(self) -> int:
        return self._things


async def _nothing() -> None:
    pass


@asynccontextmanager
async def _visit(_folder: Path) -> AsyncIterator[Full]:
    visit = Visit("caf", 1, appointment=MARK)
    yield Full(lambda: VisitStore(visit, _nothing), [visit])


@asynccontextmanager
async def _text(_folder: Path) -> AsyncIterator[Full]:
    visit = Visit("caf", 1)
    conversation = Conversation(visit, lambda: None)
    conversation.type(f"Mon nom est {MARK}")
    await VisitStore(visit, _nothing).wipe()  # Which shows the lines, and answers for itself.
    store = PartStore(StoreName.TEXT, conversation.wipe, conversation.left)
    yield Full(lambda: store, [conversation])


@asynccontextmanager
async def _documents(_folder: Path) -> AsyncIterator[Full]:
    stage = Stage()
    stage.connect()
    await stage.receive(document(MARK), name=f"{MARK}.pdf")
    stage.cut()
    papers = stage.papers
    yield Full(lambda: PartStore(StoreName.DOCUMENTS, papers.wipe, papers.left), [papers])
    await papers.wipe()


@asynccontextmanager
async def _forms(_folder: Path) -> AsyncIterator[Full]:
    world = World()
    subjects = (Subject(subject="logement", name=MARK, minutes=20, starts=(at(10),)),)
    world.desks["caf"].subjects = subjects
    appointments = world.booth
    await appointments.open_booking("caf")
    await appointments.choose_hour(str(at(10)))
    world.desks["caf"].subjects = ()  # The agency's own words for it; what is held names it too.
    world.asked.clear()
    world.answered.clear()
    world.desks["caf"].appointments.clear()
    yield Full(
        lambda: Forgotten(StoreName.FORMS, appointments.wipe(), appointments.left()),
        [appointments],
    )
    await appointments.close()


@asynccontextmanager
async def _farewell(_folder: Path) -> AsyncIterator[Full]:
    facts = SummaryFacts("CAF", handed_over=1, received=(MARK,), missing=(), next="")
    farewell = Booth().farewell(facts)
    await farewell.open_summary()
    await farewell.show_summary()

    async def close() -> int:
        erased = farewell.left()
        await farewell.close()
        return erased

    yield Full(lambda: PartStore(StoreName.FAREWELL, close, farewell.left), [farewell])


@asynccontextmanager
async def _print_jobs(_folder: Path) -> AsyncIterator[Full]:
    printer, statuses = SimulatedPrinter(), Statuses()
    printer.on_status(statuses)
    await printer.start()
    await statuses.ever(DeviceState.ONLINE)
    printer.actions["jam"].run("")
    stuck = asyncio.Event()
    pdf = [document(MARK)]
    job: asyncio.Task[object] = asyncio.create_task(
        printer.print(pdf.pop(), on_progress=lambda _: stuck.set())
    )
    await stuck.wait()
    yield Full(lambda: PrintJobs(printer), [printer, job], ends={job})
    await printer.stop()


@asynccontextmanager
async def _tickets(_folder: Path) -> AsyncIterator[Full]:
    printer, statuses = SimulatedTicketPrinter(), Statuses()
    printer.on_status(statuses)
    await printer.start()
    await statuses.ever(DeviceState.ONLINE)
    await printer.print(Slip("Votre rendez-vous", (MARK,), qr=MARK))
    yield Full(lambda: Forgotten(StoreName.TICKETS, printer.forget(), 0), [printer])
    await printer.stop()


@asynccontextmanager
async def _downloads(_folder: Path) -> AsyncIterator[Full]:
    """What is at the agency's gateway; it is ciphertext, whose bytes are marked here."""
    parcels = Parcels(lambda: 0.0)
    parcels.put(Parcel("1", "ticket", "caf", "a", "", "", 600.0, MARK.encode()))

    async def release() -> None:
        parcels.ticket_left("ticket")

    yield Full(lambda: DownloadsStore(1, release, lambda: len(parcels) == 0), [parcels])


@asynccontextmanager
async def _files(folder: Path) -> AsyncIterator[Full]:
    (folder / "visio-guichet-visit-a").mkdir()
    (folder / "visio-guichet-visit-a" / "page.pdf").write_bytes(document(MARK))
    yield Full(lambda: TemporaryFiles(folder), folders=(folder,))


STORES: Mapping[StoreName, Callable[[Path], AbstractAsyncContextManager[Full]]] = {
    StoreName.VISIT: _visit,
    StoreName.DOCUMENTS: _documents,
    StoreName.TEXT: _text,
    StoreName.FORMS: _forms,
    StoreName.FAREWELL: _farewell,
    StoreName.PRINT_JOBS: _print_jobs,
    StoreName.TICKETS: _tickets,
    StoreName.DOWNLOADS: _downloads,
    StoreName.FILES: _files,
}


def test_every_store_is_tried() -> None:
    assert {name.value for name in STORES} | set(INTERFACE) == set(StoreName)


@pytest.mark.expects_log("visit not wiped")
@pytest.mark.parametrize("name", STORES)
async def test_the_mark_is_there_until_this_store_is_wiped(name: StoreName, tmp_path: Path) -> None:
    booth = tmp_path / "booth"
    kept: list[Receipt] = []

    def ask() -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(interface.wiped, interface.wanted, INTERFACE)

    interface = InterfaceStores(ask)
    wiper = Wiper(booth, Receipts(booth), lambda: (), interface, kept.append)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    async with STORES[name](temporary) as full:
        await wiper.wipe(Ending.LEFT, [SwitchedOff(name, 1)])
        assert full.found()
        await wiper.wipe(Ending.LEFT, [full.make()])
        await asyncio.gather(*full.ends)
        assert not full.found()
    assert [receipt.clean for receipt in kept] == [False, True]
    assert kept[-1].answers[0].erased > 0
