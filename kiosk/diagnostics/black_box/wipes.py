"""The receipts of wipes in the black box: the last one, checked, and how many are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kiosk.diagnostics.black_box.entries import AnyEntry, MalformedEntry, WipeEntry, parse
from kiosk.diagnostics.black_box.files import MAX_FILE_BYTES, kept_files, lines_of
from kiosk.visit.receipts import Receipts
from kiosk.visit.wipe import Answer, Receipt

#: In every line of a receipt, and rarely in another: the rest need not be read as JSON.
_MARK = b'"wipe"'


@dataclass(frozen=True, slots=True)
class KeptWipes:
    """What the black box tells of the wipes."""

    last: Receipt | None = None
    genuine: bool = False
    """Whether this booth has signed `last`."""
    missing: int = 0
    """Numbers that were given and of which no receipt is here, since the oldest that is."""


def receipt_of(entry: WipeEntry) -> Receipt:
    """Return the receipt that an entry holds."""
    answers = tuple(Answer(*stored) for stored in entry.stores)
    return Receipt(entry.day, entry.number, entry.ending, answers, entry.signature)


def receipts_in(entries: Iterable[AnyEntry]) -> Iterator[Receipt]:
    """Return the receipts among `entries`."""
    return (receipt_of(entry) for entry in entries if isinstance(entry, WipeEntry))


def kept_wipes(state_folder: Path) -> KeptWipes:
    """Look through the visits that are kept; a tenth of a second for 200 of them.

    Raises:
        OSError: the files can't be read.
    """
    receipts = tuple(receipts_in(_entries(kept_files(state_folder))))
    if not receipts:
        return KeptWipes()
    book = Receipts(state_folder)
    numbers = [receipt.number for receipt in receipts]
    return KeptWipes(receipts[-1], book.genuine(receipts[-1]), missing(numbers, book.last_number()))


def missing(numbers: Sequence[int], given: int | None = None) -> int:
    """Return how many numbers are left out of `numbers`, as they came.

    `given` is the last that was given out. A count that begins anew is one that is missing: what
    it began anew for is not known.
    """
    counted = [*numbers, *([] if given is None or not numbers else [given + 1])]
    return sum(after - before - 1 if after > before else 1 for before, after in pairwise(counted))


def last_kept(state_folder: Path) -> int:
    """Return the number of the last receipt that is kept, 0 where none is.

    Raises:
        OSError: the files can't be read.
    """
    for path in reversed(tuple(kept_files(state_folder))):
        numbers = [receipt.number for receipt in receipts_in(_entries((path,)))]
        if numbers:
            return numbers[-1]
    return 0


def _entries(files: Iterable[Path]) -> Iterator[AnyEntry]:
    for path in files:
        for line in lines_of(path, MAX_FILE_BYTES):
            if _MARK in line:
                try:
                    yield parse(line.rstrip(b"\n"))
                except MalformedEntry:
                    continue
