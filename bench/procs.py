"""Processor time and memory of a whole process tree, from /proc."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """Return `root` and all its living descendants."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields:
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_s(root: int) -> float:
    """Return the processor seconds, user and system, of the tree and of what it has waited for.

    A child that ended and was waited for is in its parent's figure, so that only the difference
    of two readings around a stretch means something.
    """
    ticks = 0
    for pid in tree(root):
        fields = _stat(pid)
        if fields:
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICKS_PER_S


def pss_bytes(root: int) -> int:
    """Return the tree's proportional share of memory: shared pages are split among their users."""
    return sum(_pss_kib(pid) for pid in tree(root)) * 1024


def count(root: int) -> int:
    """Return how many processes are in the tree."""
    return len(tree(root))


def _stat(pid: int) -> list[str]:
    """Fields of /proc/pid/stat from the state on (proc(5): field 3); empty when it is gone."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _pss_kib(pid: int) -> int:
    try:
        text = (PROC / str(pid) / "smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
