"""What is let through of the text that codes say: bounded, printable, and not twice."""

from __future__ import annotations

from devices.code_reader.interface import MAX_CODE_CHARACTERS, Code

REPEAT_S = 2.0
"""A code held before the camera is seen many times a second; it is one code."""
REMEMBERED = 16
"""Codes remembered at once: a sheet of them held before the camera, at most."""


class Sieve:
    """Remembers what was seen lately; for one reader."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}

    def take(self, text: str, symbology: str, now: float) -> Code | None:
        """The code to tell of; None for what is too long, not printable, or seen 2 s ago.

        `now` is `time.monotonic()`. A code that stays in sight is told once.
        """
        text = text.strip()
        if not text or len(text) > MAX_CODE_CHARACTERS or not text.isprintable():
            return None
        seen_at = self._seen.pop(text, None)
        self._seen[text] = now
        while len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]
        if seen_at is not None and now - seen_at < REPEAT_S:
            return None
        return Code(text, symbology, now)

    def forget(self) -> None:
        """Nothing of what was seen stays."""
        self._seen.clear()
