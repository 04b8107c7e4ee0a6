"""What is to be sent for certain, on disk until it has arrived: across crashes and power cuts."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from kiosk.link.outbox_file import Letter, OutboxFile
from kiosk.log import get_logger

__all__ = ["Letter", "Outbox"]

#: Letters kept: a booth's events of half a year without its line.
MOST_LETTERS: Final = 100_000

_Result = TypeVar("_Result")

_log = get_logger(__name__)


class Outbox:
    """Letters in a file, written by a thread of its own: a slow disk delays nobody.

    What `put` was given is written in that order; a process that is killed loses what it put in
    its last millisecond, a power cut what the disk had not yet confirmed.
    """

    def __init__(self, path: Path, *, most: int = MOST_LETTERS, remember_s: float = 0) -> None:
        """`remember_s`: for so long the same letter put again after its arrival is ignored."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="outbox")
        self._file: OutboxFile | None = None
        self._listeners: list[Callable[[], None]] = []
        self._begin = partial(OutboxFile, path, most=most, remember_s=remember_s)
        self._closed = False

    def on_put(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener`, on the outbox's thread, after each put; return what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def put(self, *letters: Letter, replacing: str = "") -> Future[int]:
        """Keep letters, all or none, and return how many were new, once they are on disk.

        `replacing`: where the first letter is new, letters about this are dropped; where it is
        not, nothing is done. Never raises: what the disk does not take is lost, and the log says
        so. Any thread may call it; whoever does not wait goes on at once.
        """
        return self._thread.submit(self._put, letters, replacing)

    async def due(self, now: float, most: int) -> list[Letter]:
        """Return at most `most` letters to be sent by `now` (Unix seconds), first put first.

        Raises:
            sqlite3.Error: the disk does not serve; as all below.
        """
        return await self._on_thread(lambda file: file.due(now, most))

    async def next_due(self) -> float | None:
        """Return when the next is to be sent, Unix seconds; None where there is none."""
        return await self._on_thread(OutboxFile.next_due)

    async def done(self, ids: Iterable[str]) -> None:
        """Forget letters that have arrived."""
        arrived = tuple(ids)
        await self._on_thread(lambda file: file.done(arrived))

    async def postpone(self, letter: Letter, due: float) -> None:
        """Try a letter again at `due`."""
        await self._on_thread(lambda file: file.postpone(letter.id, due))

    async def close(self) -> None:
        """Write what was put, and let go of the file."""
        if not self._closed:
            self._closed = True
            await asyncio.wrap_future(self._thread.submit(self._close))
            self._thread.shutdown(wait=False)

    def _put(self, letters: tuple[Letter, ...], replacing: str) -> int:
        try:
            added = self._opened().put(letters, replacing)
        except sqlite3.Error as error:
            _log.warning("outbox not written", reason=str(error))
            return 0
        for listener in tuple(self._listeners):
            listener()
        return added

    async def _on_thread(self, act: Callable[[OutboxFile], _Result]) -> _Result:
        return await asyncio.wrap_future(self._thread.submit(lambda: act(self._opened())))

    def _opened(self) -> OutboxFile:
        # On the thread, not when it is made: a large file is checked while the booth starts.
        if self._file is None:
            self._file = self._begin()
        return self._file

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
