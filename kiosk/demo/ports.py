"""Loopback ports: a free one, or a clear word that the asked one is taken."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"


class PortBusy(Exception):
    """Another program holds the port; the message says which option names another one."""


def claim(port: int, option: str) -> int:
    """Return `port`, or any free one for 0, when a server could listen there now.

    Raises:
        PortBusy: another program does.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port whose last connections are still fading away is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except PermissionError:
            raise PortBusy(
                f"port {port} is for root alone; choose another with {option} PORT"
            ) from None
        except OSError:
            raise PortBusy(
                f"port {port} is in use by another program; end that one, or choose another port "
                f"with {option} PORT ({option} 0 takes any free one)"
            ) from None
        free: int = probe.getsockname()[1]
        return free
