"""The agent's documents: checked, read, printed to their end, taken away, refused, and erased."""

from __future__ import annotations

import asyncio
import gc
import hashlib
import io
import weakref
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from PIL import Image

from devices.document_printer.interface import JobProgress, JobState
from devices.document_printer.simulated import SimulatedPrinter
from devices.status import DeviceState
from kiosk.documents import parcel, printing, take_away
from kiosk.documents.parcel import content_key, derive
from kiosk.documents.view import PapersStep, PapersTrouble
from kiosk.link.events import EventKind
from kiosk.link.papers import (
    CHUNK_BYTES,
    Can,
    Cleaned,
    Deposited,
    Fate,
    FateState,
    Kind,
    Notes,
    Offer,
    Reason,
    Removal,
    Taken,
    Withdrawn,
)
from tests.devices.pdf import corpus, documents
from tests.documents.ends import offer_of
from tests.documents.stage import DESK, MemoryCamera, Stage


@pytest_asyncio.fixture
async def printer() -> AsyncIterator[SimulatedPrinter]:
    printer = SimulatedPrinter(page_s=0.02)
    await printer.start()
    yield printer
    await printer.stop()


@pytest_asyncio.fixture
async def stage(printer: SimulatedPrinter) -> AsyncIterator[Stage]:
    stage = Stage(printer, MemoryCamera())
    stage.connect()
    yield stage
    await stage.papers.wipe()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "ROUNDS", 1000)


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "AFTER_S", 0.0)


async def read(stage: Stage, content: bytes) -> str:
    document = await stage.receive(content)
    await stage.papers.read(document)
    return document


async def printed(stage: Stage, state: FateState = FateState.PRINTED) -> Fate:
    await stage.until(lambda: state in stage.fates())
    return stage.told(Fate)[-1]


def photograph() -> bytes:
    memory = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(memory, "JPEG")
    return memory.getvalue()


async def test_a_document_is_read_page_by_page(stage: Stage) -> None:
    document = await read(stage, documents.letter(3))
    assert stage.view.step is PapersStep.READING
    assert (stage.view.received[0].pages, stage.view.received[0].name) == (3, "lettre.pdf")
    await stage.until(lambda: stage.view.picture_aspect == pytest.approx(0.707, abs=0.01))
    await stage.papers.show_page(3)
    await stage.until(lambda: len(stage.pictures) == 2)
    assert stage.pictures[-1].width == 1600
    await stage.papers.show_page(4)
    assert (stage.view.document, stage.view.page) == (document, 3)
    await stage.papers.close()
    assert stage.view.step is PapersStep.NONE
    await stage.until(lambda: stage.fates() == [FateState.SHOWN, FateState.CLOSED])
    assert stage.papers.received == ("lettre.pdf",)


async def test_a_photograph_becomes_a_page(stage: Stage) -> None:
    await read(stage, photograph())
    await stage.until(lambda: bool(stage.pictures))
    assert stage.view.picture_aspect == pytest.approx(4 / 3, abs=0.01)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MZ" * 100, Reason.NOT_SUPPORTED),
        (b"\xff\xd8\xff no photograph", Reason.BROKEN),
        (b"%PDF-1.7 nothing", Reason.BROKEN),
        (documents.encrypted("secret"), Reason.ENCRYPTED),
        (corpus.changed(corpus.only_xfa), Reason.DYNAMIC_FORM),
        (documents.letter(31), Reason.TOO_MANY_PAGES),
    ],
    ids=lambda value: value.value if isinstance(value, Reason) else "",
)
async def test_what_is_refused_says_why(stage: Stage, content: bytes, reason: Reason) -> None:
    document = await stage.receive(content)
    await stage.until(lambda: stage.agent.sent[-1].reason is reason)
    assert stage.view.trouble is PapersTrouble.DOCUMENT_REFUSED
    await stage.papers.read(document)
    assert stage.view.step is PapersStep.NONE


async def test_what_was_taken_out_of_a_document_is_told_to_every_page_of_the_agent(
    stage: Stage,
) -> None:
    document = await stage.receive(documents.with_actions())
    kinds = (Removal.ACTION, Removal.ATTACHMENT, Removal.SCRIPT)
    await stage.until(lambda: stage.told(Cleaned) == [Cleaned(id=document, removed=kinds)])
    stage.reload()
    assert stage.told(Cleaned) == []
    await stage.until(lambda: stage.told(Cleaned) == [Cleaned(id=document, removed=kinds)])
    await stage.papers.read(document)
    await stage.until(lambda: bool(stage.pictures))


async def test_what_is_offered_as_something_else_is_not_begun(stage: Stage) -> None:
    offer = offer_of(b"x", Kind.PAGE)
    stage.agent.transfer.say(offer)
    await stage.until(lambda: bool(stage.view.received))
    assert stage.view.received[0].refused


async def test_the_booth_never_holds_more_than_60_mb(stage: Stage) -> None:
    for _ in range(3):
        offer = offer_of(b"x").model_dump() | {"size": 20 * 1024 * 1024}
        stage.agent.transfer.say(Offer(**offer))
    last = stage.agent.give(documents.letter(), Kind.DOCUMENT)
    await stage.until(lambda: last.reason is Reason.TOO_MANY)
    # The page is reloaded: what it has forgotten makes room.
    stage.reload()
    await stage.receive(documents.letter())


async def test_a_document_that_the_agent_takes_back_is_gone(stage: Stage) -> None:
    document = await read(stage, documents.letter())
    stage.agent.transfer.say(Withdrawn(id=document))
    await stage.until(lambda: stage.view.received == ())
    assert stage.view.step is PapersStep.NONE


async def test_an_agents_page_that_comes_back_hears_what_became_of_each(stage: Stage) -> None:
    here = await stage.receive(documents.letter(), "attestation.pdf")
    offer = offer_of(bytes(4 * CHUNK_BYTES), name="courrier.pdf")
    stage.agent.transfer.say(offer)
    await stage.until(lambda: len(stage.view.received) == 2)
    stage.reload()
    await stage.until(lambda: len(stage.fates()) == 2)
    assert stage.told(Fate) == [
        Fate(id=offer.id, state=FateState.LOST, name="courrier.pdf"),
        Fate(id=here, state=FateState.ARRIVED, name="attestation.pdf"),
    ]
    assert [one.document for one in stage.view.received] == [here]


async def test_a_refused_document_is_erased_and_the_agent_told(stage: Stage) -> None:
    await read(stage, documents.letter())
    await stage.papers.refuse()
    await stage.until(lambda: stage.fates()[-1] is FateState.DECLINED)
    assert (stage.view.step, stage.view.received) == (PapersStep.NONE, ())
    assert stage.papers.received == ()


async def test_a_print_is_followed_to_its_end_on_both_sides(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    await read(stage, documents.letter(2))
    await stage.papers.print(3)
    assert stage.view.step is PapersStep.PRINTING
    fate = await printed(stage)
    assert (fate.copies, fate.pages, fate.pages_printed) == (3, 6, 6)
    assert (stage.view.printing.state, stage.view.printing.pages_printed) == ("completed", 6)
    assert stage.view.received[0].printed
    assert (printer.printed, stage.events) == (6, [(EventKind.PRINTED, 6)])


async def test_how_a_job_ends_is_shown_also_to_who_has_turned_back_to_the_agent(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    document = await read(stage, documents.letter())
    printer.actions["jam"].run("")
    await stage.papers.print(1)
    await printed(stage, FateState.STOPPED)
    await stage.papers.close()
    assert (stage.view.step, stage.view.received[0].job) == (PapersStep.NONE, "processing-stopped")
    await stage.papers.read(document)
    assert stage.view.step is PapersStep.PRINTING
    await stage.papers.close()
    printer.actions["unjam"].run("")
    await stage.until(lambda: stage.view.step is PapersStep.PRINTING)
    assert (stage.view.printing.state, stage.view.received[0].job) == ("completed", "")


async def test_touches_and_connections_print_nothing_twice(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    document = await read(stage, documents.letter())
    for _ in range(3):
        await stage.papers.print(1)
    stage.reload()
    await printed(stage)
    await stage.papers.print(1)
    await stage.papers.read(document)
    await stage.papers.print(1)
    for copies in (0, 4, -1):
        await stage.papers.print(copies)
    stage.connect()
    await stage.until(lambda: stage.told(Fate)[-1].state is FateState.PRINTED)
    assert printer.printed == 1


async def test_another_document_is_printed_after_the_first(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    await read(stage, documents.letter())
    printer.actions["empty"].run("")
    await stage.papers.print(1)
    await printed(stage, FateState.STOPPED)
    second = await read(stage, documents.letter(2))
    assert stage.view.trouble is PapersTrouble.NONE
    await stage.papers.print(1)
    assert (stage.view.step, stage.view.document) == (PapersStep.READING, second)
    assert stage.view.trouble is PapersTrouble.ANOTHER_PRINTS
    printer.actions["refill"].run("")
    await stage.until(lambda: stage.view.trouble is PapersTrouble.NONE)
    await stage.papers.print(1)
    assert stage.view.step is PapersStep.PRINTING
    await stage.until(lambda: printer.printed == 3)


@pytest.mark.usefixtures("no_pause")
async def test_what_was_printed_can_be_printed_again_when_asked(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    await read(stage, documents.letter())
    await stage.papers.print(1)
    await printed(stage)
    await stage.papers.print(1)
    await stage.until(lambda: printer.printed == 2)


async def test_a_jam_is_told_and_the_job_goes_on_when_it_is_freed(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    await read(stage, documents.letter(2))
    printer.actions["jam"].run("")
    assert stage.view.print_possible
    await stage.papers.print(1)
    stopped = await printed(stage, FateState.STOPPED)
    assert stopped.reasons == ("media-jam",)
    assert stage.view.printing.reasons == ("media-jam",)
    await stage.papers.close()
    printer.actions["unjam"].run("")
    assert (await printed(stage)).pages_printed == 2


async def test_a_job_is_cancelled(stage: Stage, printer: SimulatedPrinter) -> None:
    await read(stage, documents.letter())
    printer.actions["empty"].run("")
    await stage.papers.print(1)
    await printed(stage, FateState.STOPPED)
    await stage.papers.cancel_print()
    await printed(stage, FateState.NOT_PRINTED)
    assert (stage.view.printing.state, printer.printed) == ("canceled", 0)
    assert not stage.view.received[0].printed


async def test_what_was_out_when_a_job_was_cancelled_is_told_and_asked_about(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    await read(stage, documents.letter(2))
    await stage.papers.print(1)
    await stage.until(lambda: stage.view.printing.pages_printed == 1)
    printer.actions["jam"].run("")
    await stage.papers.cancel_print()
    fate = await printed(stage, FateState.NOT_PRINTED)
    assert (fate.pages_printed, fate.pages) == (1, 2)
    assert stage.view.received[0].printed


class LatePrinter(SimulatedPrinter):
    """Tells of a job that is cancelled how it has ended."""

    def __init__(self, end: JobState | None) -> None:
        super().__init__(page_s=0.02)
        self.end = end

    async def print(
        self, pdf: bytes, *, copies: int = 1, on_progress: Callable[[JobProgress], None]
    ) -> JobProgress:
        """Print; a cancelled job ends as it was said."""

        def tell(now: JobProgress) -> None:
            if now.state is not JobState.CANCELED:
                on_progress(now)
            elif self.end is not None:
                on_progress(JobProgress(self.end, now.pages, now.pages))

        return await super().print(pdf, copies=copies, on_progress=tell)


@pytest.mark.parametrize(
    ("end", "fate", "events"),
    [
        (JobState.COMPLETED, FateState.PRINTED, [(EventKind.PRINTED, 1)]),
        (JobState.UNKNOWN, FateState.UNKNOWN, []),
        (None, FateState.UNKNOWN, []),
    ],
)
async def test_what_came_too_late_to_be_stopped_is_not_said_to_be(
    end: JobState | None, fate: FateState, events: list[tuple[EventKind, int]]
) -> None:
    printer = LatePrinter(end)
    await printer.start()
    stage = Stage(printer)
    stage.connect()
    await read(stage, documents.letter())
    printer.actions["empty"].run("")
    await stage.papers.print(1)
    await printed(stage, FateState.STOPPED)
    await stage.papers.cancel_print()
    await printed(stage, fate)
    assert FateState.NOT_PRINTED not in stage.fates()
    assert stage.view.printing.state == (end or JobState.UNKNOWN).value
    assert stage.view.received[0].printed
    assert stage.events == events
    await stage.papers.wipe()
    await printer.stop()


async def test_a_job_is_cancelled_before_it_has_begun(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    await read(stage, documents.letter())
    await stage.papers.print(1)
    await stage.papers.cancel_print()
    assert stage.view.printing.state == "canceled"
    await printed(stage, FateState.NOT_PRINTED)
    assert printer.printed == 0


async def test_unplugged_in_the_middle_nobody_says_that_it_came_out(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    await read(stage, documents.letter())
    printer.actions["empty"].run("")
    await stage.papers.print(1)
    await printed(stage, FateState.STOPPED)
    printer.actions["unplug"].run("")
    await printed(stage, FateState.UNKNOWN)
    assert stage.view.received[0].printed
    await stage.papers.close()
    await stage.papers.read(stage.view.received[0].document)
    assert stage.view.trouble is PapersTrouble.NO_PRINTER
    stage.papers.look_at_devices()
    await stage.until(lambda: not stage.told(Can)[-1].print)


async def test_without_a_printer_it_is_said(printer: SimulatedPrinter) -> None:
    stage = Stage()
    stage.connect()
    await read(stage, documents.letter())
    await stage.papers.print(1)
    assert (stage.view.step, stage.view.trouble) == (PapersStep.READING, PapersTrouble.NO_PRINTER)
    await stage.papers.wipe()


async def deposited(stage: Stage) -> str:
    """The agent's page has the parcel, and has put it down."""
    await stage.papers.take_away()
    await stage.until(lambda: len(stage.agent.got) == 1)
    (sealed,) = stage.agent.got
    stage.agent.transfer.say(Deposited(id=sealed, path=f"/t/{sealed}", expires_s=300))
    await stage.until(lambda: bool(stage.view.take_away.address))
    return sealed


async def test_a_download_is_opened_by_code_and_pin_together(stage: Stage) -> None:
    letter = documents.letter()
    await read(stage, letter)
    name = await deposited(stage)
    shown = stage.view.take_away
    address, secret = shown.address.split("#")
    assert (address, len(shown.pin)) == (f"{DESK}/t/{name}", 6)
    sealed = stage.agent.got[name]
    assert letter[:200] not in sealed
    (offer,) = [one for one in stage.agent.offers if one.id == name]
    assert offer.deposit is not None
    salt = bytes.fromhex(offer.deposit.salt)
    proved, kept = derive(shown.pin, salt)
    assert hashlib.sha256(proved).hexdigest() == offer.deposit.proof
    key = content_key(bytes.fromhex(secret), kept, salt)
    assert AESGCM(key).decrypt(sealed[:12], sealed[12:], name.encode()) == letter
    assert stage.fates()[-1] is FateState.TO_TAKE_AWAY
    stage.agent.transfer.say(Taken(id=name))
    await stage.until(lambda: stage.view.take_away.taken)
    assert stage.view.received[0].taken_away
    assert stage.events == [(EventKind.TAKEN_AWAY, 1)]


@pytest.mark.usefixtures("quick")
async def test_a_code_is_shown_again_while_it_is_good(stage: Stage) -> None:
    document = await read(stage, documents.letter())
    await deposited(stage)
    before = stage.view.take_away
    await stage.papers.close()
    assert stage.view.take_away.pin == ""
    await stage.papers.read(document)
    await stage.papers.take_away()
    assert stage.view.take_away == before
    assert len(stage.agent.got) == 1


@pytest.mark.usefixtures("quick")
async def test_who_asks_beside_a_code_gets_another(stage: Stage) -> None:
    """After five wrong numbers there is nothing at the gateway that the first one would open."""
    await read(stage, documents.letter())
    first = await deposited(stage)
    pin, shown = stage.view.take_away.pin, stage.view.take_away.address
    await stage.papers.take_away()
    await stage.until(lambda: len(stage.agent.got) == 2)
    second = next(one for one in stage.agent.got if one != first)
    stage.agent.transfer.say(Deposited(id=second, path=f"/t/{second}", expires_s=300))
    await stage.until(lambda: stage.view.take_away.address not in {"", shown})
    assert stage.papers.downloads == 1
    assert stage.view.take_away.pin != pin


@pytest.mark.usefixtures("quick")
async def test_a_code_whose_time_is_over_stays_until_another_is_asked_for(stage: Stage) -> None:
    await read(stage, documents.letter())
    await stage.papers.take_away()
    await stage.until(lambda: len(stage.agent.got) == 1)
    (sealed,) = stage.agent.got
    stage.agent.transfer.say(Deposited(id=sealed, path=f"/t/{sealed}", expires_s=1))
    await stage.until(lambda: bool(stage.view.take_away.address))
    await stage.until(lambda: stage.papers.downloads == 0)
    assert (stage.view.step, stage.view.trouble) == (PapersStep.TAKING_AWAY, PapersTrouble.NONE)
    assert stage.view.take_away.address
    await stage.papers.take_away()
    await stage.until(lambda: len(stage.agent.got) == 2)


@pytest.mark.usefixtures("quick")
async def test_a_parcel_that_is_refused_or_stalls_is_said(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await read(stage, documents.letter())
    stage.agent.refusal = Reason.NO_PLACE
    await stage.papers.take_away()
    await stage.until(lambda: stage.view.trouble is PapersTrouble.CODE_FAILED)
    assert stage.view.step is PapersStep.READING
    monkeypatch.setattr(take_away, "STALLED_S", 0.0)
    stage.cut()
    await stage.papers.take_away()
    assert stage.view.trouble is PapersTrouble.NONE
    await stage.until(lambda: stage.view.trouble is PapersTrouble.CODE_FAILED)
    assert stage.agent.got == {}


async def test_notes_are_kept(stage: Stage) -> None:
    stage.agent.transfer.say(Notes(missing=("Un RIB",), next="Rappel"))
    await stage.until(lambda: stage.papers.notes.missing == ("Un RIB",))


class SilentPrinter(SimulatedPrinter):
    """Does not answer who cancels a job until `answers`."""

    def __init__(self) -> None:
        super().__init__(page_s=0.02)
        self.asked = asyncio.Event()
        self.answers = asyncio.Event()

    async def print(
        self, pdf: bytes, *, copies: int = 1, on_progress: Callable[[JobProgress], None]
    ) -> JobProgress:
        """Print, and be silent about its end."""
        try:
            return await super().print(pdf, copies=copies, on_progress=on_progress)
        except asyncio.CancelledError:
            self.asked.set()
            await self.answers.wait()
            raise


async def with_all(stage: Stage, camera: MemoryCamera, printer: SimulatedPrinter) -> None:
    """Hold a page, a document, its picture, and a job that stands for want of paper."""
    await stage.papers.scan()
    camera.lay()
    await stage.papers.take()
    await stage.papers.keep()
    await read(stage, documents.letter())
    await stage.until(lambda: len(stage.pictures) == 2)
    printer.actions["empty"].run("")
    await stage.papers.print(1)
    await printed(stage, FateState.STOPPED)


@pytest.mark.parametrize("given_up", [False, True])
async def test_all_is_erased_while_a_silent_printer_is_waited_for(*, given_up: bool) -> None:
    printer = SilentPrinter()
    await printer.start()
    stage = Stage(printer, camera := MemoryCamera())
    stage.connect()
    await with_all(stage, camera, printer)
    wiping = asyncio.create_task(stage.papers.wipe())
    await printer.asked.wait()
    assert (stage.papers.left(), stage.view.received, stage.papers.handed_over) == (0, (), 0)
    if given_up:
        wiping.cancel()
        await asyncio.wait((wiping,))
    printer.answers.set()
    assert given_up or await wiping == 4
    while stage.papers._down.printing.running:
        await asyncio.sleep(0)
    assert stage.papers.left() == 0
    await printer.stop()


@pytest.mark.parametrize("asked", ["scan", "read"])
async def test_what_was_asked_for_as_the_visit_ended_does_not_begin(
    stage: Stage, asked: str
) -> None:
    second = await stage.receive(documents.letter(2))
    await read(stage, documents.letter())  # Its page is being drawn.
    papers = stage.papers
    begun = asyncio.create_task(papers.scan() if asked == "scan" else papers.read(second))
    await asyncio.wait((begun, asyncio.create_task(papers.wipe())))
    assert stage.camera is not None
    assert not stage.camera.is_open
    assert (stage.view.step, papers.left()) == (PapersStep.NONE, 0)


async def test_a_document_taken_back_as_it_is_opened_is_not_read(stage: Stage) -> None:
    second = await stage.receive(documents.letter(2))
    await read(stage, documents.letter())
    begun = asyncio.create_task(stage.papers.read(second))
    await asyncio.wait((begun, asyncio.create_task(stage.papers._down.withdrawn(second))))
    assert (stage.view.step, len(stage.view.received)) == (PapersStep.NONE, 1)


async def test_after_the_wipe_nothing_of_the_visit_is_anywhere(
    stage: Stage, printer: SimulatedPrinter
) -> None:
    camera = stage.camera
    assert camera is not None
    await with_all(stage, camera, printer)
    await stage.papers.close()
    assert await stage.papers.wipe() == stage.papers.left() + 4
    assert (stage.papers.left(), printer.printed) == (0, 0)
    assert await stage.papers.wipe() == 0
    await stage.papers.scan()
    assert not camera.is_open
    gone = [
        weakref.ref(thing)
        for thing in (stage.papers, stage.papers._up, stage.papers._down, stage.papers._transfer)
    ]
    stage.cut()
    stage.pictures.clear()
    del stage.papers
    await asyncio.sleep(0)
    gc.collect()
    assert [ref() for ref in gone] == [None] * 4
    assert camera.preview is not None, "what the camera still holds leads nowhere"
    stage.papers = Stage().papers
    assert printer.status.state is not DeviceState.UNKNOWN
