"""What the robot's data channels have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from aiortc import RTCDataChannel

Send = Callable[[str | bytes], None]


class RobotLane(Protocol):
    """The robot's end of one kind of conversation, across the connections of a call."""

    def open(self, send: Send) -> None:
        """A channel is open: `send` is used from now on."""

    def take(self, data: str | bytes) -> None:
        """Take what came over a channel; what is malformed is dropped."""


def join(channel: RTCDataChannel, lane: RobotLane) -> None:
    """Let the lane use this channel, which is open."""

    def send(data: str | bytes) -> None:
        if channel.readyState == "open":
            channel.send(data)

    channel.on("message", lane.take)
    lane.open(send)
