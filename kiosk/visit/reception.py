"""Receives residents one after the other: the visit's life, and what the interface is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from statemachine import State

from devices.picture import Picture
from kiosk.calls.sinks import Sinks
from kiosk.log import get_logger
from kiosk.visit.idle import IdleWatch
from kiosk.visit.machine import VisitMachine
from kiosk.visit.ports import Makers, Queues, Surroundings, VisitDevices, Wiping
from kiosk.visit.snapshot import Screen, Tile, VisitSnapshot
from kiosk.visit.stay import Stay
from kiosk.visit.stores import Forgotten
from kiosk.visit.tasks import Tasks
from kiosk.visit.visit import Visit
from kiosk.visit.wipe import Ending, Store, StoreName

#: The fail-safe screen can be read, and the booth is still Home within 10 s.
FAIL_SAFE_S = 6.0
#: How long a visit's loose ends may take before the next visit goes on without them.
CLEAN_UP_S = 3.0
_WATCHED = frozenset(Screen) - {
    Screen.HOME,
    Screen.REHEARSING,
    Screen.CONNECTING,
    Screen.IN_CALL,
    Screen.ENDED,
    Screen.SURVEY,
    Screen.RINGING,
    Screen.FAIL_SAFE,
    Screen.TECHNICIAN,
}
"""Screens on which a resident may have walked away: no agent is there, and no clock runs."""
_BESIDE = frozenset({Screen.BOOKING, Screen.BOOKED, Screen.CALL_BACK, Screen.CHECKING_IN})
"""Screens of appointments and call-backs."""


@dataclass(frozen=True, slots=True)
class Times:
    """The waits of a visit, in seconds (`[idle]` in kiosk.toml)."""

    idle_after_s: float = 60.0
    idle_prompt_s: int = 15
    ended_s: int = 20


class Reception:
    """The machine with the visit it is about; lives on the asyncio loop."""

    def __init__(
        self,
        *,
        place_name: str,
        tiles: Callable[[], tuple[Tile, ...]],
        line_up: Callable[[], bool],
        queues: Queues,
        devices: VisitDevices,
        makers: Makers,
        wiping: Wiping,
        times: Times,
        around: Surroundings,
    ) -> None:
        """Join the parts; `tiles`, `line_up` and `around` tell how things stand at each call."""
        self.tiles = tiles
        self._line_up = line_up
        self._around = around
        self._queues = queues
        self._devices = devices
        self._makers = makers
        self._wiping = wiping
        self._times = times
        self._log = get_logger("visit")
        self._listeners: list[Callable[[VisitSnapshot], None]] = []
        self._sinks = Sinks()
        self._visits = 0
        self.stay: Stay | None = None
        self._tasks = Tasks(self._broke)
        self._accompanying: asyncio.Task[None] | None = None
        self._serving: asyncio.Task[None] | None = None
        self._served: asyncio.Task[None] | None = None
        self._return_home: asyncio.TimerHandle | None = None
        self._idle_seconds_left: int | None = None
        self._handset_lifted = False
        self._idle = IdleWatch(
            after_s=times.idle_after_s,
            prompt_s=times.idle_prompt_s,
            on_countdown=self._ask_if_there,
            on_gone=self.leave,
        )
        self._snapshot = VisitSnapshot(place_name=place_name)
        self.machine = VisitMachine()
        self.machine.add_listener(self)  # type: ignore[no-untyped-call]

    @property
    def snapshot(self) -> VisitSnapshot:
        """The present state."""
        return self._snapshot

    @property
    def screen(self) -> Screen:
        """The machine's state."""
        return Screen(self.machine.current_state_value)

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        """Call `listener` on the loop with each new snapshot."""
        self._listeners.append(listener)

    def show_pictures(self, sinks: Sinks) -> None:
        """Say where the pictures go."""
        self._sinks = sinks

    def show_own(self, picture: Picture) -> None:
        """Show a picture where the resident's own goes; from any thread."""
        self._sinks.own(picture)

    # What else happens in the booth

    def touched(self) -> None:
        """Somebody touched the screen: they are still there."""
        self._idle.touched()
        if self.stay is not None and self.stay.farewell is not None:
            self.stay.farewell.touched()

    def use_handset(self, lifted: bool) -> None:
        """The handset was lifted or hung up."""
        self._handset_lifted = lifted
        self.publish()

    def mediator_came(self) -> None:
        """A mediator's card: the visit counts as an assisted one."""
        if self.stay is not None:
            self.stay.visit.assisted = True
            self.publish()

    @property
    def busy(self) -> bool:
        """Whether a visit is going on."""
        return self.screen not in (Screen.HOME, Screen.TECHNICIAN)

    def enter_technician(self) -> bool:
        """Give the screen to a technician; False when a resident has it."""
        if self.screen is Screen.HOME:
            self.machine.technician_came()
        return self.screen is Screen.TECHNICIAN

    def leave_technician(self) -> None:
        """Take the screen back."""
        if self.screen is Screen.TECHNICIAN:
            self.leave()

    def refresh(self) -> None:
        """Look again at the agencies' boards, the line, and the time of day."""
        if self.stay is not None and self.stay.companion is not None and not self._talking:
            self.stay.companion.look_at_queue()
        if self.stay is not None and self.stay.papers is not None:
            self.stay.papers.look_at_devices()
        self.publish()

    async def close(self) -> None:
        """End whatever runs; the booth is stopping."""
        self._idle.stop()
        self._stop_returning()
        forgetting = self._drop(Ending.STOPPED)
        if forgetting is not None:
            await asyncio.wait((forgetting,), timeout=CLEAN_UP_S)
        await self._tasks.stop(CLEAN_UP_S)

    # What the turns of a visit need

    def begin(self, agency: str) -> Visit:
        """Begin a visit, or go on with the one that there is."""
        if self.stay is None:
            self._visits += 1
            self.stay = Stay(Visit(agency, self._visits), self.publish)
            self._tasks.start(self._wiping.begin(), "begin")
        self.stay.visit.agency = agency or self.stay.visit.agency
        return self.stay.visit

    def leave(self) -> None:
        """Home, whatever was on the screen."""
        self.machine.left()

    # The machine's listener: what entering a screen entails

    def after_transition(self, source: State, target: State) -> None:
        """Called by the machine after each transition."""
        number = self.stay.visit.number if self.stay else None
        self._log.info("screen changed", visit=number, from_state=source.id, to_state=target.id)
        if self.screen in _WATCHED:
            self._idle.start()
        else:
            self._idle.stop()
        self._stop_returning()
        if Screen(source.value) in _BESIDE and self.screen not in _BESIDE:
            self._tasks.start(self._around.appointments.close_visit(), "appointments")
        self._serve_screen()
        if self.screen is Screen.CONNECTING:
            self._tasks.start(self._around.appointments.agent_answered(), "agent answered")
        match self.screen:
            case Screen.REHEARSING:
                self._accompany()
            case Screen.ENDED:
                self._say_farewell()
                self._return_after(self._times.ended_s)
            case Screen.FAIL_SAFE:
                self._drop(Ending.FAULT)
                self._return_after(FAIL_SAFE_S)
            case Screen.HOME:
                self._drop(Ending.LEFT)
            case _:
                pass
        self.publish()

    @property
    def _talking(self) -> bool:
        return self.screen in (Screen.CONNECTING, Screen.IN_CALL)

    def _accompany(self) -> None:
        if self.stay is None:
            return
        self._devices.set_volume(self.stay.visit.call.volume)
        self.stay.accompany(
            self.machine,
            sinks=self._sinks,
            queues=self._queues,
            devices=self._devices,
            make_call=self._makers.call,
            make_papers=self._makers.papers,
            on_event=self._makers.count,
        )
        self._accompanying = self._tasks.start(
            self._live_after(self._accompanying, self.stay), "accompany"
        )

    async def _live_after(self, before: asyncio.Task[None] | None, stay: Stay) -> None:
        """Live a visit once the one before has let go of camera and sound, and the last screen."""
        others = {task for task in (before, self._served) if task is not None}
        if others:
            await asyncio.wait(others, timeout=CLEAN_UP_S)
        if stay.companion is not None:
            await stay.companion.live()

    def _say_farewell(self) -> None:
        tile = self._tile
        if self.stay is not None and tile is not None:
            made = self._around.appointments.view.booked
            booked = f"{made.agency_name}, {made.when}" if made.when else ""
            self.stay.end(self._makers.farewell, tile.full_name, booked)

    def _serve_screen(self) -> None:
        """Let the devices do what the screen is for, and no longer."""
        if self._serving is not None:
            self._serving.cancel()
            self._served, self._serving = self._serving, None
        if self.screen is Screen.CHECKING_IN:
            work = self._devices.look_for_codes(self._sinks.own)
        elif self.screen is Screen.RINGING:
            work = self._devices.ring()
        else:
            return
        self._serving = self._tasks.start(work, "serve screen")

    def _drop(self, ending: Ending) -> asyncio.Task[None] | None:
        """Drop the visit: nothing else holds what it knew."""
        stay, self.stay = self.stay, None
        if stay is None:
            return None
        appointments = self._around.appointments
        # At once: whoever comes next may begin to type before everything else is wiped.
        forms = Forgotten(StoreName.FORMS, appointments.wipe(), appointments.left())
        own = (forms, *stay.stores(self._accompanying))
        return self._tasks.start(self._forget(own, self._accompanying, ending), "forget")

    async def _forget(
        self, own: Sequence[Store], accompanying: asyncio.Task[None] | None, ending: Ending
    ) -> None:
        await self._wiping.wipe(ending, own)
        if self._accompanying is accompanying:
            # A task that was cancelled remembers where, and so what its frames knew.
            self._accompanying = None
        self._devices.hang_up_lost_handset()

    def _return_after(self, delay_s: float) -> None:
        self._return_home = asyncio.get_running_loop().call_later(delay_s, self.leave)

    def _stop_returning(self) -> None:
        if self._return_home is not None:
            self._return_home.cancel()
            self._return_home = None

    def _broke(self, error: BaseException) -> None:
        self._log.error("visit broke", error=type(error).__name__, exc_info=error)
        self.machine.fault()

    def _ask_if_there(self, seconds_left: int | None) -> None:
        self._idle_seconds_left = seconds_left
        self.publish()

    @property
    def _tile(self) -> Tile | None:
        stay = self.stay
        return next((t for t in self.tiles() if stay and t.agency == stay.visit.agency), None)

    def publish(self) -> None:
        """Show how things stand."""
        snapshot = VisitSnapshot(
            place_name=self._snapshot.place_name,
            screen=self.screen,
            tiles=self.tiles(),
            line_up=self._line_up(),
            agency=self._tile,
            idle_seconds_left=self._idle_seconds_left,
            appointments=self._around.appointments.view,
            simulated=self._around.simulated,
            lost=self._around.lost,
            technician=self._around.technician,
            dock=self._around.dock,
            wipe_wanted=self._around.wipe_wanted,
        )
        if self.stay is not None:
            snapshot = self.stay.shown(
                snapshot, private=self._handset_lifted, home_in_s=self._times.ended_s
            )
        self._snapshot = snapshot
        for listener in self._listeners:
            listener(snapshot)
