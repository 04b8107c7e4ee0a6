"""Where a mark may be left: in folders, and in files that processes hold open or have mapped."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.end_to_end.marks_forms import Seeker

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - it is read, nothing is put there.
_LARGEST = 400_000_000
"""Bytes; nothing of a visit is larger, and the broker's own files are far smaller."""
_NAMELESS = ("/memfd:", f"{SHARED_MEMORY}/", "/SYSV")
"""Files and memory that no folder lists, as the kernel names them."""
_ENGINE = ":QtQml"
"""Heap and code of Qt's JavaScript engine: words may lie there, pictures don't."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A mark that is still there."""

    mark: str
    place: str


def search(
    seeker: Seeker, folders: Iterable[Path], processes: Iterable[psutil.Process]
) -> list[Finding]:
    """Return every mark found in the folders' files and in the processes' own."""
    found = set()
    for folder in folders:
        for path in _files(folder):
            with contextlib.suppress(OSError):
                marks = seeker.in_bytes(str(path).encode() + b"\n" + _read(path))
                found |= {Finding(mark, str(path)) for mark in marks}
    for place, data in _of_processes(processes):
        planes = _ENGINE not in place
        found |= {Finding(mark, place) for mark in seeker.in_bytes(data, planes=planes)}
    return sorted(found)


def _files(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder, onerror=lambda _error: None):
        for name in names:
            yield Path(root, name)


def _read(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        return b""
    with path.open("rb") as file:
        return file.read(_LARGEST)


def _of_processes(processes: Iterable[psutil.Process]) -> Iterator[tuple[str, bytes]]:
    """Yield what no folder holds: memory files, deleted files, shared memory; each once."""
    known: set[tuple[int, int]] = set()
    for process in processes:
        for kind in ("fd", "map_files"):
            with contextlib.suppress(OSError, psutil.NoSuchProcess):
                for entry in Path(f"/proc/{process.pid}/{kind}").iterdir():
                    with contextlib.suppress(OSError):
                        target = str(entry.readlink())
                        which = entry.stat()
                        inode = (which.st_dev, which.st_ino)
                        if _nameless(target) and inode not in known:
                            known.add(inode)
                            yield f"{process.name()} {kind} {target}", _read(entry)


def _nameless(target: str) -> bool:
    return target.startswith(_NAMELESS) or target.endswith("(deleted)")
