"""All that the interface may ask of the booth, handed on to the part that it concerns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from devices.screen.interface import ScreenFacts
from kiosk.appointments.controls import AppointmentsControls
from kiosk.diagnostics.controls import TechnicianControls
from kiosk.documents.controls import PapersControls
from kiosk.visit.controls import ResidentControls
from kiosk.visit.farewell_controls import FarewellControls
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
        appointments: Callable[[], AppointmentsControls],
        technician: Callable[[], TechnicianControls],
        inputs: Inputs,
        interface_wiped: Callable[[int, Mapping[str, tuple[int, int]]], None],
        dock: DockControls | None,
    ) -> None:
        """Join them.

        `technician` makes the technician's side when it is first asked for; `dock` is None where
        it was not asked for.
        """
        self._resident = resident
        self._inputs = inputs
        self._dock = dock
        self._interface_wiped = interface_wiped
        self._appointments = appointments
        self._technician = technician
        self.touched = resident.touched
        self.choose = resident.choose
        self.cancel = resident.cancel
        self.hang_up = resident.hang_up
        self.go_home = resident.go_home
        self.set_muted = resident.set_muted
        self.set_volume = resident.set_volume
        self.agree = resident.agree
        self.show_writing = resident.show_writing
        self.type_text = resident.type_text
        self.end_text = resident.end_text
        self.correct_text = resident.correct_text
        self.show_pictures = resident.show_pictures
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

    @property
    def appointments(self) -> AppointmentsControls:
        """What the resident may ask about appointments and call-backs."""
        return self._appointments()

    @property
    def papers(self) -> PapersControls:
        """What the resident may ask about papers."""
        return self._resident.papers

    @property
    def farewell(self) -> FarewellControls:
        """What the resident may ask at the end."""
        return self._resident.farewell

    async def interface_wiped(self, number: int, counts: Mapping[str, tuple[int, int]]) -> None:
        """The interface has forgotten the last visit."""
        self._interface_wiped(number, counts)

    async def dock(self, device: str, action: str, argument: str) -> None:
        """Do something to a simulated device; nothing where the dock was not asked for."""
        if self._dock is not None:
            await self._dock.touch(device, action, argument)
