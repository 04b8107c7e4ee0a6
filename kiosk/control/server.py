"""The booth's end of the control socket."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, assert_never

from kiosk.control.messages import (
    MAX_LINE_BYTES,
    ControlMessage,
    DockRequest,
    Done,
    MalformedLine,
    Progress,
    ReadinessRequest,
    ReadinessTold,
    Refusal,
    Refused,
    Request,
    Statuses,
    StatusesRequest,
    decode_request,
    encode,
)
from kiosk.control.place import LOCK_NAME, SOCKET_NAME, address
from kiosk.diagnostics.readiness.report import Readiness
from kiosk.log import get_logger
from kiosk.settings import SettingsError

#: A technician, a monitor and a test at the same time; more is a mistake.
MAX_CONNECTIONS = 8

#: A command sends its request at once; whoever is silent for so long is let go, seconds.
IDLE_S = 10.0

#: One too many is heard for this long before it is refused, seconds.
BUSY_S = 1.0

#: Every probe has a limit of its own; this bounds their sum and what was overlooked, seconds.
HANDLE_S = 60.0

#: The reader is a process on this machine: one that does not read for so long is stuck, seconds.
DRAIN_S = 5.0

_CREDENTIALS = struct.Struct("3i")
"""struct ucred: pid, uid, gid (unix(7), SO_PEERCRED)."""

_log = get_logger(__name__)


class AnotherBoothRuns(SettingsError):
    """A booth with the same state folder is running: this one can't start."""

    def __init__(self, folder: Path) -> None:
        super().__init__([f"{folder}: another booth runs with this [booth] state_folder"])


class DockRefused(Exception):
    """A simulated device could not be moved; `reason` and the message say why."""

    def __init__(self, reason: Refusal, text: str) -> None:
        super().__init__(text)
        self.reason = reason


class Handlers(Protocol):
    """What the booth does for other processes; all of it on the loop."""

    def statuses(self) -> Statuses:
        """How the devices are now."""

    async def readiness(
        self, tell: Callable[[Progress], None], *, accept_simulated: bool
    ) -> Readiness:
        """Look at every part, telling `tell` of each, and return the report."""

    async def dock(self, device: str, action: str, argument: str) -> None:
        """Do something to a simulated device.

        Raises:
            DockRefused: there is no dock, no such device, no such action, or a wrong argument.
        """


class ControlServer:
    """Answers on `control.sock` in the state folder, from `start` until `stop`."""

    def __init__(self, folder: Path, handlers: Handlers) -> None:
        """Open nothing yet; `folder` is the booth's state folder."""
        self._folder = folder
        self._handlers = handlers
        self._lock: int | None = None
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen; what a killed booth left behind is replaced.

        Raises:
            AnotherBoothRuns: a living booth has this state folder.
            OSError: the folder can't be made, or is not ours.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        self._lock = _locked(self._folder)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            (self._folder / SOCKET_NAME).unlink(missing_ok=True)
            with address(self._folder) as name:
                listening.bind(name)
            (self._folder / SOCKET_NAME).chmod(0o600)
            self._server = await asyncio.start_unix_server(
                self._accept, sock=listening, limit=MAX_LINE_BYTES
            )
        except BaseException:
            listening.close()
            self._unlock()
            raise

    async def stop(self) -> None:
        """Listen no more, and let go of who is still connected. Safe to call twice."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        connections = tuple(self._connections)
        for one in connections:
            one.cancel()
        if connections:
            await asyncio.wait(connections)
        (self._folder / SOCKET_NAME).unlink(missing_ok=True)
        self._unlock()

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._connections.add(task)
        try:
            if not _trusted(writer):
                _log.warning("control refused: another user")
            elif len(self._connections) > MAX_CONNECTIONS:
                await _refuse(reader, writer)
            else:
                await self._converse(reader, writer)
        except (OSError, TimeoutError) as error:
            _log.debug("control connection lost", error=error)
        except asyncio.CancelledError:
            # `stop` asked for it. Raised further, asyncio's own callback would tell of it.
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                async with asyncio.timeout(IDLE_S):
                    line = await reader.readuntil()
            except asyncio.IncompleteReadError:
                return
            except asyncio.LimitOverrunError:
                await _send(writer, Refused(reason=Refusal.MALFORMED, text="too long"))
                return
            await self._answer(line, writer)

    async def _answer(self, line: bytes, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(HANDLE_S):
                reply = await self._handle(decode_request(line), writer)
        except MalformedLine as error:
            reply = Refused(reason=Refusal.MALFORMED, text=str(error)[:400])
        except DockRefused as refusal:
            reply = Refused(reason=refusal.reason, text=str(refusal)[:400])
        except Exception as error:  # noqa: BLE001 (whoever asks must not bring the booth down)
            _log.exception("control request failed", error=error)
            reply = Refused(reason=Refusal.FAILED, text=type(error).__name__)
        await _send(writer, reply)

    async def _handle(self, request: Request, writer: asyncio.StreamWriter) -> ControlMessage:
        match request:
            case StatusesRequest():
                return self._handlers.statuses()
            case ReadinessRequest():
                report = await self._handlers.readiness(
                    lambda progress: writer.write(encode(progress)),
                    accept_simulated=request.accept_simulated,
                )
                return ReadinessTold(report=report)
            case DockRequest():
                await self._handlers.dock(request.device, request.action, request.argument)
                return Done()
            case _:
                assert_never(request)


async def _refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say that too many ask at once.

    The request is read first: closing a socket with something unread in it resets the connection,
    and the refusal would be lost.
    """
    async with asyncio.timeout(BUSY_S):
        await reader.read(MAX_LINE_BYTES)
    await _send(writer, Refused(reason=Refusal.BUSY))


async def _send(writer: asyncio.StreamWriter, message: ControlMessage) -> None:
    writer.write(encode(message))
    async with asyncio.timeout(DRAIN_S):
        await writer.drain()


def _trusted(writer: asyncio.StreamWriter) -> bool:
    """Tell whether the other end is the booth's own user, or root, who could be it anyway."""
    channel: socket.socket = writer.get_extra_info("socket")
    told = channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _pid, uid, _gid = _CREDENTIALS.unpack(told)
    return uid in (os.geteuid(), 0)


def _locked(folder: Path) -> int:
    """Return a descriptor that holds the folder's lock; the kernel drops it with the process."""
    descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise AnotherBoothRuns(folder) from None
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(descriptor)
        raise
    return descriptor
