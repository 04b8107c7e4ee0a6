"""Real-time text: both sides converge whatever is lost; whatever comes is bounded."""

from __future__ import annotations

from collections import deque

from kiosk.calls.text import RealTimeText, TextLine


class Wire:
    """One direction of one channel: a test says what becomes of each frame."""

    def __init__(self) -> None:
        self.buffered = 0
        self.waiting: deque[str | bytes] = deque()
        self.sent: list[str | bytes] = []

    def send(self, data: str | bytes) -> None:
        self.sent.append(data)
        self.waiting.append(data)


class Side:
    """One side, and how often its lines changed."""

    def __init__(self) -> None:
        self.changes = 0
        self.text = RealTimeText(self._changed)
        self.wire = Wire()

    def reads(self, *, own: bool) -> list[tuple[str, bool]]:
        return [(line.text, line.ended) for line in self.text.lines if line.own is own]

    def _changed(self) -> None:
        self.changes += 1


def connect(*sides: Side) -> None:
    """Open a new channel between the two, in place of an older one."""
    for side in sides:
        side.wire = Wire()
        side.text.open(side.wire)


def deliver(one: Side, other: Side) -> None:
    """Let everything through, in both directions, until nothing is on its way."""
    while one.wire.waiting or other.wire.waiting:
        for sender, receiver in ((one, other), (other, one)):
            if sender.wire.waiting:
                receiver.text.take(sender.wire.waiting.popleft())


def say(side: Side, text: str) -> None:
    side.text.type(text)
    side.text.end()


def test_every_key_is_seen_at_the_other_side() -> None:
    booth, agent = Side(), Side()
    connect(booth, agent)
    for typed in ("B", "Bo", "Bon"):
        booth.text.type(typed)
        deliver(booth, agent)
        assert agent.text.lines == (TextLine(1, typed, own=False, ended=False, corrected=False),)
    booth.text.end()
    say(agent, "Oui")
    deliver(booth, agent)
    assert [(line.text, line.own, line.ended) for line in booth.text.lines] == [
        ("Bon", True, True),
        ("Oui", False, True),
    ]
