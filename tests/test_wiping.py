"""The booth's own stores: what its printers still hold, and who keeps the receipts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from devices.document_printer.interface import JobProgress, JobState
from kiosk.diagnostics.black_box.files import FOLDER
from kiosk.diagnostics.black_box.recorder import BlackBox
from kiosk.diagnostics.black_box.wipes import kept_wipes
from kiosk.visit.receipts import Receipts
from kiosk.visit.wipe import Ending, Receipt, StoreName
from kiosk.wiping import BoothWiping, PrintJobs
from tests.devices.pdf import documents
from tests.simulated_outfit import do, fitted, simulated_settings

EMPTY = dict.fromkeys(("pictures", "clipboard", "keyboard", "fields"), (0, 0))


async def test_a_job_that_is_stuck_goes_with_the_visit(tmp_path: Path) -> None:
    async with fitted(simulated_settings(tmp_path), "document_printer") as outfit:
        printer = outfit.get().devices.document_printer
        assert printer is not None
        do(outfit, "document_printer", "jam")
        stopped = asyncio.Event()

        def progress(told: JobProgress) -> None:
            if told.state is JobState.STOPPED:
                stopped.set()

        job = asyncio.create_task(printer.print(documents.letter(), on_progress=progress))
        await stopped.wait()
        store = PrintJobs(printer)
        assert await store.left() == 1
        assert await store.wipe() == 1
        assert await store.left() == 0
        await asyncio.wait({job})


async def test_receipts_made_before_anybody_keeps_them_are_not_lost(tmp_path: Path) -> None:
    settings = simulated_settings(tmp_path)
    async with fitted(settings, "document_printer", "ticket_printer") as outfit:

        def answer() -> None:
            asked = wiping.interface.wanted
            asyncio.get_running_loop().call_soon(wiping.interface.wiped, asked, EMPTY)

        wiping = BoothWiping(tmp_path, outfit, answer)
        first = await wiping.wiper.wipe(Ending.LEFT, [])
        kept: list[Receipt] = []
        wiping.keep_with(kept.append)
        second = await wiping.wiper.wipe(Ending.LEFT, [])
        assert kept == [first, second]
        asked = {answer.store for answer in kept[0].answers}
        assert {StoreName.PRINT_JOBS, StoreName.TICKETS, StoreName.FILES} <= asked


async def test_a_receipt_is_kept_though_the_booth_was_killed_over_it(tmp_path: Path) -> None:
    settings = simulated_settings(tmp_path)
    async with fitted(settings) as outfit:
        before = BlackBox(tmp_path)
        made = [Receipts(tmp_path).make(Ending.LEFT, ()) for _ in range(3)]
        before.wiped(made[0])
        before.close()  # Killed here: two were counted that the black box does not have.
        box = BlackBox(tmp_path)
        BoothWiping(tmp_path, outfit, lambda: None).keep_with(box.wiped)
        box.close()
        kept = kept_wipes(tmp_path)
        assert (kept.last, kept.missing) == (made[2], 0)
        again: list[Receipt] = []
        BoothWiping(tmp_path, outfit, lambda: None).keep_with(again.append)
        assert again == []


@pytest.mark.expects_log("wipe receipts not read")
async def test_a_black_box_that_cannot_be_read_keeps_no_receipt_back(tmp_path: Path) -> None:
    async with fitted(simulated_settings(tmp_path)) as outfit:
        Receipts(tmp_path).make(Ending.LEFT, ())
        (tmp_path / FOLDER).mkdir()
        (tmp_path / FOLDER / "visit-00000001.jsonl").mkdir()
        kept: list[Receipt] = []
        BoothWiping(tmp_path, outfit, lambda: None).keep_with(kept.append)
        assert kept == []
