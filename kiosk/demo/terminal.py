"""What the person at the terminal reads: one line at a time, with whose line it is."""

from __future__ import annotations

from typing import TextIO

#: Colours of the ANSI set that are readable on light and dark terminals.
_COLOURS = {"demo": "1", "broker": "35", "desk": "34", "robot": "36", "kiosk": "32"}
_WIDTH = max(len(name) for name in _COLOURS)


class Terminal:
    """Writes lines to a stream, in colour where it is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        """Write to `stream`."""
        self._stream = stream
        self._colours = stream.isatty()

    def say(self, who: str, line: str) -> None:
        """Write one line of a part, or of the demonstration itself (`demo`)."""
        label = f"{who:>{_WIDTH}} |"
        if self._colours:
            label = f"\033[{_COLOURS.get(who, '0')}m{label}\033[0m"
        print(label, line, file=self._stream, flush=True)

    def error(self, line: str) -> None:
        """Write what went wrong and ended the demonstration."""
        self.say("demo", f"cannot go on: {line}")
