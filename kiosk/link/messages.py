"""Everything that crosses the broker, typed and bounded; the one module that booth and desk share.

Key-value entries (`Ticket`, `Claim`, `Presence`, `Board`) and the signals of a call (`Signal`) are
JSON. Whatever arrives is hostile: `decode` refuses what is too large, malformed or of another
version by raising `MalformedMessage`; the receiver logs one line and drops it.
"""

from __future__ import annotations

import re
import secrets
from enum import StrEnum
from typing import Annotated, Final, Literal, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

WIRE_VERSION: Final = 1

#: Largest message accepted, bytes. An SDP with 30 candidates is under 12 kB.
MAX_MESSAGE_BYTES = 65_536

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""An agency, booth or agent identifier: it is one token of a broker subject."""

ENTRY_KEY: Final = re.compile(
    r"([a-z0-9][a-z0-9-]{0,39})\.([a-z0-9][a-z0-9-]{0,39})\.([0-9a-f]{32})", re.ASCII
)
"""`agency.kiosk.ticket`: a ticket, the claim on it, an errand, its answer."""

TicketId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]

#: Latest moment accepted: the year 5138, long before a number is too large for a page's clock.
_LAST_MOMENT_S = 1e11

DeviceName = Literal[
    "camera",
    "microphone",
    "loudspeaker",
    "handset",
    "document_camera",
    "document_printer",
    "ticket_printer",
    "card_reader",
    "code_reader",
    "screen",
]
"""A class of devices, as `devices.status.DeviceKind` names it; a test holds the two together."""

LostDevices = Annotated[tuple[DeviceName, ...], Field(max_length=10)]
"""What a booth should have and cannot use now, for the agent to know."""

Moment = Annotated[float, Field(ge=0, le=_LAST_MOMENT_S, allow_inf_nan=False)]
"""Unix seconds."""

ShortText = Annotated[str, StringConstraints(max_length=120)]

Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A public key of 32 bytes, hexadecimal."""


class MalformedMessage(ValueError):
    """A message from outside that is too large, not JSON, or not what the schema says."""


class Message(BaseModel):
    """Base of all that is sent: immutable, versioned, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = WIRE_VERSION

    def stands_under(self, key: str) -> bool:
        """Whether this may be an entry under `key`: it speaks of that key and no other."""
        return key == self.key if isinstance(self, Keyed) else False


@runtime_checkable
class Keyed(Protocol):
    """A message that knows the one key under which it stands."""

    @property
    def key(self) -> str:
        """That key."""


class TicketState(StrEnum):
    """Where a ticket stands, as its booth tells it."""

    WAITING = "waiting"
    IN_CALL = "in_call"
    LEAVING = "leaving"
    """The call is over and the resident is still there; what was deposited for them is kept."""


class Ticket(Message):
    """A resident's place in an agency's queue: `tickets` bucket, key `agency.kiosk.ticket`.

    Written and kept alive by the booth alone. No personal data.
    """

    ticket: TicketId
    agency: Slug
    kiosk: Slug
    place_name: ShortText
    state: TicketState = TicketState.WAITING
    place: int | None = Field(default=None, ge=1, le=2**53)
    """Revision of the entry's creation, repeated in refreshes: the order of the queue."""
    since: Moment
    """When the resident joined, Unix seconds; the desk shows the waiting time."""
    agent: Slug | None = None
    """The agent in the call, as the booth knows it: lets that agent come back into it."""
    lost: LostDevices = ()
    appointment: TicketId | None = None
    """The appointment that the resident has come for: « arrivé »."""
    call_back: TicketId | None = None
    """The call-back that the resident answers."""

    @property
    def key(self) -> str:
        """Under which it stands."""
        return f"{self.agency}.{self.kiosk}.{self.ticket}"


class Claim(Message):
    """One agent's hold on one ticket: `claims` bucket, same key as the ticket, made by *create*."""

    ticket: TicketId
    agent: Slug
    agent_name: ShortText
    since: Moment

    def stands_under(self, key: str) -> bool:
        """Under the key of its ticket, which also names agency and booth."""
        return ENTRY_KEY.fullmatch(key) is not None and key.endswith(f".{self.ticket}")


class AgentState(StrEnum):
    """Whether an agent can be called."""

    AVAILABLE = "available"
    AWAY = "away"
    BUSY = "busy"


class Presence(Message):
    """An agent who is signed in: `presence` bucket, key `agency.agent`, with a time to live."""

    agent: Slug
    state: AgentState

    def stands_under(self, key: str) -> bool:
        """Under the key of its agent, in whichever agency."""
        return key.partition(".")[2] == self.agent


class AgencyKeys(Message):
    """An agency's public keys; booths keep them, so that passes are checked without the line."""

    sealing: Key
    """X25519 (RFC 7748), 32 bytes: what is personal is sealed to it."""
    signing: Annotated[tuple[Key, ...], Field(min_length=1, max_length=3)]
    """Ed25519 (RFC 8032), 32 bytes each, the present one first: passes are signed with it."""


class Board(Message):
    """What an agency shows every booth: `boards` bucket, key `agency`, kept alive by the desk."""

    agency: Slug
    available: int = Field(ge=0, le=10_000)
    busy: int = Field(ge=0, le=10_000)
    queue: tuple[TicketId, ...] = Field(default=(), max_length=500)
    """Tickets waiting, first in line first."""
    typical_call_s: int | None = Field(default=None, ge=1, le=86_400)
    """Median length of the agency's recent calls; None when there are too few to tell."""
    closing: bool = False
    """The agency closes with people waiting: they are told, and offered another way."""
    keys: AgencyKeys | None = None

    @property
    def key(self) -> str:
        """Under which it stands."""
        return self.agency


class EndReason(StrEnum):
    """Why a call is over."""

    RESIDENT = "resident"
    AGENT = "agent"
    TIMEOUT = "timeout"
    """The connection could not be made or restored."""
    FAULT = "fault"
    """Something broke in the booth."""


class Ready(Message):
    """Desk to booth: this page is there and wants an offer; a reloaded page has a new `page`."""

    type: Literal["ready"] = "ready"
    page: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8,32}$")]


class Offer(Message):
    """Booth to desk: the offer of peer connection number `attempt` of this ticket."""

    type: Literal["offer"] = "offer"
    attempt: int = Field(ge=1, le=100_000)
    sdp: Annotated[str, StringConstraints(max_length=48_000)]


class Answer(Message):
    """Desk to booth: the answer to the offer of the same `attempt`."""

    type: Literal["answer"] = "answer"
    attempt: int = Field(ge=1, le=100_000)
    sdp: Annotated[str, StringConstraints(max_length=48_000)]


class Candidate(Message):
    """Either way: one ICE candidate (RFC 8839 `candidate:` line); empty means no more."""

    type: Literal["candidate"] = "candidate"
    attempt: int = Field(ge=1, le=100_000)
    candidate: Annotated[str, StringConstraints(max_length=1_000)]
    sdp_mid: Annotated[str, StringConstraints(max_length=40)] | None = None
    sdp_m_line_index: int | None = Field(default=None, ge=0, le=16)


class Bye(Message):
    """Either way: the call is over."""

    type: Literal["bye"] = "bye"
    reason: EndReason


class BoothMedia(Message):
    """Booth to desk: what the agent should know of the booth's devices, told on change."""

    type: Literal["booth_media"] = "booth_media"
    muted: bool = False
    camera: bool = True
    microphone: bool = True
    simulated: bool = False
    lost: LostDevices = ()


SignalBody = Annotated[
    Ready | Offer | Answer | Candidate | Bye | BoothMedia, Field(discriminator="type")
]


class Signal(Message):
    """Envelope of a call's signalling, to `signal.<agency>.<kiosk>.<ticket>.<booth|desk>`."""

    ticket: TicketId
    body: SignalBody


AnyMessage = TypeVar("AnyMessage", bound=Message)


def new_ticket_id() -> str:
    """Return 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def encode(message: Message) -> bytes:
    """Return the message as compact JSON in UTF-8."""
    return message.model_dump_json().encode()


def decode(kind: type[AnyMessage], data: bytes) -> AnyMessage:
    """Return `data` as a `kind`.

    Raises:
        MalformedMessage: too large, not JSON, of another version, or not of that shape.
    """
    if len(data) > MAX_MESSAGE_BYTES:
        raise MalformedMessage(f"{len(data)} bytes, {MAX_MESSAGE_BYTES} at most")
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        # The name of an unknown field is the sender's words: it must not reach our log.
        known = first["type"] != "extra_forbidden"
        where = ".".join(str(part) for part in first["loc"]) if known else "unknown field"
        raise MalformedMessage(f"{where or 'message'}: {first['msg']}"[:200]) from None
