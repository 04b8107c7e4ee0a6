"""The last events of the log in a small mapped file, which outlives the process."""

from __future__ import annotations

import contextlib
import json
import logging
import mmap
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

SLOTS: Final = 100
"""A minute of a busy booth; a report shows fewer."""
SLOT_BYTES: Final = 512
_NUMBER_BYTES: Final = 8
_TEXT_BYTES: Final = SLOT_BYTES - _NUMBER_BYTES

#: What an event keeps when all of it does not fit.
_ESSENTIAL: Final = ("timestamp", "level", "logger", "event", "error", "exception")


class EventRing:
    """`SLOTS` slots of `SLOT_BYTES`: a number that grows, then a line of JSON, then zeros.

    A write is a copy into memory that the kernel owns: it survives the process, though not a power
    cut that comes within the half-minute in which the kernel writes it out.
    """

    def __init__(self, path: Path) -> None:
        """Begin an empty ring at `path`.

        Raises:
            OSError: the file can't be made.
        """
        size = SLOTS * SLOT_BYTES
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            # Given its blocks now: a full disk is an error here, and not a SIGBUS later.
            os.posix_fallocate(descriptor, 0, size)
            self._map = mmap.mmap(descriptor, size)
        finally:
            os.close(descriptor)
        self._written = 0

    def write(self, line: str) -> None:
        """Add an event; called by one thread at a time."""
        if self._map.closed:
            return
        text = line.encode()
        if len(text) > _TEXT_BYTES:
            text = _cut(line)
        self._written += 1
        start = (self._written - 1) % SLOTS * SLOT_BYTES
        # The number comes last: what is torn by a kill has none, and is not read back.
        self._map[start : start + _NUMBER_BYTES] = bytes(_NUMBER_BYTES)
        self._map[start + _NUMBER_BYTES : start + SLOT_BYTES] = text.ljust(_TEXT_BYTES, b"\0")
        self._map[start : start + _NUMBER_BYTES] = self._written.to_bytes(_NUMBER_BYTES, "big")

    def close(self) -> None:
        """Let go of the file; later events are dropped."""
        self._map.close()


def _cut(line: str) -> bytes:
    """Return the essence of an event that is too long, still as JSON."""
    event = json.loads(line)
    kept = {key: str(event[key])[:120] for key in _ESSENTIAL if key in event}
    text = json.dumps(kept, ensure_ascii=False).encode()
    while len(text) > _TEXT_BYTES and kept:
        kept.popitem()
        text = json.dumps(kept, ensure_ascii=False).encode()
    return text


def read_ring(path: Path) -> tuple[str, ...]:
    """Return the events of a ring, oldest first; whatever is not one is left out."""
    try:
        with path.open("rb") as file:
            held = file.read(SLOTS * SLOT_BYTES)
    except OSError:
        return ()
    found: list[tuple[int, str]] = []
    for start in range(0, len(held), SLOT_BYTES):
        slot = held[start : start + SLOT_BYTES]
        number = int.from_bytes(slot[:_NUMBER_BYTES], "big")
        line = slot[_NUMBER_BYTES:].rstrip(b"\0")
        if number and _is_event(line):
            found.append((number, line.decode()))
    return tuple(line for _, line in sorted(found))


def _is_event(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


class RingHandler(logging.Handler):
    """Puts every event that has passed the log's closed door into a ring."""

    def __init__(self, ring: EventRing, formatter: logging.Formatter) -> None:
        """`formatter` is the closed door: what it lets through is kept."""
        super().__init__(logging.INFO)
        self._ring = ring
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one event; logging's lock makes it one thread at a time.

        One that can't be put into words is dropped here: whoever prints the log tells of it.
        """
        with contextlib.suppress(ValueError, TypeError):
            self._ring.write(_dated(self.format(record), record.created))


def _dated(line: str, at: float) -> str:
    """Put the whole date into an event: on a terminal the log tells the time of day alone."""
    event = json.loads(line)
    event["timestamp"] = datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")
    return json.dumps(event, ensure_ascii=False)
