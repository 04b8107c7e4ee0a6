"""What a resident takes away of a visit, in plain French: on a slip, on a sheet, or as a code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from devices.ticket_printer.interface import Slip
from kiosk.directory.words import NBSP, calendar_day, clock
from kiosk.visit.farewell_view import SummaryItem, SummaryLine
from kiosk.visit.ports import SummaryFacts

TITLE: Final = "Résumé de votre visite"

#: A telephone reads a code of so many bytes from a screen at a hand's breadth: version 18 at
#: level M (ISO/IEC 18004, table 7).
MAX_CODE_BYTES: Final = 600

#: Lines of one item on paper and in a code, and characters of a line, however much room there is.
_MOST_LINES: Final = 30
_MOST_CHARACTERS: Final = 120
#: The agency's name and its day are never shorter.
_AGENCY_CHARACTERS: Final = 60
#: Below this a line is no longer understood: rather fewer lines than shorter ones.
_FEWEST_CHARACTERS: Final = 24

_TITLES: Final = {
    SummaryItem.AGENCY: "Votre visite",
    SummaryItem.HANDED_OVER: "Vous avez remis",
    SummaryItem.RECEIVED: "Vous avez reçu",
    SummaryItem.MISSING: "Il manque encore",
    SummaryItem.NEXT: "La suite",
}


def summary_lines(facts: SummaryFacts, when: datetime) -> tuple[SummaryLine, ...]:
    """Return what there is to say, each item chosen; `when` in the booth's zone."""
    day = f"{calendar_day(when.date())} {when.year}, {clock(when.time())}"
    pages = facts.handed_over
    told: dict[SummaryItem, Sequence[str]] = {
        SummaryItem.AGENCY: (facts.agency_name, day),
        SummaryItem.HANDED_OVER: (f"{pages}{NBSP}page{'s' if pages > 1 else ''}",) if pages else (),
        SummaryItem.RECEIVED: facts.received,
        SummaryItem.MISSING: facts.missing,
        SummaryItem.NEXT: (facts.next,) if facts.next.strip() else (),
    }
    return tuple(
        SummaryLine(
            item,
            _TITLES[item],
            tuple(_short(_one_line(text), _MOST_CHARACTERS) for text in texts),
        )
        for item, texts in told.items()
        if texts
    )


def chosen(lines: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return those that the resident wants on it."""
    return tuple(line for line in lines if line.chosen)


def slip(lines: Sequence[SummaryLine]) -> Slip:
    """Return the chosen lines for the ticket printer."""
    whole = next(shortened(chosen(lines)))
    return Slip(TITLE, tuple(_paragraphs(whole)))


def code_text(lines: Sequence[SummaryLine]) -> str:
    """Return the chosen lines as the text of a QR code, at most `MAX_CODE_BYTES` in UTF-8.

    What does not fit is cut where the text says so: « … » in a line, « et 3 autres » after some.
    """
    for shorter in shortened(chosen(lines)):
        text = "\n".join([TITLE, *_paragraphs(shorter)]).replace(NBSP, " ")
        if len(text.encode()) <= MAX_CODE_BYTES:
            return text
    return TITLE


def shortened(lines: Sequence[SummaryLine]) -> Iterator[tuple[SummaryLine, ...]]:
    """Yield the lines, then shorter and shorter, each cut said in the text.

    To be given lines that are whole: what is cut twice would miscount what was left out.
    """
    for most in range(_MOST_LINES, 0, -1):
        for characters in (_MOST_CHARACTERS, 60, 40, _FEWEST_CHARACTERS):
            yield _cut(lines, most, characters)


def _cut(lines: Sequence[SummaryLine], most: int, characters: int) -> tuple[SummaryLine, ...]:
    return tuple(replace(line, lines=_some(line, most, characters)) for line in lines)


def _some(line: SummaryLine, most: int, characters: int) -> tuple[str, ...]:
    if line.item is SummaryItem.AGENCY:
        return tuple(_short(text, max(characters, _AGENCY_CHARACTERS)) for text in line.lines)
    kept = tuple(_short(text, characters) for text in line.lines[:most])
    left = len(line.lines) - len(kept)
    if not left:
        return kept
    return (*kept, "et un autre" if left == 1 else f"et {left} autres")


def _one_line(text: str) -> str:
    """Return `text` without line ends; its no-break spaces stay, so « 14 h 32 » is never torn."""
    return re.sub(rf"[^\S{NBSP}]+", " ", text).strip()


def _short(text: str, characters: int) -> str:
    return text if len(text) <= characters else f"{text[: characters - 1].rstrip()}…"


def _paragraphs(lines: Sequence[SummaryLine]) -> Iterator[str]:
    for line in lines:
        yield f"{line.title}{NBSP}:"
        for text in line.lines:
            yield f"– {text}"
