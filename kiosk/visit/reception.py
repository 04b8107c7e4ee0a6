"""Receives residents one after the other: what each screen of the visit's machine entails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from statemachine import State

from devices.picture import Picture
from kiosk.calls.sinks import Sinks
from kiosk.log import get_logger
from kiosk.visit.idle import IdleWatch
from kiosk.visit.machine import VisitMachine
from kiosk.visit.ports import Makers, Queues, Surroundings, VisitDevices, Wiping
from kiosk.visit.showing import Showing
from kiosk.visit.snapshot import Screen, Tile, VisitSnapshot
from kiosk.visit.stay import Stay
from kiosk.visit.stays import CLEAN_UP_S, Stays
from kiosk.visit.tasks import Tasks
from kiosk.visit.visit import Visit
from kiosk.visit.wipe import Ending

#: The fail-safe screen can be read, and the booth is still Home within 10 s.
FAIL_SAFE_S = 6.0
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
        self._around = around
        self._devices = devices
        self._times = times
        self._log = get_logger("visit")
        self._sinks = Sinks()
        self._tasks = Tasks(self._broke)
        self._serving: asyncio.Task[None] | None = None
        self._served: asyncio.Task[None] | None = None
        self._return_home: asyncio.TimerHandle | None = None
        self._showing = Showing(place_name, tiles, line_up, around, times.ended_s)
        self._idle = IdleWatch(
            after_s=times.idle_after_s,
            prompt_s=times.idle_prompt_s,
            on_countdown=self._ask_if_there,
            on_gone=self.leave,
        )
        self.machine = VisitMachine()
        self._stays = Stays(
            self.machine,
            self._tasks,
            queues=queues,
            devices=devices,
            makers=makers,
            wiping=wiping,
            around=around,
            on_change=self.publish,
        )
        self.machine.add_listener(self)  # type: ignore[no-untyped-call]

    @property
    def snapshot(self) -> VisitSnapshot:
        """The present state."""
        return self._showing.snapshot

    @property
    def stay(self) -> Stay | None:
        """The visit with its parts; None where there is none."""
        return self._stays.stay

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The agencies as Home shows them now."""
        return self._showing.tiles()

    @property
    def screen(self) -> Screen:
        """The machine's state."""
        return Screen(self.machine.current_state_value)

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        """Call `listener` on the loop with each new snapshot."""
        self._showing.subscribe(listener)

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
        self._showing.private = lifted
        self.publish()

    def mediator_came(self) -> None:
        """A mediator's card: the visit counts as an assisted one, and the screen says so."""
        if self.screen is not Screen.TECHNICIAN:
            self._stays.mediator_came()
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
        if self.stay is not None:
            talking = self.screen in (Screen.CONNECTING, Screen.IN_CALL)
            self.stay.look_around(waiting=not talking)
        self.publish()

    async def close(self) -> None:
        """End whatever runs; the booth is stopping."""
        self._idle.stop()
        self._stop_returning()
        await self._stays.close()
        await self._tasks.stop(CLEAN_UP_S)

    # What the turns of a visit need

    def begin(self, agency: str) -> Visit:
        """Begin a visit, or go on with the one that there is."""
        return self._stays.begin(agency)

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
        if self.screen is Screen.IN_CALL:
            # Not before: an agent who was not seen or heard leaves a promised call-back wanted.
            self._tasks.start(self._around.appointments.agent_answered(), "agent answered")
        match self.screen:
            case Screen.REHEARSING:
                self._stays.accompany(self._sinks, self._served)
            case Screen.ENDED:
                self._stays.say_farewell(self._showing.tile_of(self.stay))
                self._return_after(self._times.ended_s)
            case Screen.FAIL_SAFE:
                self._stays.drop(Ending.FAULT)
                self._return_after(FAIL_SAFE_S)
            case Screen.HOME:
                self._stays.drop(Ending.LEFT)
            case _:
                pass
        self.publish()

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

    def _return_after(self, delay_s: float) -> None:
        waits = self.stay is not None and self.stay.wait_for_sheets()
        if delay_s <= 0 and not waits:
            self.leave()
            return
        step_s = 1.0 if waits else min(1.0, delay_s)
        left_s = delay_s if waits else delay_s - step_s
        loop = asyncio.get_running_loop()
        self._return_home = loop.call_later(step_s, self._return_after, left_s)

    def _stop_returning(self) -> None:
        if self._return_home is not None:
            self._return_home.cancel()
            self._return_home = None

    def _broke(self, error: BaseException) -> None:
        self._log.error("visit broke", error=type(error).__name__, exc_info=error)
        self.machine.fault()

    def _ask_if_there(self, seconds_left: int | None) -> None:
        self._showing.idle_seconds_left = seconds_left
        self.publish()

    def publish(self) -> None:
        """Show how things stand."""
        self._showing.show(self.screen, self.stay, assisted=self._stays.assisted)
