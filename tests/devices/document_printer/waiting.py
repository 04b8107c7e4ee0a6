"""Waiting for what another process does, which can only be looked at again and again."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE_S = 20.0


def eventually(condition: Callable[[], object], what: str) -> None:
    """Return when `condition` holds; for fixtures that run outside of a loop."""
    until = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < until, f"{what}: not within {PATIENCE_S:g} s"
        time.sleep(0.02)  # Another process's start gives no other sign.
