"""What the black box can hold: a closed schema of enumerations and bounded numbers, no free text.

One entry is one line of JSON. `t` counts milliseconds from the visit's start; only the day is kept
of the calendar, so that a line can't be laid beside somebody's diary (decision 0017).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from devices.status import DeviceKind, DeviceState
from kiosk.calls.status import Quality
from kiosk.link.messages import EndReason
from kiosk.visit.snapshot import Screen
from kiosk.visit.wipe import Ending, StoreName

VERSION: Final = 1

#: The longest entry, a call's with all its words, is under 300 bytes.
MAX_LINE_BYTES: Final = 1_000

#: A visit's file also takes what happens to devices until the next one: a week of holidays.
MAX_T_MS: Final = 7 * 86_400_000


WipedCount = Annotated[int, Field(ge=0, le=1_000_000)]


class MalformedEntry(ValueError):
    """A line that is no entry of this version."""


class Supply(StrEnum):
    """What can be the matter with supplies and covers: IPP's words (RFC 8011, 5.4.12)."""

    MEDIA_EMPTY = "media-empty"
    MEDIA_LOW = "media-low"
    MEDIA_JAM = "media-jam"
    MEDIA_NEEDED = "media-needed"
    COVER_OPEN = "cover-open"
    DOOR_OPEN = "door-open"
    INPUT_TRAY_MISSING = "input-tray-missing"
    OUTPUT_AREA_FULL = "output-area-full"
    TONER_EMPTY = "toner-empty"
    TONER_LOW = "toner-low"
    MARKER_SUPPLY_EMPTY = "marker-supply-empty"
    MARKER_SUPPLY_LOW = "marker-supply-low"
    MARKER_WASTE_FULL = "marker-waste-full"
    PAUSED = "paused"
    OTHER = "other"
    """IPP's own word for the rest; whatever a printer makes up is this."""


class Candidate(StrEnum):
    """Types of ICE candidates (RFC 8445, 5.1.1)."""

    HOST = "host"
    SRFLX = "srflx"
    PRFLX = "prflx"
    RELAY = "relay"


class Entry(BaseModel):
    """Base of all entries: immutable, closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    t: Annotated[int, Field(ge=0, le=MAX_T_MS)]
    """Milliseconds since the visit's start."""


class VisitEntry(Entry):
    """A visit begins; always the first of its file."""

    e: Literal["visit"] = "visit"
    v: Literal[1] = VERSION
    day: Annotated[int, Field(ge=0, le=100_000)]
    """Days since 1 January 1970, in the booth's own zone."""


class DeviceEntry(Entry):
    """How a device is: all of them at the start, then each change."""

    e: Literal["device"] = "device"
    kind: DeviceKind
    state: DeviceState
    simulated: bool = False
    reasons: Annotated[tuple[Supply, ...], Field(max_length=len(Supply))] = ()


class ScreenEntry(Entry):
    """Another screen, or the line to the agencies went or came."""

    e: Literal["screen"] = "screen"
    screen: Screen
    line_up: bool


class WaitingEntry(Entry):
    """The place in the queue."""

    e: Literal["waiting"] = "waiting"
    position: Annotated[int, Field(ge=1, le=10_000)] | None


class CallEntry(Entry):
    """What the resident sees of the call."""

    e: Literal["call"] = "call"
    connected: bool
    muted: bool
    volume: Annotated[int, Field(ge=0, le=10)]
    quality: Quality
    slowed: bool
    remote_video: bool
    camera_working: bool
    microphone_working: bool
    loudspeaker_working: bool
    private: bool
    writing_offered: bool


class StatsEntry(Entry):
    """What the call measured, every few seconds and at each new peer connection."""

    e: Literal["stats"] = "stats"
    attempt: Annotated[int, Field(ge=0, le=100_000)]
    """Number of the peer connection: more than 1 is a recovery by ICE."""
    ours: Candidate | None
    """Of the candidate pair in use, without addresses; None before there is one."""
    theirs: Candidate | None
    fps: Annotated[float, Field(ge=0, le=240)]
    received_kbps: Annotated[int, Field(ge=0, le=1_000_000)]
    sent_kbps: Annotated[int, Field(ge=0, le=1_000_000)]
    loss: Annotated[float, Field(ge=0, le=1)]
    rtt_ms: Annotated[int, Field(ge=0, le=600_000)] | None


class EndedEntry(Entry):
    """The call is over."""

    e: Literal["ended"] = "ended"
    reason: EndReason
    duration_s: Annotated[int, Field(ge=0, le=86_400)] | None


class WipeEntry(Entry):
    """The receipt of a visit's wipe (`kiosk.visit.wipe.Receipt`), each number one field."""

    e: Literal["wipe"] = "wipe"
    day: Annotated[int, Field(ge=0, le=100_000)]
    number: Annotated[int, Field(ge=1, le=2**53)]
    ending: Ending
    stores: Annotated[
        tuple[tuple[StoreName, WipedCount, WipedCount, bool], ...], Field(max_length=len(StoreName))
    ]
    """Name, erased, left, and whether it answered."""
    signature: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class FullEntry(Entry):
    """The visit's file is full: later figures and devices are missing from here on."""

    e: Literal["full"] = "full"


AnyEntry = Annotated[
    VisitEntry
    | DeviceEntry
    | ScreenEntry
    | WaitingEntry
    | CallEntry
    | StatsEntry
    | EndedEntry
    | WipeEntry
    | FullEntry,
    Field(discriminator="e"),
]

_entries: TypeAdapter[AnyEntry] = TypeAdapter(AnyEntry)


def parse(line: bytes) -> AnyEntry:
    """Return the entry that a line holds.

    Raises:
        MalformedEntry: it holds none.
    """
    if len(line) > MAX_LINE_BYTES:
        raise MalformedEntry("too long")
    try:
        return _entries.validate_json(line)
    except ValidationError as error:
        raise MalformedEntry(
            error.errors(include_url=False, include_input=False)[0]["msg"]
        ) from None


def written(entry: Entry) -> bytes:
    """Return the line of an entry."""
    return entry.model_dump_json().encode() + b"\n"
