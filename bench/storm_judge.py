"""What a storm must not have done: kept while it rages, judged at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kiosk.link.messages import EndReason

STUCK_S = 10.0
"""Longest that a screen may stand still."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the booth holds, at rest."""

    processes: int
    threads: tuple[str, ...]
    """Their names, as the kernel has them."""
    descriptors: tuple[str, ...]
    """What each leads to, without its number: `socket`, `anon_inode:[eventfd]`, a path."""

    def __str__(self) -> str:
        return (
            f"{self.processes} process, {len(self.threads)} threads, {len(self.descriptors)} files"
        )


@dataclass(slots=True)
class Damage:
    """What went wrong, and what was counted."""

    blows: int = 0
    refused: int = 0
    kills: int = 0
    visits: int = 0
    technicians: int = 0
    mended_s: float = 0.0
    """From the last mending to a booth that is ready."""
    longest_still_s: float = 0.0
    longest_on: str = ""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.blows} events ({self.refused} refused), {self.kills} children killed,"
            f" {self.visits} visits, {self.technicians} technicians;"
            f" longest stillness {self.longest_still_s:.1f} s ({self.longest_on});"
            f" ready {self.mended_s:.1f} s after the mending"
        )

    def note(self, what: str, still_s: float) -> None:
        """`what` has stood still for so long."""
        if still_s > self.longest_still_s:
            self.longest_still_s, self.longest_on = still_s, what

    def judge(self, endings: Sequence[EndReason | None], before: Holdings, after: Holdings) -> None:
        """Add what is only known at the end."""
        if self.longest_still_s > STUCK_S:
            self.faults.append(f"{self.longest_on} stood still: {self.longest_still_s:.1f} s")
        odd = [ending for ending in endings if ending is not EndReason.RESIDENT]
        if odd:
            names = ", ".join("none" if ending is None else ending.value for ending in odd)
            self.faults.append(f"{len(odd)} of {len(endings)} visits ended otherwise: {names}")
        if len(endings) != self.visits:
            self.faults.append(f"{len(endings)} visits were begun, not {self.visits}")
        if before.processes > 1:
            # Counted by itself: events that kill children may also kill what is left over later.
            self.faults.append(f"{before.processes - 1} processes left by the first, calm visit")
        self.faults += left_over(before, after)


def left_over(before: Holdings, after: Holdings) -> Iterator[str]:
    """Return what is held now and was not before."""
    if after.processes > before.processes:
        yield f"processes: {before.processes} before, {after.processes} after"
    if len(after.threads) > len(before.threads):
        more = ", ".join((Counter(after.threads) - Counter(before.threads)).elements())
        yield f"threads: {len(before.threads)} before, {len(after.threads)} after, as {more}"
    for name, count in (Counter(after.descriptors) - Counter(before.descriptors)).items():
        yield f"descriptors: {count} more of {name}"
