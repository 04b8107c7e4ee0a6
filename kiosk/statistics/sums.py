"""Adds events up, by agency and booth."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kiosk.link.events import Event, EventKind

#: Answers below which a mean is not shown: it would be somebody's.
FEWEST_ANSWERS: Final = 5

_FACES: Final = range(1, 4)
_COUNTED: Final = (EventKind.SCANNED, EventKind.PRINTED, EventKind.TAKEN_AWAY)

Place = tuple[str, str]
"""An agency and a booth."""


@dataclass(slots=True)
class Cell:
    """What was counted of one agency at one booth."""

    events: Counter[EventKind] = field(default_factory=Counter)
    """How many; of pages and sheets, how many of those."""
    waits_s: list[int] = field(default_factory=list)
    calls_s: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """Faces of the survey, 1 to 3."""
    ended: int = 0
    """Visits that were served or abandoned."""
    assisted: int = 0
    """Those of them in which a mediator presented a card."""

    def add(self, event: Event) -> None:
        """Count one more."""
        kind = event.kind
        if kind is EventKind.SATISFACTION and event.count in _FACES:
            self.answers.append(event.count)
        self.events[kind] += event.count if kind in _COUNTED else 1
        duration_s = event.duration_s or 0
        if kind is EventKind.WAITED:
            self.waits_s.append(duration_s)
        if kind is EventKind.SERVED:
            self.calls_s.append(duration_s)
        if kind in (EventKind.SERVED, EventKind.ABANDONED):
            self.ended += 1
            self.assisted += event.assisted

    def join(self, other: Cell) -> None:
        """Add what another cell has; answers only where they may be shown.

        Else a hidden cell could be read off the difference between the sum and the rest.
        """
        self.events += other.events
        self.waits_s += other.waits_s
        self.calls_s += other.calls_s
        self.ended += other.ended
        self.assisted += other.assisted
        if len(other.answers) >= FEWEST_ANSWERS:
            self.answers += other.answers

    @property
    def satisfaction(self) -> tuple[float, int] | None:
        """Mean of the faces, 1 to 3, and how many; None where they are too few to be shown."""
        if len(self.answers) < FEWEST_ANSWERS:
            return None
        return statistics.fmean(self.answers), len(self.answers)

    @property
    def assisted_share(self) -> float | None:
        """Of the visits that ended, 0 to 1; None where there were none."""
        return self.assisted / self.ended if self.ended else None

    @property
    def honoured_share(self) -> float | None:
        """Of the appointments whose time has come, 0 to 1; None where there were none."""
        honoured, missed = self.events[EventKind.HONOURED], self.events[EventKind.MISSED]
        return honoured / (honoured + missed) if honoured + missed else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for."""

    first_hour: int = 0
    """Hours since 1970."""
    end_hour: int = 10_000_001
    """The first that is no longer asked for."""
    agency: str | None = None
    kiosk: str | None = None

    def __contains__(self, event: Event) -> bool:
        return (
            self.first_hour <= event.hour < self.end_hour
            and self.agency in (None, event.agency)
            and self.kiosk in (None, event.kiosk)
        )


def add_up(cells: Mapping[Place, Cell]) -> Cell:
    """Return the sum of all."""
    total = Cell()
    for cell in cells.values():
        total.join(cell)
    return total


def median(values: Sequence[int]) -> int | None:
    """Return the median, rounded; None of nothing."""
    return round(statistics.median(values)) if values else None


def p90(values: Sequence[int]) -> int | None:
    """Return the value that nine of ten do not exceed (nearest rank); None of nothing."""
    return sorted(values)[math.ceil(0.9 * len(values)) - 1] if values else None
