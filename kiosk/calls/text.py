"""Real-time text of a call (EN 301 549, 6.2), both ways, across all its connections.

What is lost with a connection is made good on the next: each side first says which revision it has
of every line of the other's, and gets what is newer; a page that has lost its own lines, too, gets
them again. See `kiosk.link.text` for the frames.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from kiosk.calls.lane import Pipe
from kiosk.link.text import (
    FRAME,
    LABEL,
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_LINES,
    MOST_REVISIONS,
    Have,
    Line,
    Told,
)

log = structlog.get_logger(__name__)

LONGEST_WAIT_S = 0.05
"""For a key on a full line: the keys of this time go out as one frame, which is read sooner."""
FULL_BYTES = 512
"""Of the channel still on this machine: a few frames that the line did not take yet."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line as it reads now; an empty one that is ended was taken back."""

    number: int
    """Of its owner's lines, from 1."""
    text: str
    own: bool
    """This side's, or the other's."""
    ended: bool
    corrected: bool
    """It read otherwise once it had been ended."""


@dataclass(slots=True)
class _Kept:
    """One line and how far it has gone."""

    number: int
    own: bool
    text: str = ""
    ended: bool = False
    corrected: bool = False
    revision: int = 0
    """Last sent, or last taken."""
    unsent: bool = False

    def shown(self, *, last: bool) -> TextLine:
        # Whoever begins another line has ended this one, even if a reloaded page could not say so.
        ended = self.ended or not last
        return TextLine(self.number, self.text, self.own, ended, self.corrected)

    def frame(self, kind: type[Line | Told]) -> Line | Told:
        return kind(n=self.number, revision=self.revision, text=self.text, ended=self.ended)


class RealTimeText:
    """The lane of typed text; lives on the loop and dies with the visit."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        """Call `on_change` whenever `lines` has changed, by either side, or `connected` has."""
        self._on_change = on_change
        self._own: list[_Kept] = []
        self._theirs: list[_Kept] = []
        self._begun: list[_Kept] = []
        self._pipe: Pipe | None = None
        self._told = False
        self._due: asyncio.TimerHandle | None = None
        self._wiped = False

    @property
    def label(self) -> str:
        """Of its data channels."""
        return LABEL

    @property
    def lossy(self) -> bool:
        """No key may be lost."""
        return False

    @property
    def connected(self) -> bool:
        """Whether there is a way to the other side now; what is typed without one waits."""
        return self._pipe is not None

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """Both sides' lines, in the order in which they were begun here."""
        return tuple(
            line.shown(last=line is (self._own if line.own else self._theirs)[-1])
            for line in self._begun
        )

    def type(self, text: str) -> None:
        """The line being typed now reads so; the first key after an ended line begins another."""
        text = _clean(text)
        line = self._own[-1] if self._own and not self._own[-1].ended else None
        if line is None:
            if not text or self._wiped or len(self._own) >= MOST_LINES:
                return
            line = _Kept(len(self._own) + 1, own=True)
            self._own.append(line)
            self._begun.append(line)
        if text != line.text:
            line.text = text
            self._changed(line)

    def end(self) -> None:
        """The line being typed is ended; without one nothing happens."""
        if self._own and not self._own[-1].ended:
            self._own[-1].ended = True
            self._changed(self._own[-1])

    def correct(self, number: int, text: str) -> None:
        """Our ended line of this number reads otherwise now; empty: it is taken back."""
        if not 1 <= number <= len(self._own):
            return
        line, text = self._own[number - 1], _clean(text)
        if line.ended and text != line.text:
            line.text, line.corrected = text, True
            self._changed(line)

    def wipe(self) -> int:
        """Forget every line and take none any more; return how many there were."""
        self._wiped, self._pipe = True, None
        self._settle()
        erased = len(self._begun)
        for lines in (self._own, self._theirs, self._begun):
            lines.clear()
        return erased

    def open(self, pipe: Pipe) -> None:
        """A channel is open: use it from now on, in place of an older one."""
        if self._wiped:
            return
        self._pipe, self._told = pipe, False
        self._settle()
        revisions = tuple(line.revision for line in self._theirs)
        pipe.send(Have(revisions=revisions).model_dump_json())
        self._flush()
        self._on_change()

    def closed(self, pipe: Pipe) -> None:
        """That channel is gone."""
        if self._pipe is pipe:
            self._pipe = None
            self._settle()
            self._on_change()

    def take(self, data: str | bytes) -> None:
        """Take what came over a channel; what is malformed is dropped with one line in the log."""
        if self._wiped:
            return
        if not isinstance(data, str) or len(data) > MOST_BYTES:
            log.warning("text dropped", reason="not text, or too long")
            return
        try:
            frame = FRAME.validate_json(data)
        except ValidationError as error:
            log.warning("text dropped", reason=error.errors(include_input=False)[0]["type"])
            return
        if isinstance(frame, Have):
            self._send_newer(frame)
        else:
            self._take_line(frame)

    def _take_line(self, frame: Line) -> None:
        if frame.n > len(self._theirs) + 1:
            return  # What lies between was lost with a connection, and comes again with it.
        if frame.n > len(self._theirs):
            line = _Kept(frame.n, own=False)
            self._theirs.append(line)
            self._begun.append(line)
        line = self._theirs[frame.n - 1]
        if frame.revision <= line.revision:
            return
        text = _clean(frame.text)
        line.corrected = line.corrected or (line.ended and text != line.text)
        line.text, line.revision = text, frame.revision
        line.ended = line.ended or frame.ended
        self._on_change()

    def _changed(self, line: _Kept) -> None:
        line.unsent = True
        if self._pipe is not None and self._pipe.buffered < FULL_BYTES:
            self._flush()
        elif self._pipe is not None and self._due is None:
            loop = asyncio.get_running_loop()
            self._due = loop.call_later(LONGEST_WAIT_S, self._flush)
        self._on_change()

    def _flush(self) -> None:
        self._settle()
        for line in self._own:
            if line.unsent:
                self._send(line)

    def _settle(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _send_newer(self, have: Have) -> None:
        # Once for each channel: asked again and again, this would fill the memory with answers.
        if self._told:
            return
        self._told = True
        for line in self._begun:
            if line.own:
                held = have.revisions[line.number - 1] if line.number <= len(have.revisions) else 0
                if line.unsent or held < line.revision:
                    self._send(line)
            elif line.number > have.remembered:
                self._tell_again(line)

    def _send(self, line: _Kept) -> None:
        if self._pipe is None or (line.unsent and line.revision >= MOST_REVISIONS):
            return
        line.revision += line.unsent
        line.unsent = False
        self._pipe.send(line.frame(Line).model_dump_json())

    def _tell_again(self, line: _Kept) -> None:
        if self._pipe is not None:
            self._pipe.send(line.frame(Told).model_dump_json())


def _clean(text: str) -> str:
    """Without control characters and halves of pairs, and no longer than a line may be."""
    kept = (one for one in text if unicodedata.category(one) not in ("Cc", "Cs"))
    return "".join(kept)[:MOST_CHARACTERS]
