"""What the agent's page and the gateway say to each other on the page's WebSocket.

The page (a browser, or the robot) signs in with `POST /api/session` `{"user", "password"}`, keeps
the cookie, and opens `/ws` with it; both need an `Origin` header that the gateway knows. Then:

1. the gateway sends `welcome`, `line`, `queue`, `presence`, and `call` when this agent is in one;
2. the page sends `presence` when the agent becomes available or away, `claim` to answer a ticket;
3. on `claimed` with outcome `won` a `call` follows; the page sends `ready` in a `signal` each
   second until an `offer` comes, and answers it; `bye` in a `signal`, either way, ends the call;
4. `ended` closes a call for the page, whoever ended it; `parcel_taken` tells of a deposit of this
   agent's (`desk.parcel_routes`), during a call or after it;
5. each `ping` is answered by a `pong`; 3 s of silence close the socket from either side.

The gateway closes with `CLOSE_SIGN_IN` when the session is not known, `CLOSE_SUPERSEDED` when the
same agent opened another page, `CLOSE_POLICY` for a page that floods or talks nonsense without end.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from kiosk.link.messages import (
    MAX_MESSAGE_BYTES,
    AgentState,
    Answer,
    Bye,
    Candidate,
    EndReason,
    LostDevices,
    MalformedMessage,
    Message,
    Ready,
    ShortText,
    SignalBody,
    Slug,
    TicketId,
)
from kiosk.link.papers import DocumentId

CLOSE_SIGN_IN = 4401
CLOSE_SUPERSEDED = 4409
CLOSE_POLICY = 1008
"""RFC 6455 section 7.4: the first two are of the private range, the third is "policy violation"."""

HEARTBEAT_S = 1.0
DEAD_AFTER_S = 3.0
"""Three missed heartbeats: one may be lost to a busy processor, three are a dead line."""


class SetPresence(Message):
    """Page: the agent can be called, or not."""

    type: Literal["presence"] = "presence"
    state: Literal[AgentState.AVAILABLE, AgentState.AWAY]


class ClaimTicket(Message):
    """Page: the agent pressed « Répondre »."""

    type: Literal["claim"] = "claim"
    ticket: TicketId


class PageSignal(Message):
    """Page to booth, through the gateway: of this agent's own call, and only what a desk says."""

    type: Literal["signal"] = "signal"
    ticket: TicketId
    body: Annotated[Ready | Answer | Candidate | Bye, Field(discriminator="type")]


class SetClosing(Message):
    """Page: the agency closes with people waiting, or no longer; until nobody waits."""

    type: Literal["closing"] = "closing"
    on: bool


class Pong(Message):
    """Page: the answer to a ping, with its number."""

    type: Literal["pong"] = "pong"
    n: int = Field(ge=0, le=2**53)


PageMessage = Annotated[
    SetPresence | ClaimTicket | PageSignal | SetClosing | Pong,
    Field(discriminator="type"),
]


class IceServer(Message):
    """One entry of the W3C `RTCConfiguration.iceServers`."""

    urls: tuple[str, ...]
    username: str | None = None
    credential: str | None = None


class Welcome(Message):
    """Gateway: who the page speaks for; first message on each socket."""

    type: Literal["welcome"] = "welcome"
    agent: Slug
    name: ShortText
    agency: Slug
    agency_name: ShortText
    now: float
    """The gateway's clock, Unix seconds: waiting times are counted against it."""
    ice_servers: tuple[IceServer, ...] = ()


class LineState(Message):
    """Gateway: whether the line to the booths is up."""

    type: Literal["line"] = "line"
    up: bool


class OwnPresence(Message):
    """Gateway: the agent's state, as told to the agency."""

    type: Literal["presence"] = "presence"
    state: AgentState


class QueueEntry(Message):
    """One ticket of the agency, as the page shows it."""

    ticket: TicketId
    kiosk: Slug
    place_name: ShortText
    since: float
    claimed_by: ShortText | None = None
    """The agent who is answering or in the call; None while it waits."""
    lost: LostDevices = ()
    """What of its booth does not work."""
    appointment: bool = False
    """Whether the resident has come for an appointment: « arrivé »."""
    appointment_at: Annotated[str, Field(pattern=r"^([0-2][0-9]:[0-5][0-9])?$")] = ""
    """When that begins, in the agency's own time; empty where the agenda does not know of it."""
    appointment_with: Slug | Literal[""] = ""
    """The agent whose time it is; empty: whoever is there."""
    appointment_with_name: ShortText = ""
    appointment_with_here: bool = False
    """Whether that agent is signed in: colleagues leave the resident to them."""
    call_back: bool = False
    """Whether the resident answers a call-back."""


class QueueState(Message):
    """Gateway: the agency's queue in its order, sent whole at each change."""

    type: Literal["queue"] = "queue"
    waiting: tuple[QueueEntry, ...] = ()
    """Who has come for an appointment stands first."""
    in_call: tuple[QueueEntry, ...] = ()
    available: int = 0
    """Agents of the agency who can be called now, this one included."""
    busy: int = 0
    closing: bool = False
    """Whether those who wait have been told that the agency closes."""


class Claimed(Message):
    """Gateway: what became of a `claim`."""

    type: Literal["claimed"] = "claimed"
    ticket: TicketId
    outcome: Literal["won", "lost", "gone", "no_line"]
    by: ShortText | None = None
    """When lost: the name of the agent who has it."""


class InCall(Message):
    """Gateway: this page holds this call; sent after a won claim and to a page that comes back."""

    type: Literal["call"] = "call"
    ticket: TicketId
    kiosk: Slug
    place_name: ShortText
    since: float
    """When it was answered, by the gateway's clock, Unix seconds."""
    resumed: bool = False


class BoothPresence(Message):
    """Gateway: whether the booth still keeps the ticket of the call alive."""

    type: Literal["booth"] = "booth"
    ticket: TicketId
    present: bool


class BoothSignal(Message):
    """Booth to page, through the gateway."""

    type: Literal["signal"] = "signal"
    ticket: TicketId
    body: SignalBody


class Ended(Message):
    """Gateway: this call is over."""

    type: Literal["ended"] = "ended"
    ticket: TicketId
    reason: EndReason


class ParcelTaken(Message):
    """Gateway: a document that this page deposited has been fetched, and is gone from here."""

    type: Literal["parcel_taken"] = "parcel_taken"
    ticket: TicketId
    id: DocumentId


class Ping(Message):
    """Gateway: each second."""

    type: Literal["ping"] = "ping"
    n: int


GatewayMessage = (
    Welcome
    | LineState
    | OwnPresence
    | QueueState
    | Claimed
    | InCall
    | BoothPresence
    | BoothSignal
    | Ended
    | ParcelTaken
    | Ping
)

_PAGE_MESSAGE: TypeAdapter[SetPresence | ClaimTicket | PageSignal | SetClosing | Pong] = (
    TypeAdapter(PageMessage)
)


def decode_page_message(text: str) -> SetPresence | ClaimTicket | PageSignal | SetClosing | Pong:
    """Return what a page sent.

    Raises:
        MalformedMessage: too large, not JSON, or nothing that a page may say.
    """
    if len(text) > MAX_MESSAGE_BYTES:
        raise MalformedMessage(f"{len(text)} characters, {MAX_MESSAGE_BYTES} at most")
    try:
        return _PAGE_MESSAGE.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise MalformedMessage(f"{first['type']} at {len(first['loc'])} levels") from None
