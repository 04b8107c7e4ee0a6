"""Small files written whole or not at all; a new one is its owner's alone."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def replace(path: Path, content: str | bytes) -> None:
    """Put `content` in the place of the file's, in one step that also a power cut keeps whole.

    A file that is there keeps its mode and owner; a new one is 0600.

    Raises:
        OSError: it cannot be written, or not with its owner kept; the file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _draft(path, content) as draft:
        _keep_rights(path, draft)
        draft.replace(path)


def write_private(path: Path, content: str | bytes) -> None:
    """Put `content` in the file's place as `replace` does; 0600 whatever it was, a new folder 0700.

    Raises:
        OSError: it cannot be written; the file is as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _draft(path, content) as draft:
        draft.replace(path)


def create(path: Path, content: str | bytes) -> bool:
    """Make the file, 0600, in a folder that is 0700 if new; False where somebody was faster.

    Raises:
        OSError: it cannot be made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _draft(path, content) as draft:
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return False
    return True


@contextmanager
def _draft(path: Path, content: str | bytes) -> Iterator[Path]:
    """`content` beside `path`, on the disk for good; away at the end, unless it was moved."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _keep_rights(path: Path, draft: Path) -> None:
    try:
        before = path.stat()
    except FileNotFoundError:
        return
    now = draft.stat()
    if (before.st_uid, before.st_gid) != (now.st_uid, now.st_gid):
        os.chown(draft, before.st_uid, before.st_gid)
    # Last: the content is nobody else's before it has its owner.
    draft.chmod(before.st_mode & 0o777)
