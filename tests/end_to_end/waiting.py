"""Waiting for something that another process does: looked for often, given up late."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

#: Short beside everything a person would notice, long beside the cost of a look.
BETWEEN_LOOKS_S = 0.05

Found = TypeVar("Found")


class NeverCameError(AssertionError):
    """What was waited for did not come in time."""


def eventually(
    look: Callable[[], Found | None],
    *,
    within_s: float,
    what: str,
    every_s: float = BETWEEN_LOOKS_S,
) -> Found:
    """Return what `look` returns as soon as it is true.

    Raises:
        NeverCameError: `what` did not come within `within_s` seconds.
    """
    deadline = time.monotonic() + within_s
    nothing_happens = threading.Event()
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise NeverCameError(f"not within {within_s:g} s: {what}")
        nothing_happens.wait(every_s)


def took(look: Callable[[], object], *, within_s: float, what: str) -> float:
    """Return after how many seconds `look` became true."""
    start = time.monotonic()
    eventually(look, within_s=within_s, what=what)
    return time.monotonic() - start
