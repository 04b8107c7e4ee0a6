"""What a data channel of a call carries, and how it meets the connections that come and go."""

from __future__ import annotations

from typing import Protocol


class Pipe(Protocol):
    """One open data channel of one connection."""

    @property
    def buffered(self) -> int:
        """Bytes handed over that have not left this machine (W3C `bufferedAmount`)."""

    def send(self, data: str | bytes) -> None:
        """Send a message; one that the connection can no longer carry is lost, without an error."""


class Lane(Protocol):
    """One kind of conversation of a call, across all its connections; lives on the loop.

    A connection that replaces another opens a new pipe on the same lane: what was lost between the
    two is the lane's own affair, and each of ours tells the other side what it has.
    """

    @property
    def label(self) -> str:
        """Of its data channels; the agent's page knows them by it."""

    @property
    def lossy(self) -> bool:
        """Whether messages are sent once and in no order: only the newest one is of use."""

    def open(self, pipe: Pipe) -> None:
        """A channel is open: use it from now on, in place of an older one."""

    def closed(self, pipe: Pipe) -> None:
        """That channel is gone."""

    def take(self, data: str | bytes) -> None:
        """Take what came; never raises: what is malformed is dropped with one line in the log."""
