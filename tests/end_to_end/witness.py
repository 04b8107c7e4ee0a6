"""What can tell, after a failure, how things stood."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

#: The end of a log is where the trouble is; characters.
LAST_WORDS = 8_000


@runtime_checkable
class Witness(Protocol):
    """A part of a test that knows more than the assertion which failed."""

    def testify(self) -> dict[str, str]:
        """Return what there is to say, by title; never raises."""
