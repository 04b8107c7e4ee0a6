"""What a visit needs of the rest of the booth; `kiosk.app` joins these to the real parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.calls.lane import Lane
from kiosk.calls.status import CallStatus
from kiosk.diagnostics.view import TechnicianView
from kiosk.link.messages import Board, Claim, EndReason
from kiosk.visit.sinks import Sinks
from kiosk.visit.snapshot import DockDevice


class Place(Protocol):
    """A place held in an agency's queue, from `Queues.join` until `leave`."""

    @property
    def ticket(self) -> str:
        """The ticket's identifier."""

    @property
    def claim(self) -> Claim | None:
        """The agent who holds the ticket, as last heard; kept while the line is down."""

    async def claimed(self) -> Claim:
        """Wait for an agent to answer."""

    async def talk(self, agent: str | None) -> None:
        """Say that the resident is in a call with `agent`, or (None) waits again."""

    async def linger(self) -> None:
        """The call is over and the resident still there: what was deposited for them is kept."""

    async def leave(self) -> None:
        """Give the place up. Never raises; safe to call twice."""


class Queues(Protocol):
    """The agencies' queues, as this booth sees them."""

    def board(self, agency: str) -> Board | None:
        """What the agency's desk last said; None when it is silent."""

    async def join(
        self, agency: str, *, appointment: str | None = None, call_back: str | None = None
    ) -> Place:
        """Take a place at the end of the queue; waits for the line when it is down.

        For an appointment or a call-back the agents are told which.
        """


class VisitCall(Protocol):
    """One call, across all its recoveries."""

    async def run(self) -> EndReason:
        """Talk until it ends; camera and sound are released when this returns or is cancelled."""

    async def hang_up(self) -> None:
        """End the call: `run` returns `EndReason.RESIDENT`."""

    def set_muted(self, muted: bool) -> None:
        """Close or open the microphone."""


class VisitDevices(Protocol):
    """What a visit asks of the booth's devices, calls aside."""

    async def rehearse(self) -> None:
        """Try what a call needs, shortly, before a place in a queue is spent.

        Returns once it is known how the devices are, or the time for it is up. Never raises: what
        is wrong is then in the devices' own statuses.
        """

    def set_volume(self, volume: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""

    async def forget(self) -> None:
        """A visit is over: empty the devices of what it has left in them."""


class Surroundings(Protocol):
    """What stands round a visit and is shown with it."""

    @property
    def simulated(self) -> tuple[str, ...]:
        """The kinds of devices that are not real."""

    @property
    def lost(self) -> tuple[str, ...]:
        """The kinds of devices that should be there and can't be used."""

    @property
    def dock(self) -> tuple[DockDevice, ...]:
        """The simulated devices on the dock; none unless it was asked for."""

    @property
    def technician(self) -> TechnicianView | None:
        """What the technician's screens show, while they are open."""


class CallMaker(Protocol):
    """Makes the call of a ticket that an agent has claimed."""

    def __call__(
        self,
        agency: str,
        ticket: str,
        *,
        sinks: Sinks,
        lanes: Sequence[Lane],
        on_change: Callable[[CallStatus], None],
    ) -> VisitCall:
        """Return a call that has not begun; its connections carry the lanes as data channels."""
