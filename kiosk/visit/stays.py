"""One visit after the other: begun, accompanied on its way to an agent, dropped and wiped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from kiosk.calls.sinks import Sinks
from kiosk.visit.machine import VisitMachine
from kiosk.visit.ports import Makers, Queues, Surroundings, VisitDevices, Wiping
from kiosk.visit.snapshot import Tile
from kiosk.visit.stay import Stay
from kiosk.visit.stores import Forgotten
from kiosk.visit.tasks import Tasks
from kiosk.visit.visit import Visit
from kiosk.visit.wipe import Ending, Store, StoreName

#: Seconds from a mediator's card at Home to the first touch: time to say what will be done.
MEDIATOR_WAITS_S = 120.0
#: How long a visit's loose ends may take before the next visit goes on without them.
CLEAN_UP_S = 3.0


class Stays:
    """Has the one stay that there is; lives on the asyncio loop."""

    def __init__(
        self,
        machine: VisitMachine,
        tasks: Tasks,
        *,
        queues: Queues,
        devices: VisitDevices,
        makers: Makers,
        wiping: Wiping,
        around: Surroundings,
        on_change: Callable[[], None],
    ) -> None:
        """Call `on_change` whenever the visit has something else to show."""
        self._machine = machine
        self._tasks = tasks
        self._queues = queues
        self._devices = devices
        self._makers = makers
        self._wiping = wiping
        self._around = around
        self._on_change = on_change
        self._visits = 0
        self._accompanying: asyncio.Task[None] | None = None
        self._mediator: asyncio.TimerHandle | None = None
        self.stay: Stay | None = None

    @property
    def assisted(self) -> bool:
        """Whether a mediator is with the visit, or with the one that is about to begin."""
        return self.stay.visit.assisted if self.stay is not None else self._mediator is not None

    def mediator_came(self) -> None:
        """A mediator's card: this visit, or the one that begins soon, counts as assisted."""
        if self.stay is not None:
            self.stay.visit.assisted = True
            return
        self._mediator_gone()
        loop = asyncio.get_running_loop()
        self._mediator = loop.call_later(MEDIATOR_WAITS_S, self._mediator_left)

    def begin(self, agency: str) -> Visit:
        """Begin a visit, or go on with the one that there is."""
        if self.stay is None:
            self._visits += 1
            visit = Visit(agency, self._visits, assisted=self._mediator is not None)
            self._mediator_gone()
            self.stay = Stay(visit, self._on_change)
            self._tasks.start(self._wiping.begin(), "begin")
        self.stay.visit.agency = agency or self.stay.visit.agency
        return self.stay.visit

    def accompany(self, sinks: Sinks, after: asyncio.Task[None] | None) -> None:
        """Live the visit with its resident, once `after` has let go of camera and sound."""
        stay = self.stay
        if stay is None:
            return
        self._devices.set_volume(stay.visit.call.volume)
        stay.accompany(
            self._machine,
            sinks=sinks,
            queues=self._queues,
            devices=self._devices,
            make_call=self._makers.call,
            make_papers=self._makers.papers,
            on_event=self._makers.count,
        )
        before = {task for task in (self._accompanying, after) if task is not None}
        self._accompanying = self._tasks.start(_live_after(before, stay), "accompany")

    def say_farewell(self, tile: Tile | None) -> None:
        """The call with the agency of `tile` is over."""
        if self.stay is not None and tile is not None:
            made = self._around.appointments.view.booked
            booked = f"{made.agency_name}, {made.when}" if made.when else ""
            self.stay.end(self._makers.farewell, tile.full_name, booked)

    def drop(self, ending: Ending) -> asyncio.Task[None] | None:
        """Drop the visit, and return what wipes it: nothing else holds what it knew."""
        stay, self.stay = self.stay, None
        if stay is None:
            return None
        appointments = self._around.appointments
        # At once: whoever comes next may begin to type before everything else is wiped.
        forms = Forgotten(StoreName.FORMS, appointments.wipe(), appointments.left())
        own = (forms, *stay.stores(self._accompanying))
        return self._tasks.start(self._forget(own, self._accompanying, ending), "forget")

    async def close(self) -> None:
        """Drop the visit, if there is one, and wait for its wipe as long as a stop may take."""
        self._mediator_gone()
        forgetting = self.drop(Ending.STOPPED)
        if forgetting is not None:
            await asyncio.wait((forgetting,), timeout=CLEAN_UP_S)

    def _mediator_gone(self) -> None:
        if self._mediator is not None:
            self._mediator.cancel()
            self._mediator = None

    def _mediator_left(self) -> None:
        self._mediator = None
        self._on_change()

    async def _forget(
        self, own: Sequence[Store], accompanying: asyncio.Task[None] | None, ending: Ending
    ) -> None:
        await self._wiping.wipe(ending, own)
        if self._accompanying is accompanying:
            # A task that was cancelled remembers where, and so what its frames knew.
            self._accompanying = None
        self._devices.hang_up_lost_handset()


async def _live_after(before: set[asyncio.Task[None]], stay: Stay) -> None:
    if before:
        await asyncio.wait(before, timeout=CLEAN_UP_S)
        before.clear()
    if stay.companion is not None:
        await stay.companion.live()
