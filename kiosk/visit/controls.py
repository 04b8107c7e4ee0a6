"""What the interface may ask of a visit; every call is safe in every state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from devices.screen.interface import ScreenFacts
from kiosk.appointments.controls import AppointmentsControls
from kiosk.calls.sinks import Sinks
from kiosk.diagnostics.controls import TechnicianControls
from kiosk.documents.controls import PapersControls
from kiosk.visit.farewell_controls import FarewellControls
from kiosk.visit.snapshot import VisitSnapshot


class ResidentControls(Protocol):
    """The resident's touches, to be called on the asyncio loop.

    A touch that makes no sense in the present state is ignored: two fingers are not an error.
    """

    @property
    def snapshot(self) -> VisitSnapshot:
        """The present state."""

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        """Call `listener` on the loop with each new snapshot."""

    def show_pictures(self, sinks: Sinks) -> None:
        """Say where the pictures go."""

    @property
    def papers(self) -> PapersControls:
        """What the resident may ask about papers."""

    @property
    def farewell(self) -> FarewellControls:
        """What the resident may ask at the end."""

    async def touched(self) -> None:
        """Somebody touched the screen: they are still there."""

    async def choose(self, agency: str) -> None:
        """Join the agency's queue, or see its hours when it is closed."""

    async def agree(self) -> None:
        """« J'accepte »: be seen and heard by the agency's agent."""

    async def cancel(self) -> None:
        """Leave the queue, or what comes before it."""

    async def hang_up(self) -> None:
        """End the call."""

    async def go_home(self) -> None:
        """Back to Home from the hours, ended or fail-safe screen."""

    async def set_muted(self, muted: bool) -> None:
        """Close or open the microphone."""

    async def set_volume(self, volume: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""

    async def interface_failed(self, detail: str) -> None:
        """The interface met a fault: go to the fail-safe screen."""

    async def show_writing(self, shown: bool) -> None:
        """Open the text beside the call, or put it away."""

    async def type_text(self, text: str) -> None:
        """The line being typed now reads so: each key is sent at once."""

    async def end_text(self) -> None:
        """« Envoyer »: the line is ended, the next key begins another."""

    async def correct_text(self, number: int, text: str) -> None:
        """One of the resident's ended lines reads otherwise now; empty: it is taken back."""


class VisitControls(ResidentControls, Protocol):
    """All that the interface may ask of the booth."""

    @property
    def technician(self) -> TechnicianControls:
        """What a technician may ask; the door is closed to everybody else."""

    @property
    def appointments(self) -> AppointmentsControls:
        """What the resident may ask about appointments and call-backs."""

    async def interface_wiped(self, number: int, counts: Mapping[str, tuple[int, int]]) -> None:
        """The interface has forgotten the last visit: erased and left, by the store's name.

        `number` is `VisitSnapshot.wipe_wanted`; the names are `kiosk.visit.wipe.StoreName`s.
        """

    async def dock(self, device: str, action: str, argument: str) -> None:
        """Do something to a simulated device; only where the dock was asked for."""

    async def screen_told(self, facts: ScreenFacts | None) -> None:
        """The interface tells of the screen it is shown on."""

    async def key_handset(self, lifted: bool) -> None:
        """The key that stands for the handset's hook went down or up."""

    async def typed_code(self, text: str) -> None:
        """A scanner that types has typed a line."""
