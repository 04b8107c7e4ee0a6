"""The closed vocabulary in which every device says how it is (XFS4IoT's `CommonStatus`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DeviceState(StrEnum):
    """How a device is. `UNKNOWN` is never shown as a fault, nor a fault as unknown."""

    ONLINE = "online"
    OFFLINE = "offline"
    POWER_OFF = "powerOff"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"
    STARTING = "starting"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """What one device says of itself at one moment."""

    state: DeviceState = DeviceState.UNKNOWN
    simulated: bool = False
    detail: str = ""
    """For the technician, in English: name, mode, or what went wrong."""
    recovery_hint: str = ""
    """For the technician, in English: the first thing to try."""


class DeviceError(Exception):
    """A device can't be opened, or was lost; says how it is to be shown."""

    def __init__(
        self, state: DeviceState, detail: str, *, hint: str = "", permanent: bool = False
    ) -> None:
        """`permanent`: trying again can't help until somebody changes something."""
        super().__init__(detail)
        self.state = state
        self.detail = detail
        self.hint = hint
        self.permanent = permanent
