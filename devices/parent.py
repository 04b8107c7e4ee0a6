"""A device's child process, as seen from inside: its link to the booth, and what it may say."""

from __future__ import annotations

import contextlib
import ctypes
import json
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from devices.status import Capabilities, DeviceError, DeviceState

ONLINE = b"o"
"""To the parent: the device works; its name and mode follow in UTF-8."""
FAULT = b"f"
"""To the parent: a `DeviceError` as JSON."""
CAPABILITIES = b"c"
"""To the parent, before ONLINE: what the device can do, as a JSON object."""
_PR_SET_PDEATHSIG = 1
"""prctl(2)."""


def fault_of(message: bytes) -> DeviceError:
    """The error in a FAULT message; an odd one is a fault too."""
    try:
        told = json.loads(message[1:])
        return DeviceError(
            DeviceState(told["state"]),
            str(told["detail"]),
            hint=str(told["hint"]),
            permanent=bool(told["permanent"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return DeviceError(DeviceState.HARDWARE_ERROR, "the child's report can't be read")


def capabilities_of(message: bytes) -> Capabilities:
    """What a CAPABILITIES message says; nothing, where it can't be read."""
    try:
        told = json.loads(message[1:])
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {name: value for name, value in told.items() if isinstance(value, str | int | bool)}


class Parent:
    """The child's own view of the link to its parent."""

    def __init__(self, arguments: list[str]) -> None:
        """Adopt the link named in `arguments` (fd, settings) and die when the parent does."""
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle.
        self.link = socket.socket(fileno=int(arguments[0]))
        self.settings: dict[str, Any] = json.loads(arguments[1])

    def gone(self) -> bool:
        """Whether the parent has closed the link: then it is time to end."""
        try:
            return not self.link.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def tell(self, message: bytes) -> None:
        """Send a datagram; waits when the parent is slow, raises `OSError` when it is gone."""
        self.link.send(message)

    def tell_online(self, detail: str, capabilities: Capabilities) -> None:
        """Say that the device works: its name and mode, and what it can do."""
        self.tell(CAPABILITIES + json.dumps(dict(capabilities)).encode())
        self.tell(ONLINE + detail.encode())

    def tell_fault(self, error: DeviceError) -> None:
        """Say why the device is lost."""
        told = {
            "state": error.state.value,
            "detail": error.detail,
            "hint": error.hint,
            "permanent": error.permanent,
        }
        self.tell(FAULT + json.dumps(told).encode())


def serve(run: Callable[[Parent], None]) -> int:
    """A child process from its start to its end, `python -m MODULE FD SETTINGS`; its exit status.

    `run` returns when the parent is gone, or raises `DeviceError`, which the parent is told.
    """
    parent = Parent(sys.argv[1:])
    with contextlib.suppress(BrokenPipeError, ConnectionError):  # The parent is gone.
        try:
            run(parent)
        except DeviceError as error:
            parent.tell_fault(error)
        except MemoryError:
            parent.tell_fault(DeviceError(DeviceState.HARDWARE_ERROR, "out of memory"))
    return 0
