"""The rooms behind the technician's door, and what goes on in the one where the technician is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.diagnostics.activity import Activity, Work
from kiosk.diagnostics.ports import Changed, Crash, Devices, Guided, NotNow, Reporter, StepList
from kiosk.diagnostics.view import ReportView, Room, TechnicianView

PRINTING = "Impression du rapport…"
UNEXPECTED = "Erreur interne : voir le journal. Vous pouvez réessayer."


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in the rooms."""

    devices: Devices
    guided: Guided
    network: StepList
    rehearsal: StepList
    reporter: Reporter
    crash: Crash


class Rooms:
    """Overview, guided test, network, rehearsal, report; at most one thing runs."""

    def __init__(self, contents: Contents, activity: Activity, on_change: Changed) -> None:
        """`activity` is what runs; `on_change` is called as `shown` changes."""
        self._contents = contents
        self._activity = activity
        self._on_change = on_change
        self._report: ReportView | None = None
        self._turn = 0
        """Of the touches that end what runs, the newest alone may begin something."""
        self.room = Room.OVERVIEW
        self.notice = ""
        """One passing line; the next touch takes it away."""
        contents.guided.on_change(on_change)
        contents.devices.on_change(on_change)

    def shown(self, view: TechnicianView) -> TechnicianView:
        """`view` with what the present room shows."""
        contents = self._contents
        lists = {Room.NETWORK: contents.network, Room.REHEARSAL: contents.rehearsal}
        listed = lists.get(self.room)
        return replace(
            view,
            room=self.room,
            devices=contents.devices.rows(),
            guided=contents.guided.view if self.room is Room.TEST else None,
            steps=listed.views if listed is not None else (),
            steps_running=listed is not None and self._activity.running,
            report=self._report,
            crashed=contents.crash.text,
            notice=self.notice,
        )

    def reset(self) -> None:
        """Back to the overview; nothing may run."""
        self.room = Room.OVERVIEW
        self.notice = ""
        self._report = None

    async def end(self) -> None:
        """Abort what runs; returns once no device is held, or the time for it is up."""
        self._turn += 1
        await self._activity.end(self._contents.guided.abort)

    async def go(self, room: Room) -> None:
        """Change rooms, and begin what runs by itself in the new one."""
        works: dict[Room, Work | None] = {
            Room.OVERVIEW: None,
            Room.NETWORK: lambda: self._contents.network.run(self._on_change),
            Room.REHEARSAL: lambda: self._contents.rehearsal.run(self._on_change),
            Room.REPORT: self._make_report,
        }
        if room in works:
            await self._switch(room, works[room])

    async def test(self, kind: str) -> None:
        """Begin the guided test of a device."""
        await self._switch(Room.TEST, lambda: self._begin_test(kind))

    async def confirm(self) -> None:
        """« Oui, ça marche », « Continuer »; after the last step, back to the overview."""
        view = self._contents.guided.view
        if view is not None and view.finished:
            await self.go(Room.OVERVIEW)
        else:
            self._in_test(self._contents.guided.confirm)

    def fails(self) -> None:
        """« Ça ne marche pas »."""
        self._in_test(self._contents.guided.fails)

    def surface_done(self, good: bool) -> None:
        """The grid or the colours were gone through, or left."""
        self._in_test(lambda: self._contents.guided.surface_done(good))

    async def again(self) -> None:
        """Once more, whatever this room is for: of a test the step, and all of it at its end."""
        if self.room is Room.TEST:
            view = self._contents.guided.view
            if view is not None and view.finished:
                await self.test(view.kind)
            else:
                self._in_test(self._contents.guided.again)
        elif self.room is not Room.OVERVIEW:
            await self.go(self.room)

    def print_report(self) -> None:
        """Print the report; what comes of it is the notice."""
        if self._report is not None and not self._activity.running:
            self.notice = PRINTING
            self._activity.start(self._print)
            self._on_change()

    def seen(self) -> None:
        """Show the crash no more."""
        self._contents.crash.seen()

    def retry(self, kind: str) -> None:
        """Try a device again now."""
        self._contents.devices.retry(kind)

    async def _switch(self, room: Room, work: Work | None) -> None:
        turn = self._turn = self._turn + 1
        await self._activity.end(self._contents.guided.abort)
        if turn != self._turn:
            return
        self.reset()
        self.room = room
        if work is not None:
            self._activity.start(work)
        self._on_change()

    async def _begin_test(self, kind: str) -> None:
        try:
            await self._contents.guided.begin(kind)
        except NotNow as refusal:
            self.room, self.notice = Room.OVERVIEW, str(refusal)
        self._on_change()

    async def _make_report(self) -> None:
        self._report = await self._contents.reporter.make()
        self._on_change()

    async def _print(self) -> None:
        self.notice = await self._contents.reporter.print()
        self._on_change()

    def broke(self) -> None:
        """A room's work met a bug: a test that shows nothing is no room to be in."""
        self.notice = UNEXPECTED
        if self.room is Room.TEST and self._contents.guided.view is None:
            self.room = Room.OVERVIEW
        self._on_change()

    def _in_test(self, act: Callable[[], None]) -> None:
        if self.room is Room.TEST and self._contents.guided.view is not None:
            act()
