"""Programs that a measurement starts, in sessions of their own, and ends with all they started."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

READY_WITHIN_S = 60.0
STOP_WITHIN_S = 8.0


class NotReady(RuntimeError):
    """A program did not do in time what it was started for."""


@contextmanager
def running(
    command: Sequence[str | Path],
    log: Path,
    environment: Mapping[str, str] | None = None,
    words: str = "",
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `command` with its output in `log` and `words` on its input, until the block ends."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
    if process.stdin is not None:
        process.stdin.write(words.encode())
        process.stdin.close()
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End the program, kindly and then, with whatever else is left of its session, not."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_WITHIN_S)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(reached: Callable[[], bool], what: str, within_s: float = READY_WITHIN_S) -> None:
    """Wait for `reached`.

    Raises:
        NotReady: it was not in time; `what` says what was waited for.
    """
    limit = time.monotonic() + within_s
    while not reached():
        if time.monotonic() > limit:
            raise NotReady(f"{what} after {within_s:g} s")
        time.sleep(0.05)


def listens(port: int) -> bool:
    """Whether something accepts connections on the loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """Return a TCP port on which nothing listened a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
