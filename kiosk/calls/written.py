"""The written messages of a call: numbered, and sent again on each new connection until they came.

They go over a data channel of the call's own connection, peer to peer and encrypted, never through
the broker. Each side numbers its lines from 1; when a channel opens it says up to where it has the
other side's, and gets the rest: a message that fell into a gap of the line is not lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

log = structlog.get_logger(__name__)

LABEL = "written"
"""Of the data channel; the agent's page knows it by this name."""

MOST_LINES = 500
"""Of each side in one call: an hour of quick typing."""
MOST_CHARACTERS = 1000
MOST_BYTES = 8 * 1024
"""1,000 characters of four bytes, escaped, and what stands round them."""

Send = Callable[[str], None]


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Have(_Frame):
    """Up to which line the sender has the other side's."""

    type: Literal["have"] = "have"
    last: int = Field(ge=0, le=MOST_LINES)


class _Line(_Frame):
    """One message."""

    type: Literal["line"] = "line"
    n: int = Field(ge=1, le=MOST_LINES)
    text: Annotated[str, StringConstraints(min_length=1, max_length=MOST_CHARACTERS)]


_FRAME: TypeAdapter[_Have | _Line] = TypeAdapter(
    Annotated[_Have | _Line, Field(discriminator="type")]
)


class Written:
    """The messages of one call, both ways; lives on the loop and dies with the call."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        """Call `on_line` with each of the agent's messages, once and in their order."""
        self._on_line = on_line
        self._own: list[str] = []
        self._have = 0
        self._send: Send | None = None
        self._opened = False

    def open(self, send: Send) -> None:
        """A channel is open: `send` is used from now on, in place of an older one."""
        self._send, self._opened = send, True
        send(_Have(last=self._have).model_dump_json())

    def closed(self, send: Send) -> None:
        """That channel is gone."""
        if self._send is send:
            self._send = None

    def write(self, text: str) -> bool:
        """Send a message; False when there is no room for it, or no channel was ever open.

        While the connection is being made anew it waits for the next one.
        """
        if len(self._own) >= MOST_LINES or not self._opened:
            return False
        line = _Line(n=len(self._own) + 1, text=text[:MOST_CHARACTERS])
        self._own.append(line.text)
        if self._send is not None:
            self._send(line.model_dump_json())
        return True

    def take(self, data: str | bytes) -> None:
        """Take what came over a channel; what is malformed is dropped with one line in the log."""
        if not isinstance(data, str) or len(data) > MOST_BYTES:
            log.warning("written message dropped", reason="not text, or too long")
            return
        try:
            frame = _FRAME.validate_json(data)
        except ValidationError as error:
            log.warning("written message dropped", reason=error.errors()[0]["type"])
            return
        if isinstance(frame, _Have):
            self._send_after(frame.last)
        elif frame.n == self._have + 1:
            self._have = frame.n
            self._on_line(frame.text)

    def _send_after(self, last: int) -> None:
        for number, text in enumerate(self._own[last:], start=last + 1):
            if self._send is not None:
                self._send(_Line(n=number, text=text).model_dump_json())
