"""What the screen is told at the end of a visit: the summary to take away, and the survey."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SummaryItem(StrEnum):
    """What a summary can say; the resident chooses."""

    AGENCY = "agency"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    MISSING = "missing"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One item, as it would be printed."""

    item: SummaryItem
    title: str
    """« Il manque encore »."""
    lines: tuple[str, ...]
    chosen: bool = True


class SummaryWay(StrEnum):
    """How it is taken away."""

    CHOOSING = "choosing"
    PRINTING = "printing"
    PRINTED = "printed"
    PRINT_UNCONFIRMED = "print_unconfirmed"
    """Nobody can say whether it came out: look."""
    PRINT_FAILED = "print_failed"
    SHOWN = "shown"
    """As a code that says the summary itself: no server has it."""


@dataclass(frozen=True, slots=True)
class SummaryView:
    """The summary under way."""

    lines: tuple[SummaryLine, ...] = ()
    way: SummaryWay = SummaryWay.CHOOSING
    print_possible: bool = False
    qr: str = ""


@dataclass(frozen=True, slots=True)
class SurveyView:
    """Three faces and one open question."""

    face: int = 0
    """1 (not) to 3 (well); 0 until one is touched."""
    question_shown: bool = False
    """After a face: one line of words may be added."""
    closes_in_s: int = 15
    """It goes by itself after so long without a touch."""
    thanked: bool = False
