"""Opens a serial port as ours alone, and says in a device's terms why it could not."""

from __future__ import annotations

import errno

import serial

from devices.status import DeviceError, DeviceState


def open_port(path: str, baud: int) -> serial.Serial:
    """Open `path` at `baud`, 8N1, without flow control and without waiting in reads.

    Raises:
        DeviceError: it is not there, not ours to open, in use, or not a serial port.
    """
    try:
        return serial.Serial(path, baud, timeout=0, exclusive=True)
    except (OSError, ValueError) as error:  # serial.SerialException is an OSError.
        raise open_fault(path, error, group="dialout") from error


def open_fault(path: str, error: OSError | ValueError, *, group: str) -> DeviceError:
    """Why `path` could not be opened; `group` is the one that may."""
    if isinstance(error, ValueError):
        return DeviceError(
            DeviceState.USER_ERROR, f"{path}: {error}", hint="see kiosk.toml", permanent=True
        )
    match error.errno:
        case errno.ENOENT | errno.ENXIO | errno.ENODEV:
            return DeviceError(DeviceState.NO_DEVICE, f"{path} is not there", hint="plug it in")
        case errno.EACCES | errno.EPERM:
            return DeviceError(
                DeviceState.USER_ERROR,
                f"{path}: no permission",
                hint=f"add the booth's user to the group {group}",
                permanent=True,
            )
        case errno.EBUSY | errno.EAGAIN:
            return DeviceError(
                DeviceState.USER_ERROR, f"{path} is in use", hint="end the other program"
            )
        case _:
            return DeviceError(
                DeviceState.HARDWARE_ERROR, f"{path}: can't be opened", hint="replug it"
            )
