"""What can be done with papers at this booth now, from what its devices say of themselves."""

from __future__ import annotations

from devices.document_camera.interface import DocumentCamera
from devices.document_printer.interface import DocumentPrinter
from devices.status import DeviceState

_AWAY = frozenset(
    {
        DeviceState.OFFLINE,
        DeviceState.POWER_OFF,
        DeviceState.NO_DEVICE,
        DeviceState.HARDWARE_ERROR,
    }
)


def can_scan(camera: DocumentCamera | None) -> bool:
    """Whether there is a document camera; one that is closed says nothing against it."""
    return camera is not None and not camera.status.state.faulty


def can_print(printer: DocumentPrinter | None) -> bool:
    """Whether a job may be begun: one without paper takes it too, and says what it waits for."""
    return printer is not None and printer.status.state not in _AWAY
