"""What serves technicians: their screens, the control socket for commands, and the black box."""

from __future__ import annotations

from collections.abc import Callable

from devices.card_reader.interface import CardEvent
from kiosk.control.booth import BoothHandlers
from kiosk.control.server import AnotherBoothRuns, ControlServer
from kiosk.diagnostics.access.door import Door
from kiosk.diagnostics.access.lock import Lock
from kiosk.diagnostics.black_box.recorder import BlackBox
from kiosk.diagnostics.crash.recorder import CrashRecorder
from kiosk.diagnostics.guided.tests import GuidedTests
from kiosk.diagnostics.network.listing import NetworkTest
from kiosk.diagnostics.parts import AgenciesLine, CallDevices, Printers
from kiosk.diagnostics.readiness.gather import Subject, subject_of
from kiosk.diagnostics.readiness.reporter import BoothReporter
from kiosk.diagnostics.rehearsal.listing import Rehearsal
from kiosk.diagnostics.results import TestResults
from kiosk.diagnostics.rows import DeviceRows
from kiosk.diagnostics.technician import Contents, Technician
from kiosk.dock import Dock
from kiosk.hardware import Hardware
from kiosk.link.line import Line
from kiosk.log import get_logger
from kiosk.settings import KioskSettings
from kiosk.visit.reception import Reception

_log = get_logger(__name__)


class ServiceSide:
    """Joins the technician's side of the booth to the resident's; lives on the loop."""

    def __init__(
        self,
        settings: KioskSettings,
        hardware: Hardware,
        line: Line,
        reception: Reception,
        crash: CrashRecorder,
        dock: Dock | None,
        on_change: Callable[[], None],
    ) -> None:
        """Join the parts; `dock` is None where it was not asked for.

        Raises:
            SettingsError: the PIN's hash is none.
        """
        folder = settings.booth.state_folder
        self._settings = settings
        self._hardware = hardware
        self._line = line
        self._reception = reception
        self._crash = crash
        self._results = TestResults(folder)
        self._network = NetworkTest(settings, line)
        self.black_box = BlackBox(folder, keep=settings.diagnostics.visits_kept)
        self._control = ControlServer(folder, BoothHandlers(self._subject, dock))
        self.technician = self._technician(on_change)

    async def start(self) -> None:
        """Listen to other processes, to technicians' cards, and to what goes into the black box."""
        for device in self._hardware.devices.all:
            self.black_box.device(device.kind, self._hardware.evidence(device))
        self._hardware.on_status(self.black_box.device)
        self._reception.subscribe(self.black_box.snapshot)
        if (reader := self._hardware.devices.card_reader) is not None:
            reader.on_card(self._card)
        try:
            await self._control.start()
        except (AnotherBoothRuns, OSError) as error:
            # Residents are served all the same.
            _log.error("control socket not opened", error=error)

    async def stop(self) -> None:
        """Let technicians go, and everything else."""
        await self.technician.leave()
        await self._control.stop()
        self.black_box.close()

    def _technician(self, on_change: Callable[[], None]) -> Technician:
        settings, hardware, line = self._settings, self._hardware, self._line
        guided = GuidedTests(
            settings, lambda: hardware.devices, self._results.keep, self._reception.show_own
        )
        contents = Contents(
            devices=DeviceRows(hardware, self._results),
            guided=guided,
            network=self._network,
            rehearsal=Rehearsal(settings, line, hardware.devices),
            reporter=BoothReporter(self._subject, lambda: hardware.devices.document_printer),
            crash=self._crash,
        )
        access = settings.technician
        return Technician(
            Door(access.pin_hash, Lock(settings.booth.state_folder), lambda: self._reception.busy),
            (CallDevices(hardware), Printers(hardware), AgenciesLine(self._up)),
            self._reception,
            contents,
            leave_after_s=access.leave_after_s,
            on_change=on_change,
        )

    def _subject(self) -> Subject:
        return subject_of(
            self._settings,
            self._hardware,
            folder=self._settings.booth.state_folder,
            running=True,
            line_up=self._up,
            results=self._results,
            crashes=lambda: self._crash.crashes,
            clock_offset_s=self._clock_offset_s,
        )

    def _clock_offset_s(self) -> float | None:
        """What the last network test found; None before there was one."""
        offset = self._network.figures.get("clock_offset_s")
        return offset if isinstance(offset, float) else None

    def _up(self) -> bool:
        return self._line.up

    def _card(self, event: CardEvent) -> None:
        self.technician.card(event)
