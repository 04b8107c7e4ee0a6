"""One child process in a group of its own, whose output is read line by line."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kiosk.demo.guard import send

#: Longest line of output read, bytes: a QML or Python error with its stack fits.
_MAX_LINE_BYTES = 65_536


class Guard:
    """The process that ends all groups when this one is killed; see `kiosk.demo.guard`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Wrap the running process; `start` makes one."""
        self._process = process

    @classmethod
    async def start(cls) -> Guard:
        """Start the guard, out of reach of the terminal's Ctrl-C."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "kiosk.demo.guard",
                stdin=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
        )

    def watch(self, group: int) -> None:
        """End this process group too."""
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        """This group is gone, and its number may soon be another's."""
        self._tell(f"-{group}\n")

    async def close(self) -> None:
        """Let it end what is left, and wait for that."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()

    def _tell(self, line: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(line.encode())


class Process:
    """A running child; `start` makes one."""

    def __init__(
        self, process: asyncio.subprocess.Process, guard: Guard, say: Callable[[str], None]
    ) -> None:
        """Wrap a child that leads its own group."""
        self._process = process
        self._guard = guard
        self._output = asyncio.create_task(self._read(say))
        guard.watch(process.pid)

    @classmethod
    async def start(
        cls,
        command: Sequence[str],
        environment: Mapping[str, str],
        guard: Guard,
        say: Callable[[str], None],
        *,
        pass_fds: Sequence[int] = (),
    ) -> Process:
        """Start `command`; each line that it prints goes to `say`.

        Raises:
            OSError: there is no such program, or it cannot be run.
        """
        process = await asyncio.create_subprocess_exec(
            *command,
            env=dict(environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=_MAX_LINE_BYTES,
            start_new_session=True,
            pass_fds=tuple(pass_fds),
        )
        return cls(process, guard, say)

    @property
    def pid(self) -> int:
        """The child's number, which is its group's too."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.returncode is None

    async def wait(self) -> int:
        """Wait for its end, clear up what it left running, and return its exit code."""
        code = await self._process.wait()
        send(self.pid, signal.SIGKILL)
        self._guard.forget(self.pid)
        await self._output
        return code

    async def stop(self, grace_s: float) -> None:
        """Ask it to end, and kill its whole group when it has not within `grace_s` seconds."""
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(asyncio.shield(self._process.wait()), grace_s)
        except TimeoutError:
            send(self.pid, signal.SIGKILL)
        await self.wait()

    async def _read(self, say: Callable[[str], None]) -> None:
        output = self._process.stdout
        if output is None:
            return
        while True:
            try:
                line = await output.readline()
            except ValueError:
                say("(a line too long to show)")
                continue
            if not line:
                return
            say(line.decode(errors="replace").rstrip())


def children(pid: int) -> tuple[int, ...]:
    """Return the direct children of a process of this machine, none where it is gone."""
    found: list[int] = []
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            listing = (thread / "children").read_text(encoding="ascii")
            found.extend(int(child) for child in listing.split())
    except OSError:
        return ()
    return tuple(found)
