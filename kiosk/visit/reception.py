"""Receives residents one after the other: what the interface asks, and what it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from statemachine import State

from devices.picture import Picture, PictureSink
from kiosk.log import get_logger
from kiosk.visit.accompany import Companion
from kiosk.visit.idle import IdleWatch
from kiosk.visit.machine import VisitMachine
from kiosk.visit.ports import CallMaker, Queues, Surroundings, VisitDevices
from kiosk.visit.snapshot import EndedView, Screen, Tile, TileState, VisitSnapshot
from kiosk.visit.tasks import Tasks
from kiosk.visit.visit import Visit

#: The fail-safe screen can be read, and the booth is still Home within 10 s.
FAIL_SAFE_S = 6.0
#: How long a visit's loose ends may take before the next visit goes on without them.
CLEAN_UP_S = 3.0
MAX_VOLUME = 10
#: Longest written message, characters: a screen of text; the rest is a second message.
MAX_WRITTEN = 1000

_JOINABLE = (TileState.AVAILABLE, TileState.BUSY, TileState.EXPECTED)
_WATCHED = (Screen.HOURS, Screen.WAITING)
"""Screens outside a call on which a resident may have walked away."""


@dataclass(frozen=True, slots=True)
class Times:
    """The waits of a visit, in seconds (`[idle]` in kiosk.toml)."""

    idle_after_s: float = 60.0
    idle_prompt_s: int = 15
    ended_s: int = 20


def _no_picture(_picture: Picture) -> None:
    """Stand for a screen that is not there."""


class Reception:
    """`VisitControls` over the machine; lives on the asyncio loop."""

    def __init__(
        self,
        *,
        place_name: str,
        tiles: Callable[[], tuple[Tile, ...]],
        line_up: Callable[[], bool],
        queues: Queues,
        devices: VisitDevices,
        make_call: CallMaker,
        times: Times,
        around: Surroundings,
    ) -> None:
        """Join the parts; `tiles`, `line_up` and `around` tell how things stand at each call."""
        self._tiles = tiles
        self._line_up = line_up
        self._around = around
        self._queues = queues
        self._devices = devices
        self._make_call = make_call
        self._times = times
        self._log = get_logger("visit")
        self._listeners: list[Callable[[VisitSnapshot], None]] = []
        self._sinks: tuple[PictureSink, PictureSink] = (_no_picture, _no_picture)
        self._visits = 0
        self._visit: Visit | None = None
        self._companion: Companion | None = None
        self._tasks = Tasks(self._broke)
        self._accompanying: asyncio.Task[None] | None = None
        self._return_home: asyncio.TimerHandle | None = None
        self._idle_seconds_left: int | None = None
        self._handset_lifted = False
        self._idle = IdleWatch(
            after_s=times.idle_after_s,
            prompt_s=times.idle_prompt_s,
            on_countdown=self._ask_if_there,
            on_gone=self._leave,
        )
        self._snapshot = VisitSnapshot(place_name=place_name)
        self._machine = VisitMachine()
        self._machine.add_listener(self)  # type: ignore[no-untyped-call]

    @property
    def snapshot(self) -> VisitSnapshot:
        """The present state."""
        return self._snapshot

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        """Call `listener` on the loop with each new snapshot."""
        self._listeners.append(listener)

    def show_pictures(self, remote: PictureSink, self_view: PictureSink) -> None:
        """Say where the agent's and the resident's own pictures go."""
        self._sinks = (remote, self_view)

    def show_own(self, picture: Picture) -> None:
        """Show a picture where the resident's own goes; from any thread."""
        self._sinks[1](picture)

    async def touched(self) -> None:
        """Somebody touched the screen."""
        self._idle.touched()

    async def choose(self, agency: str) -> None:
        """Join the agency's queue, or see its hours when it is closed."""
        if self._screen is not Screen.HOME:
            return
        tile = next((tile for tile in self._tiles() if tile.agency == agency), None)
        if tile is None or tile.state is TileState.UNREACHABLE:
            return
        self._visits += 1
        self._visit = Visit(agency, self._visits)
        if tile.state in _JOINABLE:
            self._machine.open_agency_touched()
        else:
            self._machine.closed_agency_touched()

    async def cancel(self) -> None:
        """Leave the queue, or the rehearsal before it."""
        if self._screen in (Screen.REHEARSING, Screen.WAITING):
            self._leave()

    async def hang_up(self) -> None:
        """End the call."""
        if self._companion is not None:
            await self._companion.hang_up()

    async def go_home(self) -> None:
        """Back to Home from the hours, ended or fail-safe screen."""
        if self._screen in (Screen.HOURS, Screen.ENDED, Screen.FAIL_SAFE):
            self._leave()

    async def set_muted(self, muted: bool) -> None:
        """Close or open the microphone."""
        if self._companion is not None:
            self._companion.set_muted(muted)

    async def set_volume(self, volume: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""
        if self._visit is not None and 0 <= volume <= MAX_VOLUME:
            self._devices.set_volume(volume)
            self._visit.call = replace(self._visit.call, volume=volume)
            self._publish()

    async def write(self, text: str) -> None:
        """Send the agent a written message."""
        line = " ".join(text.split())[:MAX_WRITTEN]
        if self._companion is not None and line:
            await self._companion.write(line)

    def use_handset(self, lifted: bool) -> None:
        """The handset was lifted or hung up."""
        self._handset_lifted = lifted
        self._publish()

    @property
    def busy(self) -> bool:
        """Whether a visit is going on."""
        return self._screen not in (Screen.HOME, Screen.TECHNICIAN)

    def enter_technician(self) -> bool:
        """Give the screen to a technician; False when a resident has it."""
        if self._screen is Screen.HOME:
            self._machine.technician_came()
        return self._screen is Screen.TECHNICIAN

    def leave_technician(self) -> None:
        """Take the screen back."""
        if self._screen is Screen.TECHNICIAN:
            self._leave()

    async def interface_failed(self, detail: str) -> None:
        """The interface met a fault: go to the fail-safe screen."""
        self._log.error("interface failed", reason=detail)
        self._machine.fault()

    def refresh(self) -> None:
        """Look again at the agencies' boards, the line, and the time of day."""
        if self._companion is not None and self._screen is Screen.WAITING:
            self._companion.look_at_queue()
        self._publish()

    async def close(self) -> None:
        """End whatever runs; the booth is stopping."""
        self._idle.stop()
        self._stop_returning()
        await self._tasks.stop(CLEAN_UP_S)

    # The machine's listener: what entering a screen entails

    def after_transition(self, source: State, target: State) -> None:
        """Called by the machine after each transition."""
        number = self._visit.number if self._visit else None
        self._log.info("screen changed", visit=number, from_state=source.id, to_state=target.id)
        if self._screen in _WATCHED:
            self._idle.start()
        else:
            self._idle.stop()
        self._stop_returning()
        match self._screen:
            case Screen.REHEARSING:
                self._accompany()
            case Screen.ENDED:
                self._return_after(self._times.ended_s)
            case Screen.FAIL_SAFE:
                self._wipe()
                self._return_after(FAIL_SAFE_S)
            case Screen.HOME:
                self._wipe()
            case _:
                pass
        self._publish()

    @property
    def _screen(self) -> Screen:
        return Screen(self._machine.current_state_value)

    def _accompany(self) -> None:
        if self._visit is None:
            return
        self._devices.set_volume(self._visit.call.volume)
        remote, self_view = self._sinks
        self._companion = Companion(
            self._visit,
            self._machine,
            queues=self._queues,
            rehearse=self._devices.rehearse,
            make_call=self._make_call,
            remote=remote,
            self_view=self_view,
            on_change=self._publish,
        )
        self._accompanying = self._tasks.start(
            self._live_after(self._accompanying, self._companion), "accompany"
        )

    async def _live_after(self, before: asyncio.Task[None] | None, companion: Companion) -> None:
        """Live a visit once the one before has let go of camera and sound."""
        if before is not None and not before.done():
            await asyncio.wait((before,), timeout=CLEAN_UP_S)
        await companion.live()

    def _wipe(self) -> None:
        """Drop the visit: nothing else holds what it knew."""
        if self._accompanying is not None:
            self._accompanying.cancel()
        if self._visit is not None:
            self._tasks.start(self._devices.forget(), "forget")
        self._companion = None
        self._visit = None

    def _leave(self) -> None:
        self._machine.left()

    def _return_after(self, delay_s: float) -> None:
        self._return_home = asyncio.get_running_loop().call_later(delay_s, self._leave)

    def _stop_returning(self) -> None:
        if self._return_home is not None:
            self._return_home.cancel()
            self._return_home = None

    def _broke(self, error: BaseException) -> None:
        self._log.error("visit broke", error=type(error).__name__, exc_info=error)
        self._machine.fault()

    def _ask_if_there(self, seconds_left: int | None) -> None:
        self._idle_seconds_left = seconds_left
        self._publish()

    def _publish(self) -> None:
        visit, tiles = self._visit, self._tiles()
        fresh = VisitSnapshot(place_name=self._snapshot.place_name)
        self._snapshot = replace(
            fresh,
            screen=self._screen,
            tiles=tiles,
            line_up=self._line_up(),
            agency=next((t for t in tiles if visit and t.agency == visit.agency), None),
            waiting=visit.waiting if visit else fresh.waiting,
            call=replace(visit.call, private=self._handset_lifted) if visit else fresh.call,
            ended=replace(visit.ended, home_in_s=self._times.ended_s) if visit else EndedView(),
            idle_seconds_left=self._idle_seconds_left,
            simulated=self._around.simulated,
            lost=self._around.lost,
            technician=self._around.technician,
            dock=self._around.dock,
        )
        for listener in self._listeners:
            listener(self._snapshot)
