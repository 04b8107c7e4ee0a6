"""What every child that opens a hostile document gives up first: files, network, children, time."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from typing import Any

from devices.pdf.facts import Refusal

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
"""prctl(2)."""
_CLONE_NEWUSER = 0x1000_0000
_CLONE_NEWNET = 0x4000_0000
"""unshare(2)."""
_NICE = 5
"""A call that runs meanwhile comes first."""


class Refuse(Exception):
    """The document is not taken; the parent is told why."""

    def __init__(self, reason: Refusal) -> None:
        """`reason` is all that is told."""
        super().__init__(reason.value)
        self.reason = reason


def give_up_everything(settings: dict[str, Any]) -> None:
    """Keep the three standard descriptors, and `memory_bytes` and `cpu_s` of the settings.

    What the process still needs to import, it must have imported before.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != settings["parent"]:
        sys.exit(1)  # It ended before it could be watched.
    # Where the kernel allows it: from there on no address can be reached. Where it does not, the
    # process still has no descriptor to open a socket with.
    if libc.unshare(_CLONE_NEWNET) != 0:
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICE)
    for what, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_CPU, settings["cpu_s"]),
        (resource.RLIMIT_AS, settings["memory_bytes"]),
    ):
        resource.setrlimit(what, (limit, limit))


def say(told: dict[str, Any]) -> None:
    """Tell the parent something, as one line of JSON."""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    sys.stdout.buffer.flush()
