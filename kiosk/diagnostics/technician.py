"""The technician's visit of the booth: from the door, through the rooms, back to Home."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from devices.card_reader.interface import CardEvent
from kiosk.diagnostics.access.door import Answer, Door
from kiosk.diagnostics.access.mode import TechnicianMode
from kiosk.diagnostics.access.stay import Stay
from kiosk.diagnostics.activity import Activity
from kiosk.diagnostics.ports import Acknowledger, Changed, Visitors
from kiosk.diagnostics.rooms import Contents, Rooms
from kiosk.diagnostics.view import Room, TechnicianView
from kiosk.log import get_logger

__all__ = ["Contents", "Technician"]

DOOR_S = 60
"""A resident who found the door by chance is back Home after this."""

_log = get_logger(__name__)


class Technician:
    """`TechnicianControls` over the door, the mode and the rooms behind it."""

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
        self._visitors = visitors
        self._leave_after_s = leave_after_s
        self._on_change = on_change
        self._mode = TechnicianMode(parts, on_change)
        self._activity = Activity(self._broke)
        self._rooms = Rooms(contents, self._activity, on_change)
        self._stay = Stay(on_change, self._begin_to_leave)
        self._before: Room | None = None
        """At the door, or while the parts give way; None elsewhere."""
        self._in_rooms = False
        self._leaving: asyncio.Task[None] | None = None

    @property
    def view(self) -> TechnicianView | None:
        """What the technician's screens show; None while nobody is at the door or inside."""
        if self._outside:
            return None
        view = TechnicianView(
            self._before or Room.OVERVIEW,
            door=self._door.view,
            opening=self._mode.views if self._before is Room.OPENING else (),
            leaves_in_s=self._stay.left_s,
        )
        return self._rooms.shown(view) if self._in_rooms else view

    async def knock(self) -> None:
        """Show the door, unless somebody is at it or a visit goes on."""
        if self._outside:
            self._enter(Room.DOOR)

    async def enter_pin(self, pin: str) -> None:
        """Try a PIN at the door."""
        if not self._at_door():
            return
        self._touch()
        answer = await self._door.try_pin(pin)
        if self._at_door() and answer is Answer.OPEN:
            self._open("pin")
        self._on_change()

    def card(self, event: CardEvent) -> None:
        """A card came or went: a technician's opens, wherever the booth is but in a visit."""
        at_door = self._at_door()
        if not (at_door or self._outside) or not self._door.card(event):
            return
        if at_door or self._enter(Room.OPENING):
            self._open("card")

    async def go(self, room: Room) -> None:
        """Change rooms; out of the opening once every part is decided, also where one failed.

        A part that does not give way may be just what the technician has come for.
        """
        if room is Room.OVERVIEW and self._before is Room.OPENING and self._mode.decided:
            self._come_in()
        elif self._touch_inside():
            await self._rooms.go(room)

    async def test(self, kind: str) -> None:
        """Begin the guided test of a device."""
        if self._touch_inside():
            await self._rooms.test(kind)

    async def confirm(self) -> None:
        """« Oui, ça marche », « Continuer »; after the last step, back to the overview."""
        if self._touch_inside():
            await self._rooms.confirm()

    async def fails(self) -> None:
        """« Ça ne marche pas »."""
        if self._touch_inside():
            self._rooms.fails()

    async def again(self) -> None:
        """Once more, whatever this room is for."""
        if self._before is Room.OPENING and self._mode.decided and self._leaving is None:
            self._open("again")
        elif self._touch_inside():
            await self._rooms.again()

    async def surface_done(self, good: bool) -> None:
        """The grid or the colours were gone through, or left."""
        if self._touch_inside():
            self._rooms.surface_done(good)

    async def print_report(self) -> None:
        """Print the report; what comes of it is the notice."""
        if self._touch_inside():
            self._rooms.print_report()

    async def seen(self) -> None:
        """Show the crash no more."""
        if self._touch_inside():
            self._rooms.seen()
            self._on_change()

    async def retry(self, kind: str) -> None:
        """Try a device again now."""
        if self._touch_inside():
            self._rooms.retry(kind)

    async def leave(self) -> None:
        """Abort what runs, let the parts go on, and go Home; returns once that is so."""
        if not self._outside:
            self._begin_to_leave()
        if self._leaving is not None:
            await asyncio.shield(self._leaving)

    @property
    def _outside(self) -> bool:
        return self._before is None and not self._in_rooms

    def _at_door(self) -> bool:
        return self._before is Room.DOOR and self._leaving is None

    def _enter(self, room: Room) -> bool:
        """Take the screen, where no visit has it; the clock of staying runs from now on."""
        if self._visitors.busy:
            return False
        self._before = room  # First: the screen asks at once what to show.
        self._stay.begin(DOOR_S)
        if self._visitors.enter_technician():
            self._on_change()
            return True
        self._stay.end()
        self._before = None
        return False

    def _open(self, cause: str) -> None:
        _log.info("technician's mode opens", cause=cause)
        self._before = Room.OPENING
        self._touch()
        self._activity.start(self._ask)

    async def _ask(self) -> None:
        await self._mode.ask()
        if self._mode.acknowledged:
            self._come_in()

    def _come_in(self) -> None:
        if self._leaving is None:
            self._before, self._in_rooms = None, True
            self._touch()

    def _touch(self) -> None:
        self._rooms.notice = ""
        self._stay.wind(DOOR_S if self._before is Room.DOOR else self._leave_after_s)
        self._on_change()

    def _touch_inside(self) -> bool:
        """Whether the technician is in the rooms; then this is a sign of life."""
        inside = self._in_rooms and self._leaving is None
        if inside:
            self._touch()
        return inside

    def _broke(self) -> None:
        self._rooms.broke()

    def _begin_to_leave(self) -> None:
        if self._leaving is None:
            self._leaving = asyncio.create_task(self._leave(), name="technician leaves")

    async def _leave(self) -> None:
        try:
            await self._rooms.end()
            await self._mode.release()
        finally:
            self._stay.end()
            self._rooms.reset()
            self._before, self._in_rooms = None, False
            self._leaving = None
            self._visitors.leave_technician()
            _log.info("technician left")
            self._on_change()
