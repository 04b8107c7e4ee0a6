"""What a booth asks of an agency beside a call: appointments and call-backs; and what it answers.

A booth writes an `Errand` under its own key (`errands` bucket, `agency.kiosk.errand`), the agency's
desk writes the `ErrandAnswer` under the same key of `answers`. Only the desk writes bookings, so a
booth has no rights over any but its own questions. An errand is asked again under the same number
until it is answered: the desk does each once, however often it is asked (docs/decisions).

What is personal (a first name, a telephone number) is sealed to the agency's key: the broker never
has it in the clear.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kiosk.link.messages import ENTRY_KEY, Message, Moment, ShortText, Slug, TicketId

AppointmentId = TicketId
"""128 random bits as 32 hexadecimal digits."""

MOST_STARTS = 2_000
"""Free times told of one subject: four weeks of five agents."""
MOST_SUBJECTS = 12
HOLD_S = 300
"""How long a time is held for whoever is still typing a first name; the booth's own idle limit is
shorter."""

Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
"""The short code of an appointment, spoken as three pairs of digits."""

Start = Annotated[int, Field(ge=0, le=2**32 - 1)]
"""Unix seconds, a whole minute."""

Sealed = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{64,2400}$")]
"""`kiosk.link.sealed`: readable by the agency's desk alone."""

Pass = Annotated[str, StringConstraints(pattern=r"^VG1\.[A-Z2-7]{1,284}$")]
"""`kiosk.link.passes`: what the ticket's QR code says."""


CardMark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A card's digest hashed once more with the agency's name: two agencies cannot compare cards."""


class Subject(Message):
    """What people come for, and when an agent has time for it."""

    subject: Slug
    name: ShortText
    minutes: int = Field(ge=5, le=240)
    starts: Annotated[tuple[Start, ...], Field(max_length=MOST_STARTS)] = ()
    """Free times, soonest first; the desk leaves out what is too soon to be kept."""


class Agenda(Message):
    """What can be booked at an agency: `agendas` bucket, key `agency`, kept alive by the desk.

    With more free times than fit into a message the later ones are left out.
    """

    agency: Slug
    subjects: Annotated[tuple[Subject, ...], Field(max_length=MOST_SUBJECTS)] = ()

    @property
    def key(self) -> str:
        """Under which it stands."""
        return self.agency


class AppointmentState(StrEnum):
    """Where an appointment stands."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    HONOURED = "honoured"
    MISSED = "missed"
    """Nobody came within 10 minutes of its start."""
    CANCELLED = "cancelled"
    MOVED = "moved"
    """Another took its place."""


class Appointment(Message):
    """An appointment as a booth may know it: nothing of the person."""

    appointment: AppointmentId
    agency: Slug
    subject_name: ShortText
    starts_at: Start
    minutes: int = Field(ge=5, le=240)
    kiosk: Slug
    """Where the resident will come."""
    place_name: ShortText
    code: Code
    pass_text: Pass
    state: AppointmentState = AppointmentState.BOOKED


class Book(Message):
    """Take one of the free times of a subject, at this booth; exactly one asker gets each.

    The desk gives a time up again that no `TellPerson` has confirmed within `HOLD_S`: its booth was
    lost. One with `replaces` needs none: the desk knows the person already.
    """

    type: Literal["book"] = "book"
    subject: Slug
    starts_at: Start
    replaces: AppointmentId | None = None
    """The appointment that is moved: given up once this one is held, never before."""


class TellPerson(Message):
    """Who comes: first name, and a telephone number where one was given."""

    type: Literal["tell_person"] = "tell_person"
    appointment: AppointmentId
    sealed: Sealed
    """Of `Person` as JSON."""


class Find(Message):
    """Which appointment has this code; wrong ones are counted, and guessing is stopped."""

    type: Literal["find"] = "find"
    code: Code


class Look(Message):
    """How an appointment stands now; its pass has been read."""

    type: Literal["look"] = "look"
    appointment: AppointmentId


class CheckIn(Message):
    """The resident is here."""

    type: Literal["check_in"] = "check_in"
    appointment: AppointmentId


class Cancel(Message):
    """The resident gives the appointment up."""

    type: Literal["cancel"] = "cancel"
    appointment: AppointmentId


class LinkCard(Message):
    """Let the resident's own card stand for the appointment; another card takes its place."""

    type: Literal["link_card"] = "link_card"
    appointment: AppointmentId
    card: CardMark


class FindCard(Message):
    """Which appointment was linked to this card: of today's and later ones the soonest."""

    type: Literal["find_card"] = "find_card"
    card: CardMark


class AskCallBack(Message):
    """Call this resident back: at this booth, or at the telephone number in `sealed`."""

    type: Literal["call_back"] = "call_back"
    where: Literal["booth", "telephone"]
    sealed: Sealed | None = None
    """Of `Person` as JSON; None at the booth."""


class WithdrawCallBack(Message):
    """No longer wanted; `errand` is that of the `AskCallBack`."""

    type: Literal["withdraw_call_back"] = "withdraw_call_back"
    call_back: TicketId


class Comment(Message):
    """A resident's answer to the survey's open question; kept without booth, day or visit."""

    type: Literal["comment"] = "comment"
    sealed: Sealed
    """Of `Words` as JSON."""


ErrandBody = Annotated[
    Book
    | TellPerson
    | Find
    | Look
    | CheckIn
    | Cancel
    | LinkCard
    | FindCard
    | AskCallBack
    | WithdrawCallBack
    | Comment,
    Field(discriminator="type"),
]


class Person(Message):
    """What is asked of whoever books or wants to be called back; only ever sealed."""

    first_name: Annotated[str, StringConstraints(max_length=40)] = ""
    telephone: Annotated[str, StringConstraints(pattern=r"^(\+?[0-9]{6,15})?$")] = ""


class Words(Message):
    """What a comment says; only ever sealed."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Errand(Message):
    """A booth's question: `errands` bucket, key `agency.kiosk.errand`."""

    errand: TicketId
    agency: Slug
    kiosk: Slug
    place_name: ShortText
    asked_at: Moment
    body: ErrandBody

    @property
    def key(self) -> str:
        """Under which it stands."""
        return f"{self.agency}.{self.kiosk}.{self.errand}"


class Outcome(StrEnum):
    """What came of an errand."""

    DONE = "done"
    TAKEN = "taken"
    """Somebody else was quicker; the agenda tells what is left."""
    UNKNOWN = "unknown"
    """No such appointment, subject or time."""
    CANCELLED = "cancelled"
    """The appointment was given up or moved before."""
    USED = "used"
    """The appointment has been honoured."""
    MISSED = "missed"
    TOO_EARLY = "too_early"
    WRONG_BOOTH = "wrong_booth"
    WRONG_DAY = "wrong_day"
    REFUSED = "refused"
    """Too many questions, or something the desk does not take."""


class ErrandAnswer(Message):
    """The desk's answer: `answers` bucket, key of the errand."""

    errand: TicketId
    outcome: Outcome
    appointment: Appointment | None = None
    """The one asked for, where the asker may know it: also beside `TOO_EARLY` and `WRONG_BOOTH`."""

    def stands_under(self, key: str) -> bool:
        """Under the key of its errand, and it tells of no other agency's appointment."""
        found = ENTRY_KEY.fullmatch(key)
        own = self.appointment is None or key.startswith(f"{self.appointment.agency}.")
        return found is not None and own and found[3] == self.errand


class Expected(Message):
    """Who comes soon to a booth: `expected` bucket, key `agency.kiosk`, kept alive by the desk.

    The booth keeps itself free for them, warns whoever is there, and rings for a call-back.
    """

    agency: Slug
    kiosk: Slug
    starts: Annotated[tuple[Start, ...], Field(max_length=20)] = ()
    """Appointments of the next two hours whose residents have not come yet."""
    calling: TicketId | None = None
    """The call-back (its errand's number) whose agent is at the line now."""
    agent_name: ShortText = ""
    """Who calls back."""

    @property
    def key(self) -> str:
        """Under which it stands."""
        return f"{self.agency}.{self.kiosk}"
