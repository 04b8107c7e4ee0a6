"""What the agenda's page is told, and tells: the JSON of `/api/agenda`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desk.agenda.rules import Rules
from kiosk.link.bookings import Date
from kiosk.link.errands import AppointmentId, AppointmentState, Start
from kiosk.link.messages import Slug, TicketId

Action = Literal["honoured", "missed", "cancel", "move"]
"""What may be done with an appointment now; the last part of its POST address."""


class Shape(BaseModel):
    """Base of all shapes: closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AppointmentRow(Shape):
    """One appointment, with the person as far as they said who they are."""

    appointment: AppointmentId
    starts_at: Start
    minutes: int
    lane: Slug
    kiosk: Slug
    place_name: str
    subject: Slug
    subject_name: str
    state: AppointmentState
    code: str
    """Six digits; empty once the appointment is over."""
    first_name: str = ""
    telephone: str = ""
    actions: tuple[Action, ...] = ()


class FreeTime(Shape):
    """A time that can be had, with how many lanes have it."""

    subject: Slug
    starts_at: Start
    minutes: int
    lanes: int


class DayRow(Shape):
    """A day of the week."""

    date: Date
    opens: bool
    """Whether anything is open at all, before bookings and absences."""
    appointments: tuple[AppointmentRow, ...] = ()
    """By start, moved and cancelled ones among them."""
    free: tuple[FreeTime, ...] = ()


class CallBackRow(Shape):
    """A resident who waits to be called back."""

    call_back: TicketId
    where: Literal["booth", "telephone"]
    kiosk: Slug
    place_name: str
    asked_at: float
    """Unix seconds."""
    first_name: str = ""
    telephone: str = ""
    """Only with `where` telephone."""
    ringing: bool = False
    """The booth rings now; answered, it stands in the queue as any ticket."""
    agent_name: str = ""
    """Who rings."""


class Week(Shape):
    """`GET /api/agenda/week?from=YYYY-MM-DD`: seven days from that one."""

    now: float
    time_zone: str
    """IANA name; all `starts_at` are Unix seconds, all dates are of this zone."""
    rules_version: int
    lanes: tuple[Slug, ...]
    """Of the rules, and of the bookings shown."""
    days: tuple[DayRow, ...]
    call_backs: tuple[CallBackRow, ...]
    """Longest waiting first."""


class Move(Shape):
    """Body of `POST …/move`: same subject, same booth, another time."""

    starts_at: Start


class Imported(Shape):
    """Answer of `POST /api/agenda/import?lane=<slug>`."""

    absences: int
    """Times taken over; they replace those of the lane's import before."""
    left_out: int
    """Events that are over, free, beyond the horizon or not understood."""
    rules: Rules


class Rate(Shape):
    """How appointments ended."""

    honoured: int = 0
    missed: int = 0
    cancelled: int = 0
    honoured_share: float | None = None
    """Of those honoured or missed, 0 to 1; None where there are none."""


class BoothRate(Rate):
    """The same of one booth."""

    kiosk: Slug
    place_name: str


class Rates(Shape):
    """`GET /api/agenda/rates?from=YYYY-MM-DD&to=YYYY-MM-DD`: both days included, 92 at most."""

    agency: Rate
    booths: tuple[BoothRate, ...]


class Comments(Shape):
    """`GET /api/agenda/comments`: in no order, for nobody shall be told who wrote when."""

    comments: tuple[Annotated[str, Field(max_length=300)], ...]


class Refused(Shape):
    """Body of every answer of 400 and above, in place of what was asked for."""

    reason: Literal[
        "malformed",
        "signed_out",
        "unknown",
        "outdated",
        "taken",
        "state",
        "too_many",
        "unreachable",
    ]
    """400 `malformed`; 401 `signed_out`; 404 `unknown`; 409 `outdated` (the rules changed since),
    `taken` (somebody else was quicker) or `state` (not possible as the appointment is now);
    413 or 429 `too_many`; 503 `unreachable` (the broker; nothing was done as far as is known)."""
