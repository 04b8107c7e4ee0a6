"""The composition root: the booth's parts, joined; nothing else knows which part is which.

Start-up, in order: the agencies are read, and what is wrong with them is told before anything
runs; the line to the agencies is dialled in the background, because Home must be there even when
the network is not; the agencies' boards are listened to; the reception opens; two seconds later,
with Home on the screen, what calls need is loaded, and camera and sound are named but stay closed.
From then on everything happens because a resident touched the screen, an agent answered, or a timer
ran out. Stopping goes the other way round.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from kiosk.call_maker import CallMaker
from kiosk.controls import BoothControls
from kiosk.diagnostics.closed_door import ClosedDoor
from kiosk.diagnostics.view import TechnicianView
from kiosk.directory.agencies import load_agencies
from kiosk.directory.home import HomeTiles
from kiosk.link.boards import Boards
from kiosk.link.line import Line
from kiosk.link.queues import BoothQueues
from kiosk.outfit import Outfit
from kiosk.settings import KioskSettings
from kiosk.visit.controls import VisitControls
from kiosk.visit.reception import Reception, Times
from kiosk.visit.snapshot import DockDevice

#: Seconds between two looks at the clock for the tiles: « ouvre à 9 h » must not linger.
CLOCK_S = 10.0


class Kiosk:
    """One booth. `start` and `stop` belong to the asyncio loop."""

    def __init__(self, settings: KioskSettings) -> None:
        """Join the parts.

        Raises:
            SettingsError: the agencies' file is missing or wrong.
        """
        booth = settings.booth
        agencies = load_agencies(booth.agencies_file)
        self._line = Line(settings.link)
        self._make_call = CallMaker(settings, self._line, self._refresh)
        self._boards = Boards(self._line, (agency.id for agency in agencies), self._refresh)
        self._home = HomeTiles(
            agencies, self._boards.board, lambda: self._line.up, lambda: datetime.now(UTC)
        )
        self._reception = Reception(
            place_name=booth.place_name,
            tiles=lambda: self._home.tiles,
            line_up=lambda: self._line.up,
            queues=BoothQueues(self._line, self._boards, booth.id, booth.place_name),
            rehearse=self._rehearse,
            make_call=self._make_call,
            set_volume=self._make_call.set_volume,
            times=Times(
                idle_after_s=settings.idle.after_s,
                idle_prompt_s=settings.idle.prompt_s,
                ended_s=settings.idle.ended_s,
            ),
            around=self,
        )
        self._controls = BoothControls(
            self._reception, ClosedDoor(), Outfit(settings, self._refresh), None
        )
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    @property
    def visit(self) -> VisitControls:
        """What the interface drives and watches."""
        return self._controls

    @property
    def simulated(self) -> tuple[str, ...]:
        """The kinds of devices that are not real."""
        return self._make_call.simulated

    @property
    def lost(self) -> tuple[str, ...]:
        """The kinds of devices that should be there and can't be used."""
        return ()

    @property
    def dock(self) -> tuple[DockDevice, ...]:
        """The simulated devices on the dock."""
        return ()

    @property
    def technician(self) -> TechnicianView | None:
        """What the technician's screens show."""
        return None

    async def start(self) -> None:
        """Open the booth; Home can be used at once, its tiles say when the line is up."""
        self._line.on_state(lambda _up: self._refresh())
        self._line.start()
        self._boards.start()
        self._tasks = (
            asyncio.create_task(self._watch_clock(), name="clock"),
            asyncio.create_task(self._make_call.preload(), name="preload"),
        )
        self._refresh()

    async def stop(self) -> None:
        """Close the booth: the visit, then the line."""
        for task in self._tasks:
            task.cancel()
        await self._reception.close()
        await self._boards.close()
        await self._line.close()

    async def _rehearse(self) -> None:
        """Nothing yet."""

    def _refresh(self) -> None:
        self._home.refresh()
        self._reception.refresh()

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_S)
            self._refresh()
