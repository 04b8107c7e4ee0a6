"""What of a call is neither seen nor heard: the text beside it, and the window that is shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kiosk.calls.again import Repeats
from kiosk.calls.lane import Lane
from kiosk.calls.show import ShowLane
from kiosk.calls.text import RealTimeText
from kiosk.link.text import MOST_CHARACTERS
from kiosk.visit.snapshot import WrittenLine
from kiosk.visit.visit import Visit


class Conversation:
    """Keeps the visit's `CallView` told of both; lives on the loop, as long as the call."""

    def __init__(self, visit: Visit, on_change: Callable[[], None]) -> None:
        """Call `on_change` whenever `visit` has changed."""
        self._visit = visit
        self._on_change = on_change
        self._text = RealTimeText(self._text_changed)
        self._again = Repeats(self._text)
        self._show = ShowLane(self._show_changed)

    @property
    def lanes(self) -> Sequence[Lane]:
        """What the call's connections carry of it."""
        return (self._again.original, self._again, self._show)

    async def wipe(self) -> int:
        """Forget every line; return how many there were."""
        return self._text.wipe()

    def left(self) -> int:
        """Return how many lines are still here."""
        return len(self._text.lines)

    def show_writing(self, *, shown: bool) -> None:
        """Open the text beside the call, or put it away."""
        self._visit.call = replace(self._visit.call, writing=shown, unread=0)
        self._on_change()

    def type(self, text: str) -> None:
        """The line being typed now reads so."""
        self._text.type(_one_line(text))

    def end(self) -> None:
        """The line is ended."""
        self._text.end()

    def correct(self, number: int, text: str) -> None:
        """An ended line of the resident's reads otherwise now; empty: it is taken back."""
        self._text.correct(number, _one_line(text))

    def _text_changed(self) -> None:
        call = self._visit.call
        lines = tuple(
            WrittenLine(line.text, line.own, line.number, line.ended, line.corrected)
            for line in self._text.lines
        )
        before = _theirs(call.written)
        fresh = max(0, _theirs(lines) - before)
        # The first line opens the text; put away by the resident, it stays away and counts.
        writing = call.writing or (fresh > 0 and before == 0)
        self._visit.call = replace(
            call, written=lines, writing=writing, unread=0 if writing else call.unread + fresh
        )
        self._on_change()

    def _show_changed(self, showing: bool, pointer: tuple[float, float] | None) -> None:
        self._visit.call = replace(self._visit.call, showing=showing, pointer=pointer)
        self._on_change()


def _theirs(lines: Sequence[WrittenLine]) -> int:
    return sum(not line.own for line in lines)


def _one_line(text: str) -> str:
    # What is typed is sent as it is, a blank at its end too: only line ends would be two lines.
    return " ".join(text.splitlines())[:MOST_CHARACTERS]
