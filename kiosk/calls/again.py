"""Sends what is typed a second time, so that one lost packet is not felt.

In the spirit of RFC 4103, 4.2: what SCTP sends again comes half a second late on a long line, and
holds up all keys after it. A lane is therefore given a twin that repeats its messages a moment
later over a channel without order, where nothing waits for anything; whatever lane has a twin takes
messages twice, and out of their order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kiosk.calls.lane import Lane, Pipe

AGAIN_S = 0.06
"""After the message: losses come in bursts, often of a queue's length; three quick keys at most."""


class Repeats:
    """The twin: its messages are those of `original`, the newest of each moment."""

    lossy = True

    def __init__(self, lane: Lane) -> None:
        """Repeat what `lane` says, which a call then knows as `original`."""
        self.label = f"{lane.label}-again"
        self.original = _Original(lane, self._said)
        self._lane = lane
        self._pipe: Pipe | None = None
        self._newest: str | bytes = b""
        self._due: asyncio.TimerHandle | None = None

    def open(self, pipe: Pipe) -> None:
        """A channel is open: use it from now on, in place of an older one."""
        self._settle()
        self._pipe = pipe

    def closed(self, pipe: Pipe) -> None:
        """That channel is gone."""
        if self._pipe is pipe:
            self._pipe = None
            self._settle()

    def take(self, data: str | bytes) -> None:
        """Take what the other side repeats."""
        self._lane.take(data)

    def _said(self, data: str | bytes) -> None:
        if self._pipe is None:
            return
        self._newest = data
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(AGAIN_S, self._repeat)

    def _repeat(self) -> None:
        newest = self._newest
        self._settle()
        if self._pipe is not None:
            self._pipe.send(newest)

    def _settle(self) -> None:
        if self._due is not None:
            self._due.cancel()
        self._due, self._newest = None, b""


class _Original:
    """A lane with somebody who listens to what it says."""

    def __init__(self, lane: Lane, said: Callable[[str | bytes], None]) -> None:
        self.label, self.lossy = lane.label, lane.lossy
        self._lane = lane
        self._said = said
        self._pipe: Pipe | None = None
        self._heard: Pipe | None = None

    def open(self, pipe: Pipe) -> None:
        self._pipe, self._heard = pipe, _HeardPipe(pipe, self._said)
        self._lane.open(self._heard)

    def closed(self, pipe: Pipe) -> None:
        if pipe is self._pipe and self._heard is not None:
            self._lane.closed(self._heard)

    def take(self, data: str | bytes) -> None:
        self._lane.take(data)


class _HeardPipe:
    def __init__(self, pipe: Pipe, said: Callable[[str | bytes], None]) -> None:
        self._pipe = pipe
        self._said = said

    @property
    def buffered(self) -> int:
        return self._pipe.buffered

    def send(self, data: str | bytes) -> None:
        self._pipe.send(data)
        self._said(data)
