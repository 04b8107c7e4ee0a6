"""What the screen is told of a visit: immutable values, made anew at each change."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.appointments.view import AppointmentsView
from kiosk.calls.status import Quality
from kiosk.diagnostics.view import TechnicianView
from kiosk.documents.view import PapersView
from kiosk.link.messages import EndReason
from kiosk.visit.farewell_view import SummaryView, SurveyView

__all__ = [
    "CallView",
    "DockDevice",
    "EndedView",
    "Quality",
    "Screen",
    "Tile",
    "TileState",
    "VisitSnapshot",
    "WaitingView",
    "WrittenLine",
]


class Screen(StrEnum):
    """The screens; one per state of the visit machine."""

    HOME = "home"
    HOURS = "hours"
    """A closed agency was touched: when it opens, what can be booked, and the way back."""
    CONSENT = "consent"
    """Before the first call: who will see and hear you, nothing is recorded, you may stop."""
    REHEARSING = "rehearsing"
    """A service was chosen: the devices are tried before a place in its queue is spent."""
    WAITING = "waiting"
    CONNECTING = "connecting"
    IN_CALL = "in_call"
    ENDED = "ended"
    SUMMARY = "summary"
    """What of the visit to take away, printed or as a code."""
    SURVEY = "survey"
    BOOKING = "booking"
    """Agency, subject, time, first name; from Home, a closed agency, or the queue."""
    BOOKED = "booked"
    """The appointment with its code, and the printed ticket."""
    CHECKING_IN = "checking_in"
    CALL_BACK = "call_back"
    RINGING = "ringing"
    """An agency calls a resident back at this booth."""
    FAIL_SAFE = "fail_safe"
    TECHNICIAN = "technician"


class TileState(StrEnum):
    """What a tile of Home says of its agency."""

    AVAILABLE = "available"
    """An agent can answer now."""
    BUSY = "busy"
    """Every agent is in a call, or people already wait."""
    EXPECTED = "expected"
    """Within opening hours by the timetable, but no agent is signed in."""
    CLOSED = "closed"
    UNREACHABLE = "unreachable"
    """The line to the agencies is down."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One agency on Home."""

    agency: str
    name: str
    """As residents say it, e.g. « CAF »."""
    full_name: str
    """In full words, e.g. « Allocations familiales »."""
    monogram: str
    colour: str
    """`#rrggbb`, dark enough for white text at 7:1."""
    state: TileState
    waiting: int = 0
    opens: str = ""
    """When closed: the next opening in words, e.g. « demain à 9 h »; empty when not known."""
    week: tuple[tuple[str, str], ...] = ()
    """Each day's name and its hours in words, Monday first, for the hours screen."""
    zone: str = ""
    """In whose time those are meant, an IANA name; empty: the computer's own."""


@dataclass(frozen=True, slots=True)
class WaitingView:
    """The place in the queue."""

    closing: bool = False
    """The agency closes: whoever waits is told, and offered another way."""
    nobody: bool = False
    """No agent of the agency is signed in any more: whoever waits is told, and offered the same."""
    arrived: bool = False
    """For an appointment: no place is counted, the agent knows."""

    position: int | None = None
    """1 is next; None until the desk has told it."""
    estimate_min: tuple[int, int] | None = None
    """Lowest and highest likely wait in minutes; None where there is no ground for one."""


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One written message of a call."""

    text: str
    own: bool
    """The resident's, or the agent's."""
    number: int = 0
    """Of its owner's lines, from 1."""
    ended: bool = True
    """False while it is being typed."""
    corrected: bool = False
    """It read otherwise once."""


@dataclass(frozen=True, slots=True)
class CallView:
    """A call as the resident sees it."""

    agent_name: str = ""
    connected_at: float | None = None
    """`time.monotonic()` of the first picture or sound; the screen counts from it."""
    muted: bool = False
    volume: int = 6
    """0 to 10."""
    quality: Quality = Quality.GOOD
    slowed: bool = False
    """Nothing has come for 2 s: « La connexion est ralentie »."""
    remote_video: bool = False
    camera_working: bool = True
    microphone_working: bool = True
    loudspeaker_working: bool = True
    private: bool = False
    """The handset is lifted: sound goes through it alone."""
    writing: bool = False
    """The text beside the call is shown: the resident or the agent began to write, or microphone
    or loudspeaker is lost for good."""
    written: tuple[WrittenLine, ...] = ()
    """Real-time text, in the order in which lines were begun; gone with the visit."""
    unread: int = 0
    """Lines of the agent's since the text was last shown."""
    showing: bool = False
    """The agent shares a window: its picture goes to the shared sink."""
    pointer: tuple[float, float] | None = None
    """Where the agent points in it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class EndedView:
    """How a call ended."""

    reason: EndReason = EndReason.RESIDENT
    duration_s: int | None = None
    home_in_s: int = 20
    """How long the screen stays before Home."""


@dataclass(frozen=True, slots=True)
class DockDevice:
    """One simulated device on the dock."""

    kind: str
    """A `DeviceKind` value."""
    state: str
    """A `DeviceState` value."""
    actions: tuple[tuple[str, str], ...]
    """Name of each action, and what its argument means (empty: none)."""


@dataclass(frozen=True, slots=True)
class VisitSnapshot:
    """All that the interface shows, at one moment."""

    screen: Screen = Screen.HOME
    tiles: tuple[Tile, ...] = ()
    line_up: bool = False
    agency: Tile | None = None
    """The agency chosen; None on Home."""
    waiting: WaitingView = field(default_factory=WaitingView)
    call: CallView = field(default_factory=CallView)
    ended: EndedView = field(default_factory=EndedView)
    papers: PapersView = field(default_factory=PapersView)
    appointments: AppointmentsView = field(default_factory=AppointmentsView)
    summary: SummaryView = field(default_factory=SummaryView)
    survey: SurveyView = field(default_factory=SurveyView)
    assisted: bool = False
    """A mediator's card was presented in this visit."""
    idle_seconds_left: int | None = None
    """While « Êtes-vous toujours là ? » is shown: seconds until Home."""
    simulated: tuple[str, ...] = ()
    """What is simulated, as `DeviceKind` values; for the technician's corner."""
    lost: tuple[str, ...] = ()
    """What this booth should have and can't use now, as `DeviceKind` values; the interface says
    so on the screens it matters to, with the way round it."""
    technician: TechnicianView | None = None
    """While the technician's screens, or their door, are open."""
    dock: tuple[DockDevice, ...] = ()
    """The simulated devices with what can be done to them; empty unless the dock was asked for."""
    place_name: str = ""
    wipe_wanted: int = 0
    """A number not seen before asks the interface to forget the last visit, and to say so."""
