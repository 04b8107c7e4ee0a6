"""Real processes, started and ended as a person at a terminal would."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import psutil

from tests.end_to_end.witness import LAST_WORDS

VISIO_GUICHET = str(Path(sys.executable).with_name("visio-guichet"))
REPOSITORY = Path(__file__).parents[2]

#: Ctrl-C ends everything within 3 s; a machine that does much else gets three times as long.
ENDS_WITHIN_S = 9.0


class Program:
    """A process in a session of its own, whose words go to a file."""

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        """Start `command`; `environment` is added to this process's own."""
        self.log = log
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
                cwd=REPOSITORY,
            )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    @property
    def running(self) -> bool:
        """Whether the process itself has not ended."""
        return self._process.poll() is None

    def said(self) -> str:
        """Return all that it printed."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def testify(self) -> dict[str, str]:
        """Return the end of what it printed."""
        return {self.log.name: self.said()[-LAST_WORDS:]}

    def interrupt(self) -> None:
        """Press Ctrl-C: every process of the terminal's foreground group gets it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGINT)

    def wait(self, within_s: float = ENDS_WITHIN_S) -> int:
        """Return the exit code.

        Raises:
            subprocess.TimeoutExpired: it goes on.
        """
        return self._process.wait(within_s)

    def kill(self) -> None:
        """End it and all that it started as a power cut would: at once, with no last word."""
        for process in self.family():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait()

    def end(self) -> None:
        """End it and all that it started, kindly and then not."""
        whole = self.family()
        self.interrupt()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait()
        for process in whole:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self._process.wait()

    def family(self) -> list[psutil.Process]:
        """Return the process and all its living descendants."""
        return family(self.pid)


def family(pid: int) -> list[psutil.Process]:
    """Return the process `pid` and all its living descendants; none when it is gone."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def open_files(pid: int) -> set[str]:
    """Return the paths that the process and its descendants hold open."""
    paths = set()
    for process in family(pid):
        with contextlib.suppress(OSError, psutil.NoSuchProcess):
            for entry in Path(f"/proc/{process.pid}/fd").iterdir():
                with contextlib.suppress(OSError):
                    paths.add(str(entry.readlink()))
    return paths


def free_port() -> int:
    """Return a TCP port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
