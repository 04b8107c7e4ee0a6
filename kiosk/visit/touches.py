"""What the resident touches, handed to the part of the visit that it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kiosk.calls.sinks import Sinks
from kiosk.documents.controls import PapersControls
from kiosk.log import get_logger
from kiosk.visit.accompany import Companion
from kiosk.visit.conversation import Conversation
from kiosk.visit.farewell_controls import FarewellControls
from kiosk.visit.nobody import nobodys_farewell, nobodys_papers
from kiosk.visit.ports import VisitDevices
from kiosk.visit.reception import Reception
from kiosk.visit.snapshot import Screen, TileState, VisitSnapshot

MAX_VOLUME = 10

_JOINABLE = (TileState.AVAILABLE, TileState.BUSY, TileState.EXPECTED)


class ResidentTouches:
    """`ResidentControls` over the reception; what makes no sense now changes nothing."""

    def __init__(self, reception: Reception, devices: VisitDevices) -> None:
        self._reception = reception
        self._devices = devices
        self._log = get_logger("visit")

    @property
    def snapshot(self) -> VisitSnapshot:
        """The present state."""
        return self._reception.snapshot

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        """Call `listener` on the loop with each new snapshot."""
        self._reception.subscribe(listener)

    def show_pictures(self, sinks: Sinks) -> None:
        """Say where the pictures go."""
        self._reception.show_pictures(sinks)

    async def touched(self) -> None:
        """Somebody touched the screen."""
        self._reception.touched()

    async def choose(self, agency: str) -> None:
        """Ask to be seen by the agency's agent, or see its hours when it is closed.

        From a queue: give that place up for another agency where somebody can be waited for.
        """
        reception = self._reception
        tile = next((tile for tile in reception.tiles if tile.agency == agency), None)
        if tile is None or tile.state is TileState.UNREACHABLE:
            return
        if reception.screen is Screen.WAITING and tile.state in _JOINABLE:
            # Another agency is another visit: what was prepared for the first is not for its eyes.
            reception.leave()
        if reception.screen is not Screen.HOME:
            return
        reception.begin(agency)
        if tile.state in _JOINABLE:
            reception.machine.open_agency_touched()
        else:
            reception.machine.closed_agency_touched()

    async def agree(self) -> None:
        """« J'accepte »."""
        self._reception.machine.agreed()

    async def cancel(self) -> None:
        """Leave the queue, or what comes before it."""
        if self._reception.screen in (Screen.CONSENT, Screen.REHEARSING, Screen.WAITING):
            self._reception.leave()

    async def hang_up(self) -> None:
        """End the call."""
        if (companion := self._companion) is not None:
            await companion.hang_up()

    async def go_home(self) -> None:
        """Back to Home from a screen on which nobody else waits for the resident."""
        if self._reception.screen not in (
            Screen.HOME,
            Screen.CONNECTING,
            Screen.IN_CALL,
            Screen.TECHNICIAN,
        ):
            self._reception.leave()

    async def set_muted(self, muted: bool) -> None:
        """Close or open the microphone."""
        if (companion := self._companion) is not None:
            companion.set_muted(muted)

    async def set_volume(self, volume: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""
        stay = self._reception.stay
        if stay is not None and 0 <= volume <= MAX_VOLUME:
            visit = stay.visit
            self._devices.set_volume(volume)
            visit.call = replace(visit.call, volume=volume)
            self._reception.publish()

    async def show_writing(self, shown: bool) -> None:
        """Open the text beside the call, or put it away."""
        if (conversation := self._conversation) is not None:
            conversation.show_writing(shown=shown)

    async def type_text(self, text: str) -> None:
        """The line being typed now reads so."""
        if (conversation := self._conversation) is not None:
            conversation.type(text)

    async def end_text(self) -> None:
        """The line is ended."""
        if (conversation := self._conversation) is not None:
            conversation.end()

    async def correct_text(self, number: int, text: str) -> None:
        """One of the resident's ended lines reads otherwise now."""
        if (conversation := self._conversation) is not None:
            conversation.correct(number, text)

    @property
    def papers(self) -> PapersControls:
        """What the resident may ask about papers."""
        stay = self._reception.stay
        return nobodys_papers() if stay is None or stay.papers is None else stay.papers

    @property
    def farewell(self) -> FarewellControls:
        """What the resident may ask at the end."""
        stay = self._reception.stay
        if stay is not None and stay.farewell is not None:
            return stay.farewell
        if self._reception.screen is Screen.ENDED:
            return _NothingToTakeAway(self._reception.leave)  # type: ignore[abstract]
        return nobodys_farewell()

    async def interface_failed(self, detail: str) -> None:
        """The interface met a fault: go to the fail-safe screen."""
        self._log.error("interface failed", reason=detail)
        self._reception.machine.fault()

    @property
    def _companion(self) -> Companion | None:
        stay = self._reception.stay
        return None if stay is None else stay.companion

    @property
    def _conversation(self) -> Conversation | None:
        stay = self._reception.stay
        return None if stay is None else stay.conversation


class _NothingToTakeAway(FarewellControls):
    """The end of a call in which nothing was seen or heard: « Terminer » leads Home."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave = leave

    async def go_on(self) -> None:
        """Home, without a survey."""
        self._leave()
