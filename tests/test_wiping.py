"""The booth's own stores: what its printers still hold, and who keeps the receipts."""

from __future__ import annotations

import asyncio
from pathlib import Path

from devices.document_printer.interface import JobProgress, JobState
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
