"""What a server's child process needs: its binary, its port, its folder, and an end with ours."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import signal
import socket
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import IO

#: `prctl` option: the signal to get when the parent dies (linux/prctl.h).
_PR_SET_PDEATHSIG = 1


class BrokerError(Exception):
    """The broker cannot run; the text says why in words for an operator."""


def find_server() -> Path:
    """Return the `nats-server` of this environment, else that of the system.

    Raises:
        BrokerError: there is none.
    """
    own = Path(sysconfig.get_path("scripts")) / "nats-server"
    if own.exists():
        return own
    found = shutil.which(
        "nats-server",
        path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    )
    if found is None:
        raise BrokerError("no nats-server found; name one as `server` in broker.toml")
    return Path(found)


def free_port(host: str, port: int) -> int:
    """Return `port`, or any free one for 0.

    Raises:
        BrokerError: it is taken, or the address is not ours.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            return int(probe.getsockname()[1])
    except OSError as error:
        raise BrokerError(f"the broker's port {port} on {host}: {error.strerror}") from error


def lock_folder(folder: Path) -> IO[str]:
    """Keep other brokers out of the folder: two servers on one store would ruin it."""
    file = (folder / "lock").open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise BrokerError(f"another broker already runs in {folder}") from error
    return file


def dying_with(parent: int) -> Callable[[], None]:
    """Return what a child must do before it becomes the server, so as not to outlive `parent`."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def arrange() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)  # It died before the arrangement was made.

    return arrange
