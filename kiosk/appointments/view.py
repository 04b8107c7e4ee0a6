"""What the screen is told of appointments and call-backs: immutable values, made anew each time."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class BookingStep(StrEnum):
    """One question at a time."""

    AGENCY = "agency"
    SUBJECT = "subject"
    TIME = "time"
    """Days in a row, the first with free times chosen; under them its hours."""
    PERSON = "person"
    """The time is held: first name, and a telephone number if they wish."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a question."""

    key: str
    title: str
    """Subject: « Ma demande d'aide au logement »; day: « mardi »; hour: « 9 h 30 »."""
    detail: str = ""
    """Subject: « 20 minutes »; day: « 24 novembre »."""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class BookingView:
    """A booking under way."""

    step: BookingStep = BookingStep.AGENCY
    choices: tuple[Choice, ...] = ()
    """Of step AGENCY and SUBJECT."""
    days: tuple[Choice, ...] = ()
    hours: tuple[Choice, ...] = ()
    busy: bool = False
    """The agency is being asked."""
    taken: bool = False
    """Somebody else was quicker: choose another hour."""
    unreachable: bool = False
    """The agency does not answer: nothing has been booked."""
    nothing_free: bool = False
    moving: bool = False
    """Another time for an appointment that is kept until this one is held; nobody is asked for."""
    wrong_number: bool = False
    """Of step PERSON: no telephone has this number."""


class TicketState(StrEnum):
    """How the paper ticket is."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    """Nobody can say whether it came out: look."""
    FAILED = "failed"
    """Photograph the code, or note it down."""


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment, for its owner to read."""

    agency_name: str = ""
    subject_name: str = ""
    when: str = ""
    """« mardi 24 novembre à 9 h 30 »."""
    place_name: str = ""
    code: str = ""
    """« 48 03 17 »."""
    qr: str = ""
    ticket: TicketState = TicketState.NONE
    can_link: bool = False
    """A card reader is there: a card held to it now finds the appointment again."""
    card_linked: bool = False
    """The resident's own card finds it again."""


class CheckInStep(StrEnum):
    """Where a check-in stands."""

    ASKING = "asking"
    """Hold the ticket's code before the camera, type the six digits, or present a card."""
    LOOKING = "looking"
    FOUND = "found"
    """The appointment, and what can be done: come in, change the time, give it up."""
    ANSWERED = "answered"
    """`verdict` says how it is; one way on."""


class Verdict(StrEnum):
    """What a code turned out to be; each has its own sentence and way on."""

    NONE = "none"
    ON_TIME = "on_time"
    EARLY = "early"
    """More than 10 minutes before: wait, or come back."""
    LATE = "late"
    """More than 10 minutes after: join the queue, or another time."""
    WRONG_BOOTH = "wrong_booth"
    WRONG_DAY = "wrong_day"
    PAST = "past"
    USED = "used"
    CANCELLED = "cancelled"
    FORGED = "forged"
    """Not one of ours, or changed since."""
    FOREIGN = "foreign"
    """Some other code."""
    NOT_FOUND = "not_found"
    """No appointment has these six digits."""
    TOO_MANY = "too_many"
    """Wrong codes: wait a minute."""
    UNREACHABLE = "unreachable"
    """Checked here, but the agency does not answer."""
    CARD_UNKNOWN = "card_unknown"


@dataclass(frozen=True, slots=True)
class CheckInView:
    """A check-in under way."""

    step: CheckInStep = CheckInStep.ASKING
    verdict: Verdict = Verdict.NONE
    appointment: AppointmentView | None = None
    minutes: int = 0
    """Early: until the check-in opens; late: since the start."""
    opens: str = ""
    """Early: when the check-in opens, « 9 h 20 »."""
    moved: bool = False
    """The agency has put it at another time since the ticket was made: this one counts."""
    digits: str = ""
    """Of the code, as typed so far."""
    reading: bool = False
    """A code reader looks for the ticket now."""
    cards: bool = False
    """A card reader takes a card now."""
    can_come_in: bool = False
    """« Je suis là », or « Attendre quand même »."""
    can_cancel: bool = False
    can_move: bool = False
    cancelled: bool = False
    """The resident gave it up just now."""


class CallBackStep(StrEnum):
    """Being called back."""

    ASKING = "asking"
    """Here, or by telephone."""
    NUMBER = "number"
    SENDING = "sending"
    DONE_BOOTH = "done_booth"
    DONE_TELEPHONE = "done_telephone"
    FAILED = "failed"
    """The agency does not answer: nothing was left there."""


@dataclass(frozen=True, slots=True)
class CallBackView:
    """A call-back being asked for."""

    step: CallBackStep = CallBackStep.ASKING
    wrong_number: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedView:
    """The next appointment at this booth."""

    agency_name: str = ""
    starts: str = ""
    """« 10 h »; empty when nobody is expected soon."""
    minutes: int = 0
    """Until then."""
    kept: bool = False
    """The booth is kept free for it: whoever begins something else is told first."""


@dataclass(frozen=True, slots=True)
class RingView:
    """An agency calls a resident back at this booth."""

    agency_name: str = ""
    agent_name: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentsView:
    """All of it."""

    booking: BookingView = field(default_factory=BookingView)
    booked: AppointmentView = field(default_factory=AppointmentView)
    check_in: CheckInView = field(default_factory=CheckInView)
    call_back: CallBackView = field(default_factory=CallBackView)
    expected: ExpectedView = field(default_factory=ExpectedView)
    ring: RingView | None = None
