"""What a booth in rehearsal and the robot read of each other's written messages."""

from __future__ import annotations

from desk.robot.writing import Writing
from kiosk.link.rehearsal import PREFIX, asked, told


def target(data: bytes) -> None:
    """Read `data` as a frame of the channel, and as a message."""
    text = data.decode("utf-8", errors="replace")
    Writing(lambda _: None).take(text)
    for message in (text, PREFIX + text):
        asked(message)
        told(message)
