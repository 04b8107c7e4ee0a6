"""A process for one piece of work: bytes in, a stream out, and it is gone when it is left."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Self

_ROOT = str(Path(__file__).resolve().parents[2])
_BURST_BYTES = 1024 * 1024
"""Of pixels on their way: few wake-ups for a page of 26 MB."""
_SEALED = fcntl.F_SEAL_SEAL | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE


class Disposable:
    """A running child.

    Not asyncio's own: killing one of those that has just ended makes Python 3.11 lose its exit
    status, because `Popen.send_signal` reaps it before the watcher does.
    """

    def __init__(self, process: subprocess.Popen[bytes], out: asyncio.StreamReader) -> None:
        """Take over a process just started; use `run`."""
        self.out = out
        """What it writes to its standard output, in bounded bursts."""
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        """Its exit status, negative for a signal."""
        self._process = process
        self._pidfd = os.pidfd_open(process.pid)
        asyncio.get_running_loop().add_reader(self._pidfd, self._reap)

    @classmethod
    @contextlib.asynccontextmanager
    async def run(cls, module: str, argument: str, stdin: bytes) -> AsyncIterator[Self]:
        """Run `python -m module argument`; when the block is left it is killed and reaped."""
        out = asyncio.StreamReader(limit=_BURST_BYTES)
        process = _start([sys.executable, "-m", module, argument], stdin)
        child = cls(process, out)
        try:
            transport, _ = await asyncio.get_running_loop().connect_read_pipe(
                lambda: asyncio.StreamReaderProtocol(out), process.stdout
            )
            try:
                yield child
            finally:
                transport.close()
        finally:
            await child._end()

    async def _end(self) -> None:
        if not self.ended.done():
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        # A killed process is gone within milliseconds: also one whose task is being cancelled
        # is not left behind.
        await asyncio.shield(self.ended)

    def _reap(self) -> None:
        status = self._process.wait()
        asyncio.get_running_loop().remove_reader(self._pidfd)
        os.close(self._pidfd)
        self.ended.set_result(status)


def _start(command: list[str], stdin: bytes) -> subprocess.Popen[bytes]:
    source = _in_memory(stdin)
    try:
        return subprocess.Popen(
            command,
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"PYTHONPATH": _ROOT, "LC_ALL": "C.UTF-8"},
        )
    finally:
        os.close(source)


def _in_memory(content: bytes) -> int:
    """A sealed file of no folder, at its beginning: nothing is ever on a disk."""
    file = os.memfd_create("document", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with open(file, "wb", closefd=False) as stream:
        stream.write(content)
    os.lseek(file, 0, os.SEEK_SET)
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, _SEALED)
    return file
