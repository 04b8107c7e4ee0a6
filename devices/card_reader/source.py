"""What card readers to watch, and how to tell from outside whether they are there."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices.node import fingerprint
from devices.status import DeviceError, DeviceState

_PCSCD_SOCKET = "/run/pcscd/pcscd.comm"
"""pcsc-lite's own; `PCSCLITE_CSOCK_NAME` names another, to its library as to us."""
_USB_DEVICES = Path("/dev/bus/usb")


@dataclass(frozen=True, slots=True)
class Source:
    """What the child is to watch, and how to tell from outside whether it is there."""

    settings: Mapping[str, Any]
    plugged: Callable[[], Hashable]
    present: Callable[[], bool | None]
    check: Callable[[], None]
    """Raises `DeviceError` where a child is not worth starting."""


def pcsc_source(name: str = "") -> Source:
    """All PC/SC readers whose name contains `name`."""
    return Source({"kind": "pcsc", "name": name}, _pcsc_plugged, _pcsc_present, _pcsc_check)


def serial_source(path: str, protocol: str, baud: int) -> Source:
    """One serial reader; `protocol` is `line` or `framed`."""
    node = Path(path)
    settings = {"kind": "serial", "path": path, "protocol": protocol, "baud": baud}
    return Source(settings, lambda: fingerprint(node), node.exists, lambda: None)


def _pcsc_socket() -> Path:
    return Path(os.environ.get("PCSCLITE_CSOCK_NAME", _PCSCD_SOCKET))


def _pcsc_plugged() -> Hashable:
    """Changes when pcscd is started anew, and when a USB device comes or goes."""
    try:
        status = _pcsc_socket().stat()
    except OSError:
        return None
    usb = tuple(sorted(str(node) for node in _USB_DEVICES.glob("*/*")))
    return status.st_ino, status.st_ctime_ns, usb


def _pcsc_present() -> bool | None:
    """The service's socket gone is proof; there, it may be one that nobody listens to."""
    return None if _pcsc_socket().exists() else False


def _pcsc_check() -> None:
    socket = _pcsc_socket()
    if not socket.exists():
        raise DeviceError(
            DeviceState.NO_DEVICE,
            "no PC/SC service",
            hint="install pcscd, and start it: systemctl start pcscd.socket",
        )
    if not os.access(socket, os.R_OK | os.W_OK):
        raise DeviceError(
            DeviceState.USER_ERROR,
            "not allowed to use the PC/SC service",
            hint="see the rights of pcscd's socket",
            permanent=True,
        )
