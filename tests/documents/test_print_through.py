"""From the agent's page to a real IPP printer: jammed in the middle, freed, told on both sides."""

from __future__ import annotations

from pathlib import Path

from devices.status import DeviceState
from kiosk.documents.view import PapersStep
from kiosk.link.events import EventKind
from kiosk.link.papers import Fate, FateState
from tests.devices.document_printer.booth import Booth
from tests.devices.document_printer.eve import EvePrinter, neighbourhood
from tests.devices.pdf import documents
from tests.documents.stage import Stage


async def _jammed_and_freed(eve: EvePrinter) -> None:
    booth = Booth(eve.uri)
    await booth.printer.start()
    await booth.statuses.ever(DeviceState.ONLINE)
    stage = Stage(booth.printer)
    stage.connect()
    await stage.papers.read(await stage.receive(documents.letter(2)))
    await stage.papers.print(1)
    await stage.until(lambda: stage.view.printing.state == "processing")
    eve.say("ATTR: job-impressions-completed=1", "STATE: +media-jam-error")
    await stage.until(lambda: FateState.STOPPED in stage.fates())
    stopped = next(fate for fate in stage.told(Fate) if fate.state is FateState.STOPPED)
    assert "media-jam" in stopped.reasons
    await stage.until(lambda: stage.view.printing.pages_printed == 1)
    assert stage.view.step is PapersStep.PRINTING
    stage.reload()
    eve.say("STATE: -media-jam-error", "end")
    await stage.until(lambda: FateState.PRINTED in stage.fates())
    assert stage.events == [(EventKind.PRINTED, 2)]
    assert len(eve.documents()) == 1
    # The end of a visit in the middle of a job takes the job away from the printer.
    await stage.papers.close()
    await stage.papers.read(await stage.receive(documents.letter(1)))
    stage.papers._down.printing._ended_at = None
    await stage.papers.print(1)
    await stage.until(lambda: stage.view.printing.state == "processing")
    eve.say("end")
    await stage.papers.wipe()
    assert stage.papers.left() == 0
    await booth.printer.stop()


async def test_a_jam_in_the_middle_of_a_real_print(tmp_path: Path) -> None:
    (tmp_path / "bus").mkdir()
    with neighbourhood(tmp_path / "bus") as environment:
        eve = EvePrinter(tmp_path, environment)
        try:
            eve.switch_on()
            await _jammed_and_freed(eve)
        finally:
            eve.close()
