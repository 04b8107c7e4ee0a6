"""The booth's view of every agency: who is there, and how many wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import aclosing
from types import MappingProxyType

from kiosk.link.entries import Change
from kiosk.link.line import Line
from kiosk.link.messages import Board
from kiosk.link.store import Bucket


class Boards:
    """The latest board of each agency; one that its desk stopped refreshing is not there."""

    def __init__(
        self,
        line: Line,
        agencies: Iterable[str] = (),
        on_change: Callable[[], None] | None = None,
    ) -> None:
        self._bucket = Bucket(line, "boards", Board)
        self._agencies = tuple(agencies)
        self._listeners = [on_change] if on_change is not None else []
        self._boards: dict[str, Board] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen; `agencies` are asked for at once, others appear within 2 s."""
        self._task = asyncio.create_task(self._watch(), name="boards")

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` on the loop at each change."""
        self._listeners.append(listener)

    @property
    def latest(self) -> Mapping[str, Board]:
        """Boards by agency; while the line is down, as last heard."""
        return MappingProxyType(self._boards)

    def board(self, agency: str) -> Board | None:
        """Return what the agency's desk last said; None when it is silent."""
        return self._boards.get(agency)

    async def close(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        async with aclosing(self._bucket.watch("*", present=self._agencies)) as changes:
            async for change in changes:
                if not isinstance(change, Change):
                    continue
                if change.message is None:
                    self._boards.pop(change.key, None)
                else:
                    self._boards[change.key] = change.message
                for listener in self._listeners:
                    listener()
