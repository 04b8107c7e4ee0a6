"""What tells one device node from another, and from itself before somebody changed its rights."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path


def fingerprint(path: str | Path) -> Hashable:
    """The node that `path` leads to, with its owner and rights; None where there is none.

    A node that went and came back has another inode. Rights count because the kernel makes a node
    for root alone and udev opens it to its group a moment later: an attempt between the two ends
    in "no permission", which only a change of this fingerprint mends.

    Raises:
        OSError: a folder on the way may not be entered.
    """
    try:
        facts = Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return facts.st_ino, facts.st_rdev, facts.st_mode, facts.st_uid, facts.st_gid
