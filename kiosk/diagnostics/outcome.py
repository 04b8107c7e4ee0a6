"""How one step of a test stands; "aborted" is not "failed"."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Of a step or of a whole test."""

    PENDING = "pending"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"
    SKIPPED = "skipped"
    """It makes no sense here: the words say why."""
    ABORTED = "aborted"
    """Somebody left before its end: nothing is known."""

    @property
    def ended(self) -> bool:
        """Whether it will not change any more."""
        return self not in (Outcome.PENDING, Outcome.RUNNING)
