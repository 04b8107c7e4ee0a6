"""What a visit needs of the rest of the booth; `kiosk.app` joins these to the real parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from devices.picture import PictureSink
from kiosk.appointments.view import AppointmentsView
from kiosk.calls.lane import Lane
from kiosk.calls.sinks import Sinks
from kiosk.calls.status import CallStatus
from kiosk.diagnostics.view import TechnicianView
from kiosk.documents.controls import PapersControls
from kiosk.documents.view import PapersView
from kiosk.link.events import EventKind
from kiosk.link.messages import Board, Claim, EndReason
from kiosk.link.papers import Notes
from kiosk.visit.farewell_controls import FarewellControls
from kiosk.visit.farewell_view import SummaryView, SurveyView
from kiosk.visit.snapshot import DockDevice
from kiosk.visit.wipe import Ending, Store


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

    async def leave(self) -> bool:
        """Give the place up, and return whether the broker has said that it is gone.

        The agency erases then what was deposited for it; else a while after its time to live.
        Never raises; safe to call twice.
        """


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


class VisitPapers(PapersControls, Protocol):
    """A visit's papers; made with it, and dropped with it."""

    @property
    def view(self) -> PapersView:
        """What the screen shows of them."""

    @property
    def lane(self) -> Lane:
        """What the call's connections carry of them."""

    @property
    def handed_over(self) -> int:
        """Pages that the agent has."""

    @property
    def received(self) -> tuple[str, ...]:
        """Names of the agent's documents that were shown."""

    @property
    def notes(self) -> Notes:
        """What the agent adds to the summary."""

    @property
    def downloads(self) -> int:
        """Documents on their way to the agency, or deposited there, that nobody has taken."""

    def agent_there(self, there: bool) -> None:
        """A call begins or is over."""

    def look_at_devices(self) -> None:
        """A device came or went: tell the agent what can be done with papers now."""

    async def wipe(self) -> int:
        """Erase everything, and return how many things that were; safe to call twice."""

    def left(self) -> int:
        """Return how many things are still here."""


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """What a summary can say of a visit; nothing of the person."""

    agency_name: str
    handed_over: int = 0
    """Pages."""
    received: tuple[str, ...] = ()
    """Names of the agent's documents."""
    missing: tuple[str, ...] = ()
    next: str = ""
    """In the agent's words, or the appointment made in this visit."""


class VisitFarewell(FarewellControls, Protocol):
    """The end of a visit: what to take away, and the survey."""

    @property
    def summary(self) -> SummaryView:
        """The summary under way."""

    @property
    def survey(self) -> SurveyView:
        """The survey under way."""

    def learn(self, facts: SummaryFacts) -> None:
        """There is more to say, an appointment made since."""

    def touched(self) -> None:
        """Somebody touched the screen: the survey's clock begins anew."""

    async def close(self) -> None:
        """Stop printing and sending, and forget everything."""

    def left(self) -> int:
        """Return how many things are still here."""


class FarewellMaker(Protocol):
    """Makes the end of a visit."""

    def __call__(
        self, agency: str, facts: SummaryFacts, on_change: Callable[[], None]
    ) -> VisitFarewell:
        """Return a farewell that nobody has answered yet."""


class VisitAppointments(Protocol):
    """The booth's appointments, as the visit sees them."""

    @property
    def view(self) -> AppointmentsView:
        """What the screen shows of them."""

    async def close_visit(self) -> None:
        """Give back a time that nobody has confirmed, and forget what was typed."""

    async def agent_answered(self) -> None:
        """The resident is in a call after all: nothing half done stays, and no call-back."""

    def wipe(self) -> int:
        """Forget everything that is a resident's, and return how many things that were."""

    def left(self) -> int:
        """Return how many things are still here."""


class PapersMaker(Protocol):
    """Makes the papers of a visit."""

    def __call__(
        self,
        sink: PictureSink,
        on_change: Callable[[], None],
        on_event: Callable[[EventKind, int], None],
    ) -> VisitPapers:
        """Return papers of which there are none yet."""


class VisitDevices(Protocol):
    """What a visit asks of the booth's devices, calls aside."""

    async def rehearse(self) -> None:
        """Try what a call needs, shortly, before a place in a queue is spent.

        Returns once it is known how the devices are, or the time for it is up. Never raises: what
        is wrong is then in the devices' own statuses.
        """

    def set_volume(self, volume: int) -> None:
        """Set the loudspeaker's volume, 0 to 10."""

    async def look_for_codes(self, own: PictureSink) -> None:
        """Look for codes with the booth's camera until cancelled; its picture goes to `own`."""

    async def ring(self) -> None:
        """Ring until cancelled."""

    def hang_up_lost_handset(self) -> None:
        """A visit is over: nobody can tell whether a lost handset is lifted, the next is aloud."""


class Wiping(Protocol):
    """Wipes visits and signs for it."""

    async def begin(self) -> None:
        """A visit begins: should it be cut off, the next start finds out."""

    async def wipe(self, ending: Ending, own: Sequence[Store]) -> object:
        """Wipe the visit's `own` stores, and all that the booth has."""


class Surroundings(Protocol):
    """What stands round a visit and is shown with it."""

    @property
    def simulated(self) -> tuple[str, ...]:
        """The kinds of devices that are not real."""

    @property
    def lost(self) -> tuple[str, ...]:
        """The kinds of devices that should be there and can't be used."""

    @property
    def appointments(self) -> VisitAppointments:
        """The booth's appointments."""

    @property
    def wipe_wanted(self) -> int:
        """The wipe that the interface is asked for; 0 is none."""

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


@dataclass(frozen=True, slots=True)
class Makers:
    """What makes the parts that each visit has of its own."""

    call: CallMaker
    papers: PapersMaker
    farewell: FarewellMaker
    count: Callable[[EventKind, int], None]
    """Counts what happened in a visit, and how many of it."""
