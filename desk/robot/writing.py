"""The robot's end of a call's written messages: takes the booth's, and sends its own again."""

from __future__ import annotations

import json
from collections.abc import Callable

LABEL = "written"
"""Of the booth's data channel; its side, with the same frames, is kiosk/calls/written.py."""
MOST_LINES = 500
MOST_CHARACTERS = 1000
MOST_BYTES = 8 * 1024

Send = Callable[[str], None]


class Writing:
    """The messages of one call, across its connections."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        """Call `on_line` with each of the booth's messages, once and in their order."""
        self._on_line = on_line
        self._own: list[str] = []
        self._have = 0
        self._send: Send | None = None

    def open(self, send: Send) -> None:
        """A channel is open: `send` is used from now on."""
        self._send = send
        send(json.dumps({"type": "have", "last": self._have}))

    def write(self, text: str) -> None:
        """Send a message; beyond a call's bound it is dropped."""
        if len(self._own) >= MOST_LINES:
            return
        self._own.append(text[:MOST_CHARACTERS])
        self._send_line(len(self._own))

    def take(self, data: str | bytes) -> None:
        """Take what came over the channel; what is malformed is dropped."""
        if not isinstance(data, str) or len(data) > MOST_BYTES:
            return
        try:
            frame = json.loads(data)
        except (ValueError, RecursionError):
            return
        match frame:
            case {"type": "have", "last": int(last)} if 0 <= last <= len(self._own):
                for number in range(last + 1, len(self._own) + 1):
                    self._send_line(number)
            case {"type": "line", "n": int(number), "text": str(text)} if (
                number == self._have + 1 and number <= MOST_LINES
            ):
                self._have = number
                self._on_line(text[:MOST_CHARACTERS])
            case _:
                return

    def _send_line(self, number: int) -> None:
        if self._send is not None:
            line = {"type": "line", "n": number, "text": self._own[number - 1]}
            self._send(json.dumps(line, ensure_ascii=False))
