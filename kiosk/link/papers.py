"""What goes over a call's data channel `papers`: documents both ways, and what is said of them.

Text messages are JSON, one frame each; a binary message is a chunk: 16 bytes of the document's id,
8 bytes of offset (unsigned, big-endian), then at most `CHUNK_BYTES` of the document. All of it goes
peer to peer, encrypted (DTLS), never through the broker.

1. On every new channel each side says `hello` with what it already holds of the other side's.
2. A sender `offer`s each document the other does not hold. The receiver answers `want` with the
   offset it has reached (0, or more after a broken connection), and again with every chunk: that is
   resumption and flow control in one, for the sender learns by it what the line carries, and goes
   no further ahead (docs/decisions/0020-lanes.md). One document at a time goes each way.
3. When all bytes are there the receiver checks size and SHA-256, then what they are, and says
   `done`, or `refused` with the reason. A sender may take back what it offered: `withdrawn`.
4. Whatever is malformed, out of order or too much is dropped; it never ends the call.

Kinds: a `page` is one scanned JPEG (booth to desk), a `document` what the agent gives (desk to
booth), a `parcel` the encrypted document that the page deposits for a download (booth to desk).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from kiosk.link.messages import ShortText, TicketId

LABEL: Final = "papers"
"""Of the data channel."""

MOST_BYTES: Final = 20 * 1024 * 1024
"""Of one document."""
MOST_PAGES: Final = 30
"""Scanned in one visit, and of one document."""
MOST_DOCUMENTS: Final = 60
"""Offered by one side in one call."""
MOST_FRAME_BYTES: Final = 16 * 1024
"""Of a text message."""
CHUNK_BYTES: Final = 8 * 1024
PARCEL_EXTRA_BYTES: Final = 64
"""By how much an encrypted document may be longer than a plain one."""

DocumentId = TicketId
"""128 random bits as 32 hexadecimal digits."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Kind(StrEnum):
    """What a document is in a visit."""

    PAGE = "page"
    DOCUMENT = "document"
    PARCEL = "parcel"


class Media(StrEnum):
    """What its bytes are; found from them, never believed."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"
    SEALED = "application/octet-stream"


class Reason(StrEnum):
    """Why a document is not taken: `devices.pdf.Refusal`'s words, and what is known before."""

    NOT_SUPPORTED = "not-supported"
    """Neither PDF nor JPEG nor PNG."""
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    PAGE_TOO_LARGE = "page-too-large"
    TOO_SLOW = "too-slow"
    TOO_HUNGRY = "too-hungry"
    HOSTILE = "hostile"
    """It carries a program, an attachment or a form that calls elsewhere, not to be taken out."""
    DYNAMIC_FORM = "dynamic-form"
    """An XFA form, whose pages say only that another reader is needed."""
    DAMAGED = "damaged"
    """Size or SHA-256 are not as offered."""
    TOO_MANY = "too-many"
    NO_PLACE = "no-place"
    """A parcel that the gateway has no room for, or does not take."""


class Removal(StrEnum):
    """What the booth has taken out of a document: `devices.pdf.Removal`'s words."""

    SCRIPT = "script"
    ACTION = "action"
    SENDING = "sending"
    ATTACHMENT = "attachment"
    MEDIA = "media"
    XFA = "xfa"
    SIGNATURE = "signature"
    LOCK = "lock"
    DAMAGE = "damage"


class Frame(BaseModel):
    """Base of all text messages: immutable and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Hello(Frame):
    """Either way, first on each new channel: the documents of the other side held wholly."""

    type: Literal["hello"] = "hello"
    held: Annotated[tuple[DocumentId, ...], Field(max_length=MOST_DOCUMENTS)] = ()
    giving: Annotated[tuple[DocumentId, ...], Field(max_length=MOST_DOCUMENTS)] | None = None
    """What the sender of this has to give still; half of anything else will not become whole."""


class Deposit(Frame):
    """How a parcel may be fetched from the gateway."""

    proof: Digest
    """What whoever knows the PIN can show: the gateway compares, and learns neither PIN nor key."""
    salt: TicketId
    """Of the PIN's derivation; the download page needs it."""
    expires_s: int = Field(ge=60, le=3_600)


class Offer(Frame):
    """Either way: a document that can be had."""

    type: Literal["offer"] = "offer"
    id: DocumentId
    kind: Kind
    media: Media
    size: int = Field(ge=1, le=MOST_BYTES + PARCEL_EXTRA_BYTES)
    """Bytes."""
    sha256: Digest
    number: int = Field(default=1, ge=1, le=MOST_DOCUMENTS)
    """A page's place in the order of taking."""
    name: ShortText = ""
    """As the agent's file is called, for the resident to read; empty for pages."""
    deposit: Deposit | None = None
    """Of a parcel."""


class Want(Frame):
    """Receiver: send on from here."""

    type: Literal["want"] = "want"
    id: DocumentId
    offset: int = Field(ge=0, le=MOST_BYTES + PARCEL_EXTRA_BYTES)


class Done(Frame):
    """Receiver: it is here whole, and what it was said to be."""

    type: Literal["done"] = "done"
    id: DocumentId


class Refused(Frame):
    """Receiver: it is not taken, and will not be."""

    type: Literal["refused"] = "refused"
    id: DocumentId
    reason: Reason


class Withdrawn(Frame):
    """Sender: not to be had any more."""

    type: Literal["withdrawn"] = "withdrawn"
    id: DocumentId


class Can(Frame):
    """Booth: what it can do with papers now, told on each new channel and at each change."""

    type: Literal["can"] = "can"
    scan: bool
    print: bool
    take_away: bool


class Propose(Frame):
    """Desk: the agent asks for papers (`open`), or no longer; the resident accepts or not."""

    type: Literal["propose"] = "propose"
    open: bool = True


class Scanning(Frame):
    """Booth: how far the resident is with the document camera."""

    type: Literal["scanning"] = "scanning"
    state: Literal["asked", "open", "closed", "declined"]
    taken: int = Field(default=0, ge=0, le=MOST_PAGES)


class FateState(StrEnum):
    """What became of the agent's document."""

    ARRIVED = "arrived"
    """It has not been looked at; told to a page that comes back, which got `done` else."""
    LOST = "lost"
    """The page that gave it was reloaded before all of it was here: it has to be given again."""
    SHOWN = "shown"
    PRINTING = "printing"
    STOPPED = "stopped"
    """The printer waits for somebody: `reasons` say for what."""
    PRINTED = "printed"
    """The printer itself has said so."""
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"
    """Contact with the printer was lost: it may or may not have come out."""
    TO_TAKE_AWAY = "to-take-away"
    """A code to fetch it by is shown."""
    TAKEN_AWAY = "taken-away"
    DECLINED = "declined"
    CLOSED = "closed"


class Fate(Frame):
    """Booth: what became of a document of the agent's, told at each change."""

    type: Literal["fate"] = "fate"
    id: DocumentId
    state: FateState
    copies: int = Field(default=0, ge=0, le=3)
    pages_printed: int = Field(default=0, ge=0, le=1_000)
    pages: int = Field(default=0, ge=0, le=1_000)
    """Of all copies."""
    reasons: Annotated[
        tuple[Annotated[str, StringConstraints(max_length=60)], ...], Field(max_length=10)
    ] = ()
    """The printer's `printer-state-reasons`."""
    name: ShortText = ""
    """Of the document, for a page that comes back and has forgotten it."""


class Cleaned(Frame):
    """Booth: what it took out of a document of the agent's, told again on each new channel.

    Size and SHA-256 are those of what was offered: it is checked first, and cleaned then.
    """

    type: Literal["cleaned"] = "cleaned"
    id: DocumentId
    removed: Annotated[tuple[Removal, ...], Field(min_length=1, max_length=len(Removal))]


class Deposited(Frame):
    """Desk: the parcel lies at the gateway under this address path, such as `/t/<id>`."""

    type: Literal["deposited"] = "deposited"
    id: DocumentId
    path: Annotated[str, StringConstraints(pattern=r"^/t/[0-9a-f]{32}$")]
    expires_s: int = Field(ge=1, le=3_600)


class Taken(Frame):
    """Desk: the parcel has been fetched, and is gone from the gateway."""

    type: Literal["taken"] = "taken"
    id: DocumentId


class Notes(Frame):
    """Desk: what the agent adds to the summary: papers still missing, and what comes next.

    The booth says it again to a page that comes back.
    """

    type: Literal["notes"] = "notes"
    missing: Annotated[tuple[ShortText, ...], Field(max_length=20)] = ()
    next: ShortText = ""


AnyFrame = Annotated[
    Hello
    | Offer
    | Want
    | Done
    | Refused
    | Withdrawn
    | Can
    | Propose
    | Scanning
    | Fate
    | Cleaned
    | Deposited
    | Taken
    | Notes,
    Field(discriminator="type"),
]

_FRAME: TypeAdapter[AnyFrame] = TypeAdapter(AnyFrame)


class MalformedFrame(ValueError):
    """A message that is no frame; the text tells what was wrong, not what it said."""


def decode_frame(text: str) -> AnyFrame:
    """Return what came as text.

    Raises:
        MalformedFrame: too long, not JSON, or not of any shape above.
    """
    if len(text) > MOST_FRAME_BYTES:
        raise MalformedFrame(f"{len(text)} characters")
    try:
        return _FRAME.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise MalformedFrame(f"{first['type']} at {len(first['loc'])} levels") from None
