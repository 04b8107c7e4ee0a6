"""One thread that works on the newest picture only, and counts those it never looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable

from devices.picture import Picture

STOP_WAIT_S = 2.0
"""Longest wait for the thread at its end: a hundred times the slowest conversion measured."""


class NewestWorker:
    """Calls `work` on a thread of its own with the newest picture put since the last call."""

    def __init__(self, work: Callable[[Picture], None], name: str) -> None:
        self._work = work
        self._changed = threading.Condition()
        self._next: Picture | None = None
        self._stopped = False
        self._dropped = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def dropped(self) -> int:
        """Pictures that were replaced by a newer one before their turn."""
        return self._dropped

    def put(self, picture: Picture) -> None:
        """Take `picture` in place of any that still waits; from any thread, returns at once."""
        with self._changed:
            if self._stopped:
                return
            if self._next is not None:
                self._dropped += 1
            self._next = picture
            self._changed.notify()

    def forget(self) -> None:
        """Drop the picture that waits, if any."""
        with self._changed:
            self._next = None

    def stop(self) -> None:
        """End the thread and drop what waits. Safe to call twice, not from `work`."""
        with self._changed:
            self._stopped = True
            self._next = None
            self._changed.notify()
        self._thread.join(STOP_WAIT_S)

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._next is None and not self._stopped:
                    self._changed.wait()
                if self._stopped:
                    return
                picture, self._next = self._next, None
            if picture is not None:
                self._work(picture)
            del picture
