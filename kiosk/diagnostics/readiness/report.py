"""The readiness report as data; its words are in `words`, its judgement in `judge`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from devices.status import DeviceKind, DeviceState
from kiosk.diagnostics.crash.record import Cause
from kiosk.diagnostics.outcome import Outcome
from kiosk.visit.wipe import StoreName

ShortText = Annotated[str, StringConstraints(max_length=120)]
LongText = Annotated[str, StringConstraints(max_length=400)]
Moment = Annotated[float, Field(ge=0, le=1e11, allow_inf_nan=False)]
"""Unix seconds."""
Megabytes = Annotated[int, Field(ge=0, le=2**40)]

#: Crashes that a report names; older ones are of no use to a technician.
MAX_CRASHES = 5


class Facts(BaseModel):
    """Base of the report's parts: immutable, closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class OtherPart(StrEnum):
    """What a report looks at beside the devices."""

    LINE = "line"
    MACHINE = "machine"


Part = DeviceKind | OtherPart


class LastTest(Facts):
    """A device's last guided test."""

    at: Moment
    outcome: Outcome


class DeviceReport(Facts):
    """One device."""

    kind: DeviceKind
    expected: bool
    """Without it the booth is not complete."""
    connected: bool | None
    """Whether it is there; None where that can't be told from here, or not in time."""
    simulated: bool = False
    state: DeviceState = DeviceState.UNKNOWN
    detail: LongText = ""
    """The driver's own words, in English: name, mode, or what went wrong."""
    reasons: Annotated[tuple[ShortText, ...], Field(max_length=20)] = ()
    """What is the matter with supplies and covers, in IPP's names."""
    last_test: LastTest | None = None
    """None: never tested."""


class Machine(Facts):
    """The computer; None is what could not be learnt."""

    disk_free_mb: Megabytes | None = None
    disk_total_mb: Megabytes | None = None
    memory_available_mb: Megabytes | None = None
    memory_total_mb: Megabytes | None = None
    temperature_c: Annotated[float, Field(ge=-100, le=300)] | None = None
    """The hottest sensor, degrees Celsius."""
    uptime_s: Annotated[int, Field(ge=0)] | None = None
    """Since the machine started."""
    clock_offset_s: Annotated[float, Field(allow_inf_nan=False)] | None = None
    """How far this clock is ahead of the network's, where it was measured."""


class CrashReport(Facts):
    """One unclean end."""

    at: Moment
    cause: Cause
    place: ShortText = ""
    """Where in the code: file, line, function."""


class WipeReport(Facts):
    """How the last visit was wiped, by its receipt; nothing of what the visit was."""

    number: Annotated[int, Field(ge=1)]
    day: Annotated[int, Field(ge=0, le=100_000)]
    """Days since 1 January 1970, in the booth's own zone."""
    answers: Annotated[int, Field(ge=0, le=len(StoreName))]
    """How many stores said that they are empty, or not."""
    left: Annotated[tuple[StoreName, ...], Field(max_length=len(StoreName))] = ()
    """In which something is left."""
    silent: Annotated[tuple[StoreName, ...], Field(max_length=len(StoreName))] = ()
    """Which did not answer: what is left there is not known."""
    genuine: bool
    """Whether this booth's key has signed the receipt."""
    missing: Annotated[int, Field(ge=0)] = 0
    """Receipts that were numbered and of which none is kept."""


class ReasonCode(StrEnum):
    """What keeps the public out."""

    NOT_RUNNING = "not_running"
    """No booth runs here: the report was made by looking at the devices themselves."""
    DEVICE_MISSING = "device_missing"
    DEVICE_FAULTY = "device_faulty"
    DEVICE_SUPPLY = "device_supply"
    """No paper, jammed, open: it is there and can't work."""
    DEVICE_SIMULATED = "device_simulated"
    TEST_FAILED = "test_failed"
    """The last guided test of it failed, and none has succeeded since."""
    LINE_DOWN = "line_down"
    DISK_FULL = "disk_full"
    MEMORY_LOW = "memory_low"
    NOT_WIPED = "not_wiped"
    """Something of the last visit is left, or may be."""
    WIPE_NOT_SIGNED = "wipe_not_signed"
    """The last receipt is not as this booth has signed it."""


class Reason(Facts):
    """One thing that keeps the public out, and of which device."""

    code: ReasonCode
    device: DeviceKind | None = None


class Readiness(Facts):
    """The whole report; no personal data, no secret, no address."""

    at: Moment
    booth: ShortText
    place_name: ShortText
    running: bool
    """True: a running booth told it; False: the devices were looked at without one."""
    ready: bool
    """For the public."""
    reasons: Annotated[tuple[Reason, ...], Field(max_length=60)] = ()
    """Why not; empty when `ready`."""
    devices: Annotated[tuple[DeviceReport, ...], Field(max_length=40)] = ()
    line_up: bool | None = None
    """Whether the line to the agencies is up."""
    versions: Annotated[dict[ShortText, ShortText], Field(max_length=20)] = Field(
        default_factory=dict
    )
    machine: Machine = Machine()
    crashes: Annotated[tuple[CrashReport, ...], Field(max_length=MAX_CRASHES)] = ()
    """The last first."""
    wipe: WipeReport | None = None
    """None: no visit was wiped yet, or no receipt of it is kept."""
