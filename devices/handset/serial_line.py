"""A hook switch between two pins of a serial port: RTS gives the level, CTS or DSR reads it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import threading
import time
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Unpack

import serial

from devices.handset.hook import Debounce, Hook
from devices.handset.supervised import SupervisedHandset
from devices.node import fingerprint
from devices.serial_port import open_port
from devices.status import Capabilities, DeviceError, DeviceState
from devices.supervisor import Upkeep

POLL_S = 0.01
"""With SETTLE_S, 40 ms at the worst until a change is told. Waiting for the change in the kernel
(TIOCMIWAIT) can't be ended from outside, and not every USB adapter's driver has it."""
STALL_S = 2.0
"""A reading takes a millisecond over USB; then the driver hangs."""
END_S = 0.5
"""A thread that does not end by then hangs in the driver: it is left alone."""
MAX_STUCK = 4
"""Threads that hang in the driver at the same time; with more, nothing is tried until one ends."""
BAUD = 9600
"""No data flows; every adapter has this rate."""

ReadLine = Callable[[serial.Serial, str], bool]
"""The level of a control line of an open port; raises `OSError`."""


def control_line(port: serial.Serial, line: str) -> bool:
    """The level of CTS or DSR, as TIOCMGET has it (tty_ioctl(4))."""
    return bool(port.cts if line == "CTS" else port.dsr)


class SerialHandset(SupervisedHandset):
    """The hook on a serial port's control line."""

    def __init__(
        self,
        path: str,
        line: str,
        *,
        lifted_when: bool,
        read: ReadLine = control_line,
        **upkeep: Unpack[Upkeep],
    ) -> None:
        """`line` is CTS or DSR, at the level `lifted_when` while the handset is lifted."""
        self._driver = _Driver(path, lambda port: read(port, line) is lifted_when)
        self._line = line
        super().__init__(self._driver, self._driver.hook, **upkeep)

    @property
    def capabilities(self) -> Capabilities:
        """How the hook is read."""
        return {"line": self._line}

    async def found(self) -> tuple[str, ...]:
        """The port's name, while it is there."""
        return (self._driver.path,) if self._driver.present() else ()


class _Driver:
    """Reads the line in a thread of its own, which may hang without harm."""

    def __init__(self, path: str, lifted: Callable[[serial.Serial], bool]) -> None:
        self.hook = Hook()
        self.path = path
        self._lifted = lifted
        self._watcher: _Watcher | None = None
        self._stuck: list[threading.Thread] = []

    def plugged(self) -> Hashable:
        return fingerprint(self.path)

    def present(self) -> bool:
        return Path(self.path).exists()

    async def open(self) -> str:
        self._stuck = [thread for thread in self._stuck if thread.is_alive()]
        if len(self._stuck) >= MAX_STUCK:
            raise DeviceError(
                DeviceState.HARDWARE_ERROR,
                f"{self.path} hangs",
                hint="replug the handset's adapter",
            )
        self._watcher = _Watcher(self.path, self._lifted, self.hook.tell)
        await self._watcher.online
        return self.path

    async def watch(self) -> None:
        if self._watcher is not None:
            await self._watcher.lost(STALL_S)

    async def close(self) -> None:
        watcher, self._watcher = self._watcher, None
        self.hook.lose()
        if watcher is not None:
            await watcher.end()
            self._stuck.append(watcher.thread)


class _Watcher:
    """One thread on one open port."""

    def __init__(
        self, path: str, lifted: Callable[[serial.Serial], bool], tell: Callable[[bool], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._path = path
        self._lifted = lifted
        self._tell = tell
        self._ending = threading.Event()
        self._beat = time.monotonic()
        self.online: asyncio.Future[None] = self._loop.create_future()
        self._ended: asyncio.Future[DeviceError | None] = self._loop.create_future()
        self.thread = threading.Thread(target=self._run, name="handset", daemon=True)
        self.thread.start()

    async def lost(self, stall_s: float) -> None:
        """Raise `DeviceError` once the port is gone, or its driver hangs for `stall_s`."""
        while not self._ended.done():
            left = self._beat + stall_s - time.monotonic()
            if left <= 0:
                raise DeviceError(
                    DeviceState.HARDWARE_ERROR,
                    f"no answer for {stall_s:g} s",
                    hint="replug the handset's adapter",
                )
            await asyncio.wait((self._ended,), timeout=left)
        if fault := self._ended.result():
            raise fault

    async def end(self) -> None:
        """End the thread, which closes the port; one that hangs is left alone."""
        self._ending.set()
        self._tell = lambda _: None
        await asyncio.wait((self._ended,), timeout=END_S)
        if self.online.done() and not self.online.cancelled():
            self.online.exception()  # Seen: whoever waited for it may be gone.

    def _run(self) -> None:
        fault: DeviceError | None = None
        try:
            with contextlib.closing(open_port(self._path, BAUD)) as port:
                self._read(port)
        except DeviceError as error:
            fault = error
        except OSError as error:
            fault = _fault(self._path, error)
        self._post(self._end_with, fault)

    def _read(self, port: serial.Serial) -> None:
        debounce = Debounce()
        told: bool | None = None
        while not self._ending.is_set():
            lifted = self._lifted(port)
            self._beat = time.monotonic()
            if debounce.settled(lifted, self._beat) and lifted is not told:
                told = lifted
                self._post(self._now, lifted)
            self._ending.wait(POLL_S)

    def _now(self, lifted: bool) -> None:
        if not self.online.done():
            self.online.set_result(None)
        self._tell(lifted)

    def _end_with(self, fault: DeviceError | None) -> None:
        self._ended.set_result(fault)
        if not self.online.done():
            self.online.set_exception(
                fault or DeviceError(DeviceState.OFFLINE, f"{self._path} was closed")
            )

    def _post(self, call: Callable[..., None], argument: object) -> None:
        with contextlib.suppress(RuntimeError):  # The loop is closed: nobody listens any more.
            self._loop.call_soon_threadsafe(call, argument)


def _fault(path: str, error: OSError) -> DeviceError:
    """What a failed reading means."""
    if error.errno in (errno.ENOTTY, errno.EINVAL):
        return DeviceError(
            DeviceState.USER_ERROR,
            f"{path} has no control lines",
            hint="name another port in kiosk.toml",
            permanent=True,
        )
    return DeviceError(DeviceState.OFFLINE, f"{path} went away", hint="check the cable")
