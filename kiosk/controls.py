"""All that the interface may ask of the booth, handed on to the part that it concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from devices.picture import PictureSink
from devices.screen.interface import ScreenFacts
from kiosk.diagnostics.controls import TechnicianControls
from kiosk.visit.controls import ResidentControls
from kiosk.visit.snapshot import VisitSnapshot


class Inputs(Protocol):
    """What of the booth's devices reaches the booth through its window."""

    async def screen_told(self, facts: ScreenFacts | None) -> None:
        """The interface tells of the screen it is shown on."""

    async def key_handset(self, lifted: bool) -> None:
        """The key that stands for the handset's hook."""

    async def typed_code(self, text: str) -> None:
        """A scanner that types has typed a line."""


class DockControls(Protocol):
    """The dock's own touches."""

    async def touch(self, device: str, action: str, argument: str) -> None:
        """Do something to a simulated device."""


class BoothControls:
    """`VisitControls`: the resident's, the technician's, the window's and the dock's."""

    def __init__(
        self,
        resident: ResidentControls,
        technician: Callable[[], TechnicianControls],
        inputs: Inputs,
        dock: DockControls | None,
    ) -> None:
        """Join them.

        `technician` makes the technician's side when it is first asked for; `dock` is None where
        it was not asked for.
        """
        self._resident = resident
        self._inputs = inputs
        self._dock = dock
        self._technician = technician
        self.touched = resident.touched
        self.choose = resident.choose
        self.cancel = resident.cancel
        self.hang_up = resident.hang_up
        self.go_home = resident.go_home
        self.set_muted = resident.set_muted
        self.set_volume = resident.set_volume
        self.write = resident.write
        self.interface_failed = resident.interface_failed
        self.screen_told = inputs.screen_told
        self.key_handset = inputs.key_handset
        self.typed_code = inputs.typed_code

    @property
    def technician(self) -> TechnicianControls:
        """What a technician may ask."""
        return self._technician()

    @property
    def snapshot(self) -> VisitSnapshot:
        """The present state."""
        return self._resident.snapshot

    def subscribe(self, listener: Callable[[VisitSnapshot], None]) -> None:
        """Call `listener` on the loop with each new snapshot."""
        self._resident.subscribe(listener)

    def show_pictures(self, remote: PictureSink, self_view: PictureSink) -> None:
        """Say where the agent's and the resident's own pictures go."""
        self._resident.show_pictures(remote, self_view)

    async def dock(self, device: str, action: str, argument: str) -> None:
        """Do something to a simulated device; nothing where the dock was not asked for."""
        if self._dock is not None:
            await self._dock.touch(device, action, argument)
