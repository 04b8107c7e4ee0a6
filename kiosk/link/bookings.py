"""How an agency's desk keeps its appointments on the broker: one entry for each day.

`bookings-<agency>`: `day.<date>` has all of a day's bookings in all lanes, and is replaced only on
the condition that nobody replaced it before (docs/decisions/0019); `code.<digits>` says whose a
code is; `person.<appointment>` has what is personal, sealed, and is erased long before the day is;
`agency.*` and `list.*` have what else the agency's gateways share.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from kiosk.link.errands import AppointmentId, AppointmentState, CardMark, Code, Sealed, Start
from kiosk.link.messages import Message, Moment, ShortText, Slug, TicketId

MOST_OF_A_DAY = 220
"""Bookings of one day, given up ones among them: with the longest names they fit in a message."""
MOST_NAMES = 60
"""Different booths, or different subjects, of one day's bookings."""

MOST_CALL_BACKS = 80
"""People waiting to be called back; with the longest names and numbers they fit in a message."""
MOST_COMMENTS = 200
CALL_BACKS_KEY: Final = "list.call-backs"
COMMENTS_KEY: Final = "list.comments"
RULES_KEY: Final = "agency.rules"
CLOSING_KEY: Final = "agency.closing"
MAX_PACKED_RULES: Final = 64_000
"""Characters: a message less its margin. Rules are several times as long before they are packed."""

Date = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]$")]
"""A day of the agency's own calendar, as ISO 8601 writes it."""


class Booking(Message):
    """One appointment of a day, with nothing of the person."""

    appointment: AppointmentId
    kiosk: Slug
    subject: Slug
    starts_at: Start
    minutes: int = Field(ge=5, le=240)
    lane: Slug
    """Whose time it takes: an agent's user name, or `pool-<number>`."""
    code: Code
    state: AppointmentState = AppointmentState.BOOKED
    replaces: AppointmentId | None = None
    closed_by: AppointmentId | None = None
    """The errand that gave it up, or the appointment that took its place."""
    held_until: Start | None = None
    """Nobody has said who comes: given up then. None: confirmed."""
    card: CardMark | None = None
    """Stands for the appointment until the end of its day."""

    @property
    def ends_at(self) -> int:
        """When its lane is free again, Unix seconds."""
        return self.starts_at + 60 * self.minutes


class Day(Message):
    """The bookings of a day: `bookings-<agency>` bucket, key `day.<date>`."""

    date: Date
    places: Annotated[dict[Slug, ShortText], Field(max_length=MOST_NAMES)] = Field(
        default_factory=dict
    )
    """Booth = its place, as residents read it."""
    subjects: Annotated[dict[Slug, ShortText], Field(max_length=MOST_NAMES)] = Field(
        default_factory=dict
    )
    """Subject = its name when it was booked."""
    bookings: Annotated[tuple[Booking, ...], Field(max_length=MOST_OF_A_DAY)] = ()

    @property
    def key(self) -> str:
        """Under which it stands."""
        return day_key(self.date)


class KeptPerson(Message):
    """Who comes, sealed: key `person.<appointment>`."""

    appointment: AppointmentId
    sealed: Sealed

    @property
    def key(self) -> str:
        """Under which it stands."""
        return person_key(self.appointment)


class KeptCode(Message):
    """Whose code it is: key `code.<digits>`, made by *create*, so that no two have the same."""

    code: Code
    appointment: AppointmentId
    starts_at: Start

    @property
    def key(self) -> str:
        """Under which it stands."""
        return code_key(self.code)


class KeptCallBack(Message):
    """A resident who waits to be called back."""

    call_back: TicketId
    kiosk: Slug
    place_name: ShortText
    where: Literal["booth", "telephone"]
    asked_at: Moment
    sealed: Sealed | None = None
    ringing_until: Moment = 0
    """The booth rings until then, unless it is answered before; in the past: it does not."""
    agent_name: ShortText = ""
    """Who rings."""


class CallBacks(Message):
    """All who wait to be called back: key `list.call-backs`."""

    waiting: Annotated[tuple[KeptCallBack, ...], Field(max_length=MOST_CALL_BACKS)] = ()

    @property
    def key(self) -> str:
        """Under which it stands."""
        return CALL_BACKS_KEY


class KeptComment(Message):
    """A comment; its number comes from the errand's, and tells neither when nor where."""

    comment: AppointmentId
    sealed: Sealed


class Comments(Message):
    """The comments kept, by number: key `list.comments`."""

    comments: Annotated[tuple[KeptComment, ...], Field(max_length=MOST_COMMENTS)] = ()

    @property
    def key(self) -> str:
        """Under which it stands."""
        return COMMENTS_KEY


class KeptRules(Message):
    """What the agency opens, as its desk understands it: key `agency.rules`; stays for ever."""

    version: int = Field(ge=0, le=2**53)
    packed: Annotated[
        str, StringConstraints(pattern=r"^[A-Za-z0-9_=-]*$", max_length=MAX_PACKED_RULES)
    ]
    """JSON, compressed (RFC 1950), in base64 (RFC 4648, section 5)."""

    @property
    def key(self) -> str:
        """Under which it stands."""
        return RULES_KEY


class KeptClosing(Message):
    """Whether those who wait are told that the agency closes: key `agency.closing`."""

    closing: bool = False
    since: Moment = 0

    @property
    def key(self) -> str:
        """Under which it stands."""
        return CLOSING_KEY


def day_key(date: str) -> str:
    """Return the key of a day, `2026-11-24` say."""
    return f"day.{date}"


def person_key(appointment: str) -> str:
    """Return the key of whoever comes to an appointment."""
    return f"person.{appointment}"


def code_key(code: str) -> str:
    """Return the key of a code."""
    return f"code.{code}"


def bucket_name(agency: str) -> str:
    """Return the bucket of an agency's bookings."""
    return f"bookings-{agency}"
