"""What crosses the control socket: one JSON object on a line, versioned, bounded, closed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from devices.status import DeviceKind, DeviceState
from kiosk.diagnostics.readiness.report import Part, Readiness

CONTROL_VERSION: Final = 1

#: Longest line either way, bytes. A report with ten crashes is under 20 kB.
MAX_LINE_BYTES: Final = 65_536

Word = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Line = Annotated[str, StringConstraints(max_length=400)]


class MalformedLine(ValueError):
    """A line that is too long, not JSON, of another version, or not what the schema says."""


class ControlMessage(BaseModel):
    """Base of all that crosses the socket: immutable, versioned, closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    v: Literal[1] = CONTROL_VERSION


class StatusesRequest(ControlMessage):
    """How are the devices, and what can be done to the simulated ones?"""

    type: Literal["statuses"] = "statuses"


class ReadinessRequest(ControlMessage):
    """Is the booth ready for the public?"""

    type: Literal["readiness"] = "readiness"
    accept_simulated: bool = False


class DockRequest(ControlMessage):
    """Do something to a simulated device."""

    type: Literal["dock"] = "dock"
    device: Word
    action: Word
    argument: Annotated[str, StringConstraints(max_length=200)] = ""


Request = Annotated[StatusesRequest | ReadinessRequest | DockRequest, Field(discriminator="type")]


class ActionTold(ControlMessage):
    """One thing that can be done to a simulated device."""

    name: Word
    takes: Line = ""
    """What its argument means; empty where it has none."""


class DeviceTold(ControlMessage):
    """One device of the running booth."""

    kind: DeviceKind
    state: DeviceState
    simulated: bool = False
    detail: Line = ""
    actions: Annotated[tuple[ActionTold, ...], Field(max_length=40)] = ()


class Statuses(ControlMessage):
    """The devices; `dock` tells whether the booth was started with its dock."""

    type: Literal["statuses"] = "statuses"
    dock: bool
    devices: Annotated[tuple[DeviceTold, ...], Field(max_length=40)] = ()


class Progress(ControlMessage):
    """A part that is being looked at, before the report."""

    type: Literal["progress"] = "progress"
    part: Part
    done: Annotated[int, Field(ge=0, le=100)]
    of: Annotated[int, Field(ge=1, le=100)]


class ReadinessTold(ControlMessage):
    """The report."""

    type: Literal["readiness"] = "readiness"
    report: Readiness


class Done(ControlMessage):
    """It was done."""

    type: Literal["done"] = "done"


class Refusal(StrEnum):
    """Why a request was not followed."""

    MALFORMED = "malformed"
    BUSY = "busy"
    """Too many connections at once."""
    NO_DOCK = "no_dock"
    """The booth runs without `--dock`."""
    UNKNOWN = "unknown"
    """No such device, or no such action; the text names the nearest."""
    WRONG_ARGUMENT = "wrong_argument"
    FAILED = "failed"
    """A fault of the booth's own: its log has more."""


class Refused(ControlMessage):
    """It was not done."""

    type: Literal["refused"] = "refused"
    reason: Refusal
    text: Line = ""


Reply = Annotated[Statuses | Progress | ReadinessTold | Done | Refused, Field(discriminator="type")]

Told = TypeVar("Told")

_requests: TypeAdapter[Request] = TypeAdapter(Request)
_replies: TypeAdapter[Reply] = TypeAdapter(Reply)


def encode(message: ControlMessage) -> bytes:
    """Return `message` as one line."""
    return message.model_dump_json().encode() + b"\n"


def decode_request(line: bytes) -> Request:
    """Return the request that `line` holds.

    Raises:
        MalformedLine: it holds none.
    """
    return _decoded(_requests, line)


def decode_reply(line: bytes) -> Reply:
    """Return the reply that `line` holds.

    Raises:
        MalformedLine: it holds none.
    """
    return _decoded(_replies, line)


def _decoded(adapter: TypeAdapter[Told], line: bytes) -> Told:
    if len(line) > MAX_LINE_BYTES:
        raise MalformedLine("too long")
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        raise MalformedLine(
            error.errors(include_url=False, include_input=False)[0]["msg"]
        ) from None
