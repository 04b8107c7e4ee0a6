"""The booth's word to what started it (systemd, or the demonstration): ready, alive, or silent.

The protocol is sd_notify(3)'s: datagrams to the socket that `NOTIFY_SOCKET` names.
"""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping

from kiosk.log import get_logger

#: Seconds of silence after which a thread counts as frozen. A healthy one beats every second;
#: with the service's own watchdog time it makes the ten seconds within which Home is back.
FROZEN_AFTER_S = 3.0

#: Seconds between two looks at the beats.
LOOK_EVERY_S = 1.0

_log = get_logger(__name__)


def notify(state: str, environment: Mapping[str, str] | None = None) -> bool:
    """Tell the supervisor `state` (`READY=1`, `STATUS=…`); False where nobody listens.

    A path that starts with `@` is in Linux's abstract namespace, as systemd writes it.
    """
    variables = os.environ if environment is None else environment
    address = variables.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.settimeout(0)
            channel.sendto(state.encode(), address)
    except OSError as error:
        _log.warning("supervisor not reached", error=error)
        return False
    return True


class Watchdog:
    """Feeds the supervisor's watchdog only while every named thread beats.

    One that freezes, whichever it is, ends in silence, and so in a restart by the supervisor.
    """

    def __init__(
        self,
        names: Iterable[str],
        *,
        tell: Callable[[str], bool] = notify,
        clock: Callable[[], float] = time.monotonic,
        frozen_after_s: float = FROZEN_AFTER_S,
        look_every_s: float = LOOK_EVERY_S,
    ) -> None:
        """Expect beats of `names`, counted as alive from now on."""
        self._tell = tell
        self._clock = clock
        self._frozen_after_s = frozen_after_s
        self._look_every_s = look_every_s
        self._lock = threading.Lock()
        self._beats = dict.fromkeys(names, clock())

    def beat(self, name: str) -> None:
        """Say that the thread `name` is alive. Any thread may call this.

        Raises:
            KeyError: nobody expects that name.
        """
        with self._lock:
            if name not in self._beats:
                raise KeyError(name)
            self._beats[name] = self._clock()

    def frozen(self) -> tuple[str, ...]:
        """Return the names that have been silent for too long."""
        oldest = self._clock() - self._frozen_after_s
        with self._lock:
            return tuple(name for name, beat in self._beats.items() if beat < oldest)

    def feed(self) -> tuple[str, ...]:
        """Feed the supervisor's watchdog unless a thread is frozen; return the frozen ones."""
        frozen = self.frozen()
        if not frozen:
            self._tell("WATCHDOG=1")
        return frozen

    async def run(self, name: str) -> None:
        """Beat as `name` for the loop that runs this, and feed, until cancelled."""
        told: tuple[str, ...] = ()
        while True:
            self.beat(name)
            frozen = self.feed()
            if frozen != told:
                _log.error("threads frozen" if frozen else "threads alive again", thread=frozen)
                told = frozen
            await asyncio.sleep(self._look_every_s)
