"""What the agent's page sends over a call's data channels: typed text, and the pointer."""

from __future__ import annotations

import asyncio

from desk.robot.papers import RobotPapers
from kiosk.calls.show import ShowLane
from kiosk.calls.text import RealTimeText
from kiosk.link.papers import Offer

SEEDS = (
    b'{"type": "have", "revisions": [1, 2]}',
    b'{"type": "line", "n": 1, "revision": 1, "text": "Bonjour", "ended": false}',
    b'{"type": "showing", "on": true}',
    b'{"type": "point", "x": 0.5, "y": 0.25}',
    b'{"type": "want", "id": "00000000000000000000000000000000", "offset": 0}',
)


class Pipe:
    """Where the answers go."""

    buffered = 0

    def send(self, data: str | bytes) -> None:
        """Nowhere."""


async def nowhere(_offer: Offer, _content: bytes) -> int | None:
    """Take no parcel."""
    return None


def target(data: bytes) -> None:
    """Take `data`, split at line ends, as messages of each channel, as bytes and as text."""
    asyncio.run(_taken(data))


async def _taken(data: bytes) -> None:
    text, show = RealTimeText(lambda: None), ShowLane(lambda _on, _at: None)
    papers = RobotPapers(nowhere)
    pipe = Pipe()
    text.type("Je")
    text.open(pipe)
    show.open(pipe)
    papers.open(pipe.send)
    for message in data.split(b"\n"):
        for form in (message, message.decode("utf-8", errors="replace")):
            text.take(form)
            show.take(form)
            papers.take(form)
    text.closed(pipe)
    show.closed(pipe)
    papers.close()
