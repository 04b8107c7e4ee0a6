"""The composition root: the booth's parts, joined; nothing else knows which part is which.

Start-up, in order: the agencies are read, and what is wrong with them is told before anything
runs; the line to the agencies is dialled in the background, because Home must be there even when
the network is not; the agencies' boards are listened to; the reception opens. Two seconds later,
with Home on the screen, what takes long is loaded: the devices are made, those that are watched all
day are opened (camera and sound stay closed until somebody is there), and the technician's side
begins: its door, the control socket, the black box. From then on everything happens because a
resident touched the screen, an agent answered, a cable was pulled, or a timer ran out. Stopping
goes the other way round.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.call_maker import CallMaker
from kiosk.calls.status import CallStatus
from kiosk.controls import BoothControls
from kiosk.diagnostics.access.check import check_access
from kiosk.diagnostics.view import TechnicianView
from kiosk.directory.agencies import load_agencies
from kiosk.directory.home import HomeTiles
from kiosk.dock import Dock
from kiosk.link.boards import Boards
from kiosk.link.line import Line
from kiosk.link.queues import BoothQueues
from kiosk.outfit import Outfit
from kiosk.settings import KioskSettings
from kiosk.visit.controls import VisitControls
from kiosk.visit.nobody import NoAppointments
from kiosk.visit.ports import Makers, VisitAppointments
from kiosk.visit.reception import Reception, Times
from kiosk.visit.snapshot import DockDevice
from kiosk.visit.touches import ResidentTouches
from kiosk.wiping import BoothWiping

if TYPE_CHECKING:
    from kiosk.diagnostics.controls import TechnicianControls
    from kiosk.diagnostics.crash.recorder import CrashRecorder
    from kiosk.resident_side import ResidentSide
    from kiosk.service_side import ServiceSide

#: Seconds between two looks at the clock for the tiles: « ouvre à 9 h » must not linger.
CLOCK_S = 10.0


class Kiosk:
    """One booth. `start` and `stop` belong to the asyncio loop."""

    def __init__(
        self, settings: KioskSettings, crash: CrashRecorder, *, with_dock: bool = False
    ) -> None:
        """Join the parts; `crash` records this run, and knows how the last one ended.

        Raises:
            SettingsError: the agencies' file is missing or wrong, or what opens the technician's
                door is.
        """
        check_access(settings)
        booth = settings.booth
        agencies = load_agencies(booth.agencies_file)
        self._settings = settings
        self._agencies = agencies
        self._crash = crash
        self._service: ServiceSide | None = None
        self._resident: ResidentSide | None = None
        self._line = Line(settings.link)
        self._outfit = Outfit(settings, self._refresh)
        self._dock = Dock(lambda: self._outfit.known, self._refresh) if with_dock else None
        self._boards = Boards(self._line, (agency.id for agency in agencies), self._refresh)
        self._home = HomeTiles(
            agencies, self._boards.board, lambda: self._line.up, lambda: datetime.now(UTC)
        )
        self._wiping = BoothWiping(booth.state_folder, self._outfit, self._refresh)
        self._reception = Reception(
            place_name=booth.place_name,
            tiles=lambda: self._home.tiles,
            line_up=lambda: self._line.up,
            queues=BoothQueues(
                self._line,
                self._boards,
                booth.id,
                booth.place_name,
                lambda: self._outfit.lost_names,
            ),
            devices=self._outfit,
            makers=Makers(
                CallMaker(settings, self._line, self._outfit, self._measured),
                lambda *wanted: self._reside().make_papers(*wanted),
                lambda *wanted: self._reside().make_farewell(*wanted),
                lambda kind, count: self._reside().count(kind, count),
            ),
            wiping=self._wiping.wiper,
            times=Times(
                idle_after_s=settings.idle.after_s,
                idle_prompt_s=settings.idle.prompt_s,
                ended_s=settings.idle.ended_s,
            ),
            around=self,
        )
        self._controls = BoothControls(
            ResidentTouches(self._reception, self._outfit),
            lambda: self._reside().appointments,
            self._technician,
            self._outfit,
            self._wiping.interface.wiped,
            self._dock,
        )
        self._outfit.on_handset(self._reception.use_handset)
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    @property
    def visit(self) -> VisitControls:
        """What the interface drives and watches."""
        return self._controls

    @property
    def simulated(self) -> tuple[str, ...]:
        """The kinds of devices that are not real."""
        return self._outfit.simulated

    @property
    def lost(self) -> tuple[str, ...]:
        """The kinds of devices that should be there and can't be used."""
        return self._outfit.lost

    @property
    def appointments(self) -> VisitAppointments:
        """The booth's appointments."""
        resident = self._resident
        return NoAppointments() if resident is None else resident.appointments

    @property
    def wipe_wanted(self) -> int:
        """The wipe that the interface is asked for; 0 is none."""
        return self._wiping.interface.wanted

    @property
    def dock(self) -> tuple[DockDevice, ...]:
        """The simulated devices on the dock; none unless it was asked for."""
        return () if self._dock is None else self._dock.devices

    @property
    def technician(self) -> TechnicianView | None:
        """What the technician's screens show, while they are open."""
        return None if self._service is None else self._service.technician.view

    async def start(self) -> None:
        """Open the booth; Home can be used at once, its tiles say when the line is up."""
        self._line.on_state(lambda _up: self._refresh())
        self._line.start()
        self._boards.start()
        self._tasks = (
            asyncio.create_task(self._watch_clock(), name="clock"),
            asyncio.create_task(self._preload(), name="preload"),
        )
        self._refresh()

    async def stop(self) -> None:
        """Close the booth: the visit, then its devices, then the line."""
        for task in self._tasks:
            task.cancel()
        await self._reception.close()
        if self._service is not None:
            await self._service.stop()
        await self._outfit.stop()
        if self._resident is not None:
            await self._resident.close()
        await self._boards.close()
        await self._line.close()

    async def _preload(self) -> None:
        await self._outfit.preload()
        self._reside()
        service = self._serve()
        await service.start()
        self._wiping.keep_with(service.black_box.wiped)
        await self._wiping.wiper.recover()

    def _reside(self) -> ResidentSide:
        """What serves residents round a call; made now where nobody has needed it yet."""
        if self._resident is None:
            from kiosk.resident_side import ResidentSide  # noqa: PLC0415

            self._resident = ResidentSide(
                self._settings,
                self._line,
                self._outfit,
                self._boards,
                self._agencies,
                self._reception,
                self._refresh,
            )
            self._resident.start()
        return self._resident

    def _technician(self) -> TechnicianControls:
        return self._serve().technician

    def _serve(self) -> ServiceSide:
        """The technician's side; made now where nobody has needed it yet."""
        if self._service is None:
            from kiosk.service_side import ServiceSide  # noqa: PLC0415

            self._service = ServiceSide(
                self._settings,
                self._outfit.get(),
                self._line,
                self._reception,
                self._crash,
                self._dock,
                self._refresh,
            )
        return self._service

    def _measured(self, status: CallStatus) -> None:
        if self._service is not None:
            self._service.black_box.call(status)

    def _refresh(self) -> None:
        self._home.refresh()
        self._reception.refresh()

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_S)
            self._refresh()
