"""Where a booth's control socket is, and how a path too long for it is reached all the same."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

SOCKET_NAME = "control.sock"
LOCK_NAME = "control.lock"

#: Where the service keeps its state (`StateDirectory=` in kiosk.service).
SYSTEM_STATE_FOLDER = Path("/var/lib/visio-guichet")

#: `sun_path` holds 108 bytes with the final zero (unix(7)).
_MAX_SUN_PATH_BYTES = 107


@contextlib.contextmanager
def address(folder: Path) -> Iterator[str]:
    """Give the address of the socket in `folder`, valid inside the `with`.

    A long path goes through an open descriptor of the folder, which Linux shows as a short one.

    Raises:
        OSError: the folder is not there, or not ours to look into.
    """
    direct = str(folder / SOCKET_NAME)
    if len(os.fsencode(direct)) <= _MAX_SUN_PATH_BYTES:
        yield direct
        return
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{descriptor}/{SOCKET_NAME}"
    finally:
        os.close(descriptor)


def candidates(configured: Path) -> tuple[Path, ...]:
    """Return the state folders in which a booth may run, likeliest first.

    That is `[booth] state_folder`, then what a demonstration makes inside, then the service's own,
    which its unit sets in the environment alone.
    """
    return (configured, configured / "demo" / "kiosk", SYSTEM_STATE_FOLDER)


def inside(folder: Path) -> tuple[Path, ...]:
    """Return where a booth may run in a folder that somebody named: a demonstration has its own."""
    return (folder, folder / "kiosk", folder / "demo" / "kiosk")
