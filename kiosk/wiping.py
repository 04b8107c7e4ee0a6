"""The wipe of this booth: its stores, the interface's, the receipts, and who keeps them."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from devices.document_printer.interface import DocumentPrinter
from devices.status import DeviceState, DeviceStatus
from kiosk.log import get_logger
from kiosk.outfit import Outfit
from kiosk.visit.receipts import Receipts
from kiosk.visit.stores import Forgotten
from kiosk.visit.wipe import Receipt, Store, StoreName
from kiosk.visit.wiper import InterfaceStores, Wiper

_PREFIX = "visio-guichet-visit-"
"""Of every temporary folder that a visit makes; a doctor that runs beside it has others."""

#: Seconds in which a printer that is there has answered; the purge has the rest of `STORE_S`.
MEETING_S = 3.0

_log = get_logger(__name__)


class BoothWiping:
    """Made with the booth; what keeps the receipts comes later, with the technician's side."""

    def __init__(
        self,
        state_folder: Path,
        outfit: Outfit,
        on_change: Callable[[], None],
    ) -> None:
        """`on_change`: the interface is to be asked."""
        self._outfit = outfit
        self._folder = state_folder
        self._receipts = Receipts(state_folder)
        self._kept: list[Receipt] = []
        self._keep: Callable[[Receipt], None] = self._kept.append
        self.interface = InterfaceStores(on_change)
        self.wiper = Wiper(
            state_folder, self._receipts, self._stores, self.interface, self._receive
        )

    def keep_with(self, keep: Callable[[Receipt], None]) -> None:
        """Give every receipt to `keep`, also those made before it was there.

        Those of a run that was killed before they were in the black box come first.
        """
        self._keep = keep
        for receipt in (*self._of_runs_before(), *self._kept):
            keep(receipt)
        self._kept.clear()

    def _of_runs_before(self) -> list[Receipt]:
        from kiosk.diagnostics.black_box.wipes import last_kept  # noqa: PLC0415

        try:
            known = last_kept(self._folder)
            made = self._receipts.last()
        except OSError as error:
            _log.warning("wipe receipts not read", error=error)
            return []
        return [one for one in made if one.number > known and one not in self._kept]

    def _receive(self, receipt: Receipt) -> None:
        self._keep(receipt)

    def _stores(self) -> Sequence[Store]:
        stores: list[Store] = [
            TemporaryFiles(Path(tempfile.gettempdir())),
        ]
        if self._outfit.known is not None:
            devices = self._outfit.known.devices
            if (printer := devices.document_printer) is not None:
                stores.append(PrintJobs(printer))
            if (tickets := devices.ticket_printer) is not None:
                stores.append(Forgotten(StoreName.TICKETS, tickets.forget(), 0))
        return stores


class PrintJobs:
    """What the printer for documents, or its queue, still has of this booth's."""

    name = StoreName.PRINT_JOBS

    def __init__(self, printer: DocumentPrinter) -> None:
        self._printer = printer

    async def wipe(self) -> int:
        """Erase what the visit left, and return how many things that were."""
        await self._met()
        before = self._printer.remaining
        await self._printer.purge()
        return before

    async def left(self) -> int:
        """Return how many things are still there."""
        return self._printer.remaining

    async def _met(self) -> None:
        """A booth that was cut off has just begun: the printer was not asked anything yet."""
        asked = asyncio.Event()

        def told(status: DeviceStatus) -> None:
            if status.state is not DeviceState.STARTING:
                asked.set()

        if self._printer.status.state is DeviceState.STARTING:
            self._printer.on_status(told)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(MEETING_S):
                    await asked.wait()


class TemporaryFiles:
    """What lies in the folder for temporary files under the booth's own names."""

    name = StoreName.FILES

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def wipe(self) -> int:
        """Erase what the visit left, and return how many things that were."""
        return await asyncio.to_thread(self._wipe)

    async def left(self) -> int:
        """Return how many things are still there."""
        return len(await asyncio.to_thread(self._found))

    def _found(self) -> list[Path]:
        return list(self._folder.glob(f"{_PREFIX}*"))

    def _wipe(self) -> int:
        found = self._found()
        for path in found:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return len(found)
