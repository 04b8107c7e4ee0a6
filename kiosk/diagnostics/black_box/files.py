"""The visits' files in the state folder: a ring of the last ones, each of them small."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.diagnostics.black_box.entries import (
    MAX_LINE_BYTES,
    AnyEntry,
    MalformedEntry,
    VisitEntry,
    parse,
)

FOLDER: Final = "black-box"

#: A call of an hour takes 100 kB; 200 visits never more than 50 MB.
MAX_FILE_BYTES: Final = 256_000

_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
_NAME = re.compile(r"visit-(\d{8})\.jsonl")


class VisitFiles:
    """Makes the file of each new visit, and takes the oldest away."""

    def __init__(self, state_folder: Path, keep: int) -> None:
        """Keep the files of the last `keep` visits."""
        self._folder = state_folder / FOLDER
        self._keep = keep

    def begin(self) -> int:
        """Return a descriptor to append the next visit's lines to.

        Raises:
            OSError: the disk is full, or the folder is not ours.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        numbers = sorted(_numbers(self._folder))
        for number in numbers[: max(0, len(numbers) - self._keep + 1)]:
            _path(self._folder, number).unlink(missing_ok=True)
        fresh = _path(self._folder, (numbers[-1] if numbers else 0) + 1)
        return os.open(fresh, _APPEND | os.O_CREAT, 0o600)

    def resume(self) -> tuple[int, int] | None:
        """Return a descriptor to append to the last visit that is kept, and its size in bytes.

        None where none is kept.

        Raises:
            OSError: the folder is not ours.
        """
        numbers = sorted(_numbers(self._folder))
        if not numbers:
            return None
        file = os.open(_path(self._folder, numbers[-1]), _APPEND)
        return file, os.fstat(file).st_size


def kept_files(state_folder: Path, last: int | None = None) -> Iterator[Path]:
    """Return the files of the visits that are kept, oldest first; of the `last` where given."""
    folder = state_folder / FOLDER
    numbers = sorted(_numbers(folder))
    for number in numbers if last is None else numbers[-last:]:
        path = _path(folder, number)
        if path.exists():  # The running booth may have taken it away meanwhile.
            yield path


def _numbers(folder: Path) -> Iterator[int]:
    with contextlib.suppress(FileNotFoundError):
        for path in folder.iterdir():
            if match := _NAME.fullmatch(path.name):
                yield int(match[1])


def _path(folder: Path, number: int) -> Path:
    # After a hundred million visits the numbers would begin anew: not in this century.
    return folder / f"visit-{number % 10**8:08}.jsonl"


@dataclass(slots=True)
class RecordedVisit:
    """One visit as it was recorded."""

    entries: list[AnyEntry] = field(default_factory=list)
    malformed: int = 0
    """Lines that were no entries, such as one that was cut short by a power failure."""

    @property
    def began(self) -> VisitEntry | None:
        """Its first entry, which tells the day; None where the record lost it."""
        first = self.entries[0] if self.entries else None
        return first if isinstance(first, VisitEntry) else None


def read_visits(lines: Iterable[bytes]) -> Iterator[RecordedVisit]:
    """Return the visits that `lines` hold, one after the other; lines that are none are counted."""
    visit = RecordedVisit()
    for line in lines:
        if not line.strip():
            continue
        try:
            entry = parse(line.rstrip(b"\n"))
        except MalformedEntry:
            visit.malformed += 1
            continue
        if isinstance(entry, VisitEntry) and (visit.entries or visit.malformed):
            yield visit
            visit = RecordedVisit()
        visit.entries.append(entry)
    if visit.entries or visit.malformed:
        yield visit


def lines_of(path: Path, limit_bytes: int) -> Iterator[bytes]:
    """Return a file's lines; none of more than `MAX_LINE_BYTES` is held, none past the limit read.

    Raises:
        OSError: it can't be read.
    """
    with path.open("rb") as file:
        while file.tell() < limit_bytes:
            line = file.readline(MAX_LINE_BYTES + 2)
            if not line:
                return
            yield line


def kept_visits(state_folder: Path, last: int | None = None) -> Iterator[RecordedVisit]:
    """Return the visits that a booth has kept, oldest first; `last` of them where it is given.

    Raises:
        OSError: the files can't be read.
    """
    for path in kept_files(state_folder, last):
        with contextlib.suppress(FileNotFoundError):  # taken away by the running booth meanwhile
            yield from read_visits(lines_of(path, MAX_FILE_BYTES))
