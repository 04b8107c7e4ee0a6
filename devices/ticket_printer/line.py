"""The bytes to and from a printer, over whatever the cable is; for the child process."""

from __future__ import annotations

import os
import select
import socket
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from devices.serial_port import open_fault, open_port
from devices.status import DeviceError, DeviceState

CONNECT_S = 3.0
"""A printer on the booth's own network answers in milliseconds."""
READ_BYTES = 256
"""At a time; a status is one byte."""
SLICE_S = 1.0
"""Longest wait without a sign of life: who watches for them may not wait for a printer as well."""


class Line:
    """A file descriptor that gives and takes bytes; nothing here waits longer than it is told."""

    def __init__(self, fd: int, close: Callable[[], None], *, empty_is_end: bool) -> None:
        """`empty_is_end`: reading nothing from a ready descriptor means that the far end left."""
        self._fd = fd
        self._close = close
        self._empty_is_end = empty_is_end
        self._alive: Callable[[], None] = lambda: None

    def fileno(self) -> int:
        """For `poll`."""
        return self._fd

    def on_wait(self, alive: Callable[[], None]) -> None:
        """Call `alive` at least every `SLICE_S` while bytes are awaited or taken; replaces it."""
        self._alive = alive

    def write(self, data: bytes, within_s: float) -> None:
        """Write all of `data`.

        Raises:
            DeviceError: the line is gone, or the far end has not taken it `within_s`.
        """
        left = memoryview(data)
        while left:
            if not self._ready(select.POLLOUT, within_s):
                raise DeviceError(
                    DeviceState.HARDWARE_ERROR,
                    f"took no data for {within_s:.0f} s",
                    hint="switch the printer off and on",
                )
            with suppress(BlockingIOError), _unless_cut():
                left = left[os.write(self._fd, left) :]

    def read(self, within_s: float) -> bytes:
        """What has come, at most `READ_BYTES`; nothing once `within_s` is over.

        Raises:
            DeviceError: the line is gone.
        """
        if not self._ready(select.POLLIN, within_s):
            return b""
        try:
            with _unless_cut():
                data = os.read(self._fd, READ_BYTES)
        except BlockingIOError:
            return b""
        if not data and self._empty_is_end:
            raise _gone()
        return data

    def close(self) -> None:
        """Let go of it, and of what it has not taken yet."""
        with suppress(OSError):
            self._close()

    def _ready(self, event: int, within_s: float) -> bool:
        poll = select.poll()
        poll.register(self._fd, event)
        until = time.monotonic() + within_s
        while True:
            left_s = until - time.monotonic()
            ready = poll.poll(max(0.0, min(left_s, SLICE_S)) * 1000)
            self._alive()
            if ready or left_s <= SLICE_S:
                return bool(ready)


@contextmanager
def _unless_cut() -> Iterator[None]:
    try:
        yield
    except BlockingIOError:
        raise
    except OSError as error:
        raise _gone() from error


def _gone() -> DeviceError:
    return DeviceError(DeviceState.OFFLINE, "the line is cut", hint="check cable and power")


def open_serial(path: str, baud: int) -> Line:
    """A serial port; raises `DeviceError`."""
    port = open_port(path, baud)

    def close() -> None:
        # Closing would wait for a printer that holds the line to take what is left.
        with suppress(termios.error, OSError):
            port.reset_output_buffer()
        port.close()

    return Line(port.fileno(), close, empty_is_end=True)


def open_usb(node: str) -> Line:
    """A node of the kernel's own printer driver, usblp; raises `DeviceError`."""
    try:
        fd = os.open(node, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except OSError as error:
        raise open_fault(node, error, group="lp") from error
    # A printer that has nothing to say may answer with an empty packet.
    return Line(fd, lambda: os.close(fd), empty_is_end=False)


def open_network(host: str, port: int) -> Line:
    """A raw TCP port (« JetDirect », 9100); raises `DeviceError`."""
    try:
        connection = socket.create_connection((host, port), CONNECT_S)
    except OSError as error:
        raise DeviceError(
            DeviceState.OFFLINE, f"no connection to {host}:{port}", hint="check cable and power"
        ) from error
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # The far end of a cable that was pulled sends nothing: unacknowledged bytes are the evidence.
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 5000)
    connection.setblocking(False)
    return Line(connection.fileno(), connection.close, empty_is_end=True)
