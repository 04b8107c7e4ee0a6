"""How long an agency's recent calls lasted: the ground of the wait that residents are told."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

from kiosk.files import replace
from kiosk.log import get_logger

#: Calls remembered: about an hour of five agents, so that the figure follows the day.
REMEMBERED = 30

#: Fewest calls from which a median says anything.
FEWEST = 5

_LONGEST_S = 86_400

_log = get_logger(__name__)


class Durations:
    """The last calls' lengths in seconds, and nothing else of them, kept in one small file."""

    def __init__(self, file: Path) -> None:
        """Read the file; one that is missing or damaged holds no call."""
        self._file = file
        self._seconds = _read(file)

    def add(self, seconds: float) -> None:
        """Remember a call that was connected for so long; until a restart, where no file can be."""
        self._seconds = [*self._seconds, max(1, min(_LONGEST_S, round(seconds)))][-REMEMBERED:]
        try:
            replace(self._file, json.dumps(self._seconds))
        except OSError as error:
            _log.warning("calls' lengths not kept", error=type(error).__name__)

    @property
    def typical_s(self) -> int | None:
        """The median in seconds, or None where there are too few calls to tell."""
        if len(self._seconds) < FEWEST:
            return None
        return round(statistics.median(self._seconds))


def _read(file: Path) -> list[int]:
    try:
        values = json.loads(file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return []
    if not isinstance(values, list):
        return []
    good = [value for value in values if type(value) is int and 1 <= value <= _LONGEST_S]
    return good[-REMEMBERED:]
