"""Small files written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_text(file: Path, text: str) -> None:
    """Put `text` in the place of the file's content, in one step.

    A file that is there keeps its mode and owner; a new one is its owner's alone (0600).

    Raises:
        OSError: it cannot be written, or not with its owner kept; the file is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            _keep_rights(file, stream.fileno())
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep_rights(file: Path, descriptor: int) -> None:
    try:
        before = file.stat()
    except FileNotFoundError:
        return
    now = os.fstat(descriptor)
    if (before.st_uid, before.st_gid) != (now.st_uid, now.st_gid):
        os.fchown(descriptor, before.st_uid, before.st_gid)
    # Last: the content is nobody else's before it has its owner.
    os.fchmod(descriptor, before.st_mode & 0o777)
