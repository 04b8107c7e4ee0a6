"""A child process for what may hang or crash: it talks in datagrams and never outlives us."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

MAX_MESSAGE_BYTES = 16 * 1024
"""Eight 20 ms blocks of sound; a fault in words is far shorter."""
BURST = 32
"""Messages taken at a time, so that a chatty child can't hold the loop."""
GRACE_S = 0.5
"""A child closes its device in a few milliseconds, or it hangs; then the kernel closes it."""


def environment() -> dict[str, str]:
    """That of a child which runs a module of ours."""
    root = str(Path(__file__).resolve().parents[1])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"}


class Child:
    """One running child; every call is for the loop's thread."""

    def __init__(
        self, process: subprocess.Popen[bytes], link: socket.socket, pidfd: int, stderr_fd: int
    ) -> None:
        """Take over a process just started; use `spawn`."""
        loop = asyncio.get_running_loop()
        self._loop = loop
        self._process = process
        self._link = link
        self._pidfd = pidfd
        self._stderr_fd = stderr_fd
        self._words: deque[str] = deque(maxlen=3)
        self.pid = process.pid
        self.ended: asyncio.Future[None] = loop.create_future()
        """Done when the process is gone."""
        loop.add_reader(pidfd, self._reap)
        loop.add_reader(stderr_fd, self._listen_to_complaints)

    @classmethod
    def spawn(
        cls,
        module: str,
        settings: Mapping[str, Any],
        on_messages: Callable[[list[bytes]], None],
        *,
        fds: Sequence[int] = (),
    ) -> Child:
        """Run `python -m module` with `settings` as JSON; it inherits `fds` and nothing else.

        `on_messages` gets what came in one burst, oldest first.

        Raises:
            OSError: the system has no process or descriptor to spare; nothing is left open.
        """
        with contextlib.ExitStack() as undo:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            undo.callback(ours.close)
            stderr_read, stderr_write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
            undo.callback(os.close, stderr_read)
            os.set_blocking(stderr_write, True)
            with theirs, os.fdopen(stderr_write, "wb") as stderr:
                process = subprocess.Popen(
                    [sys.executable, "-m", module, str(theirs.fileno()), json.dumps(settings)],
                    stdin=subprocess.DEVNULL,
                    stdout=stderr,
                    stderr=stderr,
                    pass_fds=(theirs.fileno(), *fds),
                    env=environment(),
                )
            undo.callback(process.wait)
            undo.callback(process.kill)
            ours.setblocking(False)
            child = cls(process, ours, os.pidfd_open(process.pid), stderr_read)
            undo.pop_all()
        child._listen(on_messages)
        return child

    @property
    def last_words(self) -> str:
        """The end of what it wrote to its standard error, for the technician."""
        return self._words[-1] if self._words else ""

    def send(self, message: bytes) -> bool:
        """Send a datagram; False when the child is gone or does not read."""
        try:
            self._link.send(message)
        except (BlockingIOError, OSError):
            return False
        return True

    def kill(self) -> None:
        """End the process at once; `ended` tells when it is gone."""
        if not self.ended.done():
            self._process.kill()

    async def close(self) -> None:
        """End the process: politely, then by SIGKILL; when this returns it is reaped."""
        with contextlib.suppress(OSError):
            self._link.shutdown(socket.SHUT_RDWR)
        self._loop.remove_reader(self._link)
        await asyncio.wait((self.ended,), timeout=GRACE_S)
        if not self.ended.done():
            self._process.kill()
            await asyncio.wait((self.ended,))
        self._loop.remove_reader(self._stderr_fd)
        self._listen_to_complaints()
        self._link.close()
        os.close(self._stderr_fd)

    def _listen(self, on_messages: Callable[[list[bytes]], None]) -> None:
        def readable() -> None:
            burst: list[bytes] = []
            try:
                while len(burst) < BURST:
                    message = self._link.recv(MAX_MESSAGE_BYTES)
                    if not message:
                        self._loop.remove_reader(self._link)
                        break
                    burst.append(message)
            except BlockingIOError:
                pass
            except OSError:
                self._loop.remove_reader(self._link)
            if burst:
                on_messages(burst)

        self._loop.add_reader(self._link, readable)

    def _reap(self) -> None:
        self._process.wait()
        self._loop.remove_reader(self._pidfd)
        os.close(self._pidfd)
        if not self.ended.done():
            self.ended.set_result(None)

    def _listen_to_complaints(self) -> None:
        try:
            text = os.read(self._stderr_fd, 4096).decode(errors="replace")
        except BlockingIOError:
            return
        if not text:
            self._loop.remove_reader(self._stderr_fd)
        for line in filter(None, map(str.strip, text.splitlines())):
            self._words.append(line[:200])
            logger.debug("child %d: %s", self.pid, line[:200])
