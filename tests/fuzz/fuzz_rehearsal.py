"""What a booth in rehearsal and the robot read of each other's lines of text."""

from __future__ import annotations

from desk.robot.text import RobotText
from kiosk.link.rehearsal import PREFIX, asked, told


def target(data: bytes) -> None:
    """Read `data` as a frame of the channel, and as a message."""
    text = data.decode("utf-8", errors="replace")
    RobotText(lambda _: None).take(text)
    for message in (text, PREFIX + text):
        asked(message)
        told(message)
