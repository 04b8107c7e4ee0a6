"""The closed vocabulary in which every device says how it is (XFS4IoT's `CommonStatus`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DeviceKind(StrEnum):
    """The classes of devices that a booth may have."""

    CAMERA = "camera"
    MICROPHONE = "microphone"
    LOUDSPEAKER = "loudspeaker"
    HANDSET = "handset"
    """The hook and the private sound that goes with it."""
    DOCUMENT_CAMERA = "document_camera"
    DOCUMENT_PRINTER = "document_printer"
    """A4."""
    TICKET_PRINTER = "ticket_printer"
    CARD_READER = "card_reader"
    CODE_READER = "code_reader"
    SCREEN = "screen"


class DeviceState(StrEnum):
    """How a device is. `UNKNOWN` is never shown as a fault, nor a fault as unknown."""

    ONLINE = "online"
    OFFLINE = "offline"
    POWER_OFF = "powerOff"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"
    """Open, and at work for a moment; one that could not be opened is a fault, whoever has it."""
    STARTING = "starting"
    UNKNOWN = "unknown"

    @property
    def faulty(self) -> bool:
        """Whether there is evidence that the device can't be used now."""
        return self not in (
            DeviceState.ONLINE,
            DeviceState.DEVICE_BUSY,
            DeviceState.STARTING,
            DeviceState.UNKNOWN,
        )


Capabilities = Mapping[str, str | int | bool]
"""What a device can do, by name; for the readiness report. Empty until it is known."""


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """What one device says of itself at one moment."""

    state: DeviceState = DeviceState.UNKNOWN
    simulated: bool = False
    detail: str = ""
    """For the technician, in English: name, mode, or what went wrong."""
    recovery_hint: str = ""
    """For the technician, in English: the first thing to try."""
    reasons: tuple[str, ...] = ()
    """What is the matter with supplies and covers, by the names of IPP's `printer-state-reasons`
    (RFC 8011, 5.4.12) such as `media-empty`; a device may be online with some."""


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
