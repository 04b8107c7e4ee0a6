"""The technician's visit of the booth: from the door, through the rooms, back to Home."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devices.card_reader.interface import CardEvent
from kiosk.diagnostics.access.door import Answer, Door
from kiosk.diagnostics.access.mode import TechnicianMode
from kiosk.diagnostics.activity import Activity, Work
from kiosk.diagnostics.ports import (
    Acknowledger,
    Changed,
    Crash,
    Devices,
    Guided,
    NotNow,
    Reporter,
    StepList,
    Visitors,
)
from kiosk.diagnostics.view import ReportView, Room, TechnicianView
from kiosk.log import get_logger

DOOR_S = 60
"""A resident who found the door by chance is back Home after this."""
TICK_S = 1.0
"""How often what counts seconds is shown anew."""
UNEXPECTED = "Erreur interne : voir le journal. Vous pouvez réessayer."
PRINTING = "Impression du rapport…"

_log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in the rooms."""

    devices: Devices
    guided: Guided
    network: StepList
    rehearsal: StepList
    reporter: Reporter
    crash: Crash


class Technician:
    """`TechnicianControls` over the door, the mode and the contents of its rooms."""

    def __init__(
        self,
        door: Door,
        parts: Sequence[Acknowledger],
        visitors: Visitors,
        contents: Contents,
        *,
        leave_after_s: int,
        on_change: Changed,
    ) -> None:
        """`on_change` is called whenever `view` is to be read anew."""
        self._door = door
        self._mode = TechnicianMode(parts, self._tell)
        self._visitors = visitors
        self._contents = contents
        self._leave_after_s = leave_after_s
        self._on_change = on_change
        self._room: Room | None = None
        self._report: ReportView | None = None
        self._notice = ""
        self._leaves_at = 0.0
        self._activity = Activity(self._failed)
        self._clock: asyncio.Task[None] | None = None
        self._leaving: asyncio.Task[None] | None = None
        contents.guided.on_change(self._tell)
        contents.devices.on_change(self._tell)

    @property
    def view(self) -> TechnicianView | None:
        """What the technician's screens show; None while nobody is at the door or inside."""
        if self._room is None:
            return None
        contents = self._contents
        lists = {Room.NETWORK: contents.network, Room.REHEARSAL: contents.rehearsal}
        shown = lists.get(self._room)
        return TechnicianView(
            self._room,
            door=self._door.view,
            opening=self._mode.views if self._room is Room.OPENING else (),
            devices=contents.devices.rows() if self._inside else (),
            guided=contents.guided.view if self._room is Room.TEST else None,
            steps=shown.views if shown is not None else (),
            steps_running=shown is not None and self._activity.running,
            report=self._report if self._room is Room.REPORT else None,
            leaves_in_s=max(0, math.ceil(self._leaves_at - _now())),
            crashed=contents.crash.text if self._inside else "",
            notice=self._notice,
        )

    async def knock(self) -> None:
        """Show the door, unless somebody is at it or a visit goes on."""
        if self._closed and self._enter(Room.DOOR):
            self._touch()

    async def enter_pin(self, pin: str) -> None:
        """Try a PIN at the door."""
        if not self._at_door():
            return
        self._touch()
        answer = await self._door.try_pin(pin)
        if self._at_door() and answer is Answer.OPEN:
            self._open("pin")
        self._tell()

    def card(self, event: CardEvent) -> None:
        """A card came or went: a technician's opens, wherever the booth is but in a visit."""
        at_door = self._at_door()
        if not (at_door or self._closed) or not self._door.card(event):
            return
        if at_door or self._enter(Room.OPENING):
            self._open("card")

    async def go(self, room: Room) -> None:
        """Change rooms, and begin what runs by itself in the new one."""
        if self._room is Room.OPENING and room is Room.OVERVIEW and self._mode.decided:
            await self._switch(room)
        if not self._inside:
            return
        works: dict[Room, Work | None] = {
            Room.OVERVIEW: None,
            Room.NETWORK: lambda: self._contents.network.run(self._tell),
            Room.REHEARSAL: lambda: self._contents.rehearsal.run(self._tell),
            Room.REPORT: self._make_report,
        }
        if room in works:
            await self._switch(room, works[room])

    async def test(self, kind: str) -> None:
        """Begin the guided test of a device."""
        if self._inside:
            await self._switch(Room.TEST, lambda: self._begin_test(kind))

    async def confirm(self) -> None:
        """« Oui, ça marche », « Continuer »; after the last step, back to the overview."""
        view = self._contents.guided.view
        if view is not None and view.finished:
            await self.go(Room.OVERVIEW)
        else:
            self._in_test(self._contents.guided.confirm)

    async def fails(self) -> None:
        """« Ça ne marche pas »."""
        self._in_test(self._contents.guided.fails)

    async def again(self) -> None:
        """Once more, whatever this room is for."""
        match self._room:
            case Room.TEST:
                self._in_test(self._contents.guided.again)
            case Room.NETWORK | Room.REHEARSAL | Room.REPORT as room:
                await self.go(room)
            case Room.OPENING if self._mode.decided:
                self._touch()
                self._activity.start(self._ask)
            case _:
                pass

    async def surface_done(self, good: bool) -> None:
        """The grid or the colours were gone through, or left."""
        self._in_test(lambda: self._contents.guided.surface_done(good))

    async def print_report(self) -> None:
        """Print the report; what comes of it is the notice."""
        if self._room is not Room.REPORT or self._report is None or self._activity.running:
            return
        self._touch(PRINTING)
        self._activity.start(self._print)

    async def seen(self) -> None:
        """Show the crash no more."""
        if self._inside:
            self._contents.crash.seen()
            self._touch()

    async def retry(self, kind: str) -> None:
        """Try a device again now."""
        if self._inside:
            self._contents.devices.retry(kind)
            self._touch()

    async def leave(self) -> None:
        """Abort what runs, let the parts go on, and go Home; returns once that is so."""
        if self._closed:
            return
        if self._leaving is None:
            self._leaving = asyncio.create_task(self._leave(), name="technician leaves")
        await asyncio.shield(self._leaving)

    @property
    def _closed(self) -> bool:
        return self._room is None and self._leaving is None

    def _at_door(self) -> bool:
        return self._room is Room.DOOR and self._leaving is None

    @property
    def _inside(self) -> bool:
        outside = (None, Room.DOOR, Room.OPENING)
        return self._room not in outside and self._leaving is None

    def _enter(self, room: Room) -> bool:
        """Take the screen; the clock of staying runs from now on."""
        if self._visitors.busy:
            return False
        self._room = room  # First: the screen asks at once what to show.
        self._leaves_at = _now() + DOOR_S
        if not self._visitors.enter_technician():
            self._room = None
            return False
        self._clock = asyncio.create_task(self._watch_clock(), name="technician's clock")
        return True

    def _open(self, cause: str) -> None:
        _log.info("technician's mode opens", cause=cause)
        self._room = Room.OPENING
        self._touch()
        self._activity.start(self._ask)

    async def _ask(self) -> None:
        await self._mode.ask()
        if self._mode.acknowledged:
            self._room = Room.OVERVIEW
        self._tell()

    async def _switch(self, room: Room, work: Work | None = None) -> None:
        self._touch()
        await self._activity.end(self._contents.guided.abort)
        if self._leaving is not None or self._activity.running:
            return  # Another touch was faster.
        self._room = room
        self._report = None
        if work is not None:
            self._activity.start(work)
        self._tell()

    async def _begin_test(self, kind: str) -> None:
        try:
            await self._contents.guided.begin(kind)
        except NotNow as refusal:
            self._room, self._notice = Room.OVERVIEW, str(refusal)
        self._tell()

    async def _make_report(self) -> None:
        self._report = await self._contents.reporter.make()
        self._tell()

    async def _print(self) -> None:
        self._notice = await self._contents.reporter.print()
        self._tell()

    def _in_test(self, act: Callable[[], None]) -> None:
        if self._room is Room.TEST and self._inside and self._contents.guided.view is not None:
            act()
            self._touch()

    def _failed(self) -> None:
        self._notice = UNEXPECTED
        self._tell()

    def _touch(self, notice: str = "") -> None:
        self._notice = notice
        stays_s = DOOR_S if self._room is Room.DOOR else self._leave_after_s
        self._leaves_at = _now() + stays_s
        self._tell()

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            if _now() >= self._leaves_at and self._leaving is None:
                self._leaving = asyncio.create_task(self._leave(), name="technician leaves")
                return
            self._tell()

    async def _leave(self) -> None:
        try:
            if self._clock is not None:
                self._clock.cancel()
            await self._activity.end(self._contents.guided.abort)
            await self._mode.release()
        finally:
            self._room = None
            self._report = None
            self._notice = ""
            self._leaving = None
            self._visitors.leave_technician()
            _log.info("technician left")
            self._tell()

    def _tell(self) -> None:
        self._on_change()


def _now() -> float:
    return asyncio.get_running_loop().time()
