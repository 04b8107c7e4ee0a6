"""Hears what a part tells its supervisor over sd_notify's socket."""

from __future__ import annotations

import asyncio
import socket

#: systemd's own bound of one message.
_MAX_BYTES = 4096


class Notices:
    """A socket for one part, in Linux's abstract namespace, so that no file is left behind."""

    def __init__(self) -> None:
        """Listen at an address that the kernel chooses; needs a running loop."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)
        self._socket.bind("")
        self._socket.settimeout(0)
        self.ready = asyncio.Event()
        self.status = ""
        """The last `STATUS=`: what the part has to say for itself, in English."""
        asyncio.get_running_loop().add_reader(self._socket, self._hear)

    @property
    def address(self) -> str:
        """The value of `NOTIFY_SOCKET` for the part."""
        name: bytes = self._socket.getsockname()
        return "@" + name[1:].decode()

    def reset(self) -> None:
        """Forget what was heard: the part is started again."""
        self.ready.clear()
        self.status = ""

    def close(self) -> None:
        """Stop listening."""
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()

    def _hear(self) -> None:
        message = self._socket.recv(_MAX_BYTES).decode(errors="replace")
        for line in message.splitlines():
            name, _, value = line.partition("=")
            if name == "STATUS":
                self.status = value
            elif (name, value) == ("READY", "1"):
                self.ready.set()
