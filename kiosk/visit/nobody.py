"""What answers touches that come when nobody's visit is there to take them: nothing happens."""

from __future__ import annotations

from kiosk.appointments.controls import AppointmentsControls
from kiosk.appointments.view import AppointmentsView
from kiosk.documents.controls import PapersControls
from kiosk.visit.farewell_controls import FarewellControls


class _NobodysPapers(PapersControls):
    """The protocol's own empty methods."""


class _NobodysAppointments(AppointmentsControls):
    """The protocol's own empty methods."""


class _NobodysFarewell(FarewellControls):
    """The protocol's own empty methods."""


def nobodys_papers() -> PapersControls:
    """Return what stands for papers while there is no visit."""
    return _NobodysPapers()  # type: ignore[abstract]


def nobodys_appointments() -> AppointmentsControls:
    """Return what stands for appointments where none can be asked for."""
    return _NobodysAppointments()  # type: ignore[abstract]


def nobodys_farewell() -> FarewellControls:
    """Return what stands for the end of a visit while none has ended."""
    return _NobodysFarewell()  # type: ignore[abstract]


class NoAppointments:
    """`VisitAppointments` before anybody has asked for one."""

    view = AppointmentsView()

    async def close_visit(self) -> None:
        """Nothing was begun."""

    async def agent_answered(self) -> None:
        """Nothing was begun."""

    def wipe(self) -> int:
        """Nothing was typed."""
        return 0

    def left(self) -> int:
        """Nothing is here."""
        return 0
