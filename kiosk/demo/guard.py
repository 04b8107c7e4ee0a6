"""Ends the demonstration's processes when the demonstration itself was killed and cannot.

Runs as a child that hears on its standard input which process groups there are (`+1234` and
`-1234` on a line each). The end of that input means that the demonstration is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable

#: Seconds for a process to end in good order (an X server removes its lock) before it is killed.
GRACE_S = 1.0


def main() -> None:
    """Follow the groups until the input ends, then end what is left of them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        change, group = line[0], int(line[1:])
        if change == "+":
            groups.add(group)
        else:
            groups.discard(group)
    end(groups)


def end(groups: Iterable[int]) -> None:
    """Ask every process group to end, wait a little, and kill the rest."""
    left = {group for group in groups if send(group, signal.SIGTERM)}
    deadline = time.monotonic() + GRACE_S
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = {group for group in left if send(group, 0)}
    for group in left:
        send(group, signal.SIGKILL)


def send(group: int, number: int) -> bool:
    """Send a signal to a process group; False where nobody of it is left."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)
        return True
    return False


if __name__ == "__main__":
    main()
