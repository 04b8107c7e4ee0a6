"""The robot's hand: writes one line after another, key by key, for a person to read as it comes."""

from __future__ import annotations

import asyncio

from desk.robot.text import RobotText

KEY_S = 0.03
"""Between two keys: a quick typist, and a line is read before it bores."""
MOST_WAITING = 20
"""Lines; whoever asks for more is not a person."""


class Writing:
    """Writes to one call's text; `run` must run for anything to be written."""

    def __init__(self, text: RobotText) -> None:
        self._text = text
        self._waiting: asyncio.Queue[tuple[str, bool]] = asyncio.Queue(MOST_WAITING)

    def write(self, line: str, *, by_keys: bool = True) -> None:
        """Write a line when those before it are; at once and whole unless `by_keys`."""
        if not self._waiting.full():
            self._waiting.put_nowait((line, by_keys))

    async def run(self) -> None:
        """Write, until cancelled."""
        while True:
            line, by_keys = await self._waiting.get()
            for end in range(1, len(line)) if by_keys else ():
                self._text.write(line[:end], ended=False)
                await asyncio.sleep(KEY_S)
            self._text.write(line)
