"""The robot's end of a call's real-time text: reads ended lines, and writes its own key by key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from desk.robot.lane import Send
from kiosk.link.text import FRAME, MOST_BYTES, MOST_CHARACTERS, MOST_LINES, Have, Line


@dataclass(slots=True)
class _Held:
    revision: int = 0
    ended: bool = False


class RobotText:
    """The lines of one call, across its connections; lives on the loop."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        """Call `on_line` with each of the booth's lines as it is ended, once."""
        self._on_line = on_line
        self._own: list[Line] = []
        self._held: list[_Held] = []
        self._send: Send | None = None

    def open(self, send: Send) -> None:
        """A channel is open: `send` is used from now on."""
        self._send = send
        self._tell(Have(revisions=tuple(held.revision for held in self._held)))

    def write(self, text: str, *, ended: bool = True) -> None:
        """The line being written now reads so; beyond a call's bound it is dropped."""
        text = text[:MOST_CHARACTERS]
        last = self._own[-1] if self._own else None
        if last is not None and not last.ended:
            fresh = Line(n=last.n, revision=last.revision + 1, text=text, ended=ended)
            self._own[-1] = fresh
        elif len(self._own) < MOST_LINES:
            fresh = Line(n=len(self._own) + 1, revision=1, text=text, ended=ended)
            self._own.append(fresh)
        else:
            return
        self._tell(fresh)

    def take(self, data: str | bytes) -> None:
        """Take what came over the channel; what is malformed is dropped."""
        if not isinstance(data, str) or len(data) > MOST_BYTES:
            return
        try:
            frame = FRAME.validate_json(data)
        except ValidationError:
            return
        if isinstance(frame, Have):
            # A robot that was started anew in this call goes on after what it wrote before.
            for number in range(len(self._own) + 1, len(frame.revisions) + 1):
                revision = max(1, frame.revisions[number - 1])
                self._own.append(Line(n=number, revision=revision, text="", ended=True))
            for line in self._own:
                known = line.n <= len(frame.revisions)
                if not known or frame.revisions[line.n - 1] < line.revision:
                    self._tell(line)
        else:
            self._take_line(frame)

    def _take_line(self, line: Line) -> None:
        if line.n > len(self._held) + 1:
            return
        if line.n > len(self._held):
            self._held.append(_Held())
        held = self._held[line.n - 1]
        if line.revision <= held.revision:
            return
        held.revision = line.revision
        if line.ended and not held.ended:
            held.ended = True
            self._on_line(line.text)

    def _tell(self, frame: Have | Line) -> None:
        if self._send is not None:
            self._send(frame.model_dump_json())
