"""Watching entries: what is told is true, also across lost messages and broker outages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

import structlog
from nats.aio.msg import Msg

from kiosk.link.entries import AnyMessage, Change, Entry, Snapshot
from kiosk.link.line import LineDown

if TYPE_CHECKING:
    from kiosk.link.store import Bucket

#: Entries followed by one watcher: a national agency's queue many times over, and a bound.
_MAX_KEYS = 2_000
#: Seconds after which an entry that names no time to live must have been refreshed.
_LONGEST_TTL_S = 15.0
#: Seconds past an entry's time to live before asking: the broker's clock ticks after 4 to 30 ms.
_AFTER_TTL_S = 0.1
#: Seconds until asking again when the broker did not answer.
_ASK_AGAIN_S = 0.5

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Followed(Generic[AnyMessage]):
    """An entry that is there as far as we know."""

    message: AnyMessage
    revision: int
    ttl_s: float
    due: float
    """Loop time at which it must have been refreshed."""


class Watch(Generic[AnyMessage]):
    """One watch of a bucket; see `Bucket.watch`."""

    def __init__(
        self, bucket: Bucket[AnyMessage], pattern: str, refresh_s: float, present: tuple[str, ...]
    ) -> None:
        self._bucket = bucket
        self._pattern = pattern
        self._refresh_s = refresh_s
        self._present = present
        self._prefix = len(bucket.live_subject(""))
        self._loop = asyncio.get_running_loop()
        self._heard: dict[str, Entry[AnyMessage]] = {}
        self._followed: dict[str, _Followed[AnyMessage]] = {}
        self._wake = asyncio.Event()
        self._resumed = False
        self._snapshot_due: float | None = None
        self._snapshot_told = False

    async def changes(self) -> AsyncGenerator[Change[AnyMessage] | Snapshot]:
        """Tell of changes for ever; closing the iterator ends the watch."""
        line = self._bucket.line
        end_listening = line.on_state(self._line_changed)
        subscription = await line.subscribe(self._bucket.live_subject(self._pattern), self._hear)
        try:
            self._line_changed(line.up)
            while True:
                async for change in self._resume():
                    yield change
                for change in self._take_heard():
                    yield change
                async for change in self._check_due():
                    yield change
                if self._snapshot_now():
                    yield Snapshot()
                await self._sleep()
        finally:
            end_listening()
            await subscription.close()

    def _hear(self, stored: Msg) -> None:
        key = stored.subject[self._prefix :]
        if len(self._heard) + len(self._followed) >= _MAX_KEYS and key not in self._followed:
            _log.warning("entry dropped", bucket=self._bucket.name, reason="too many entries")
            return
        entry = self._bucket.read(key, stored)
        if entry is not None:
            self._heard[key] = entry
            self._wake.set()

    def _line_changed(self, up: bool) -> None:
        self._resumed = up
        self._wake.set()

    async def _resume(self) -> AsyncIterator[Change[AnyMessage]]:
        """After an outage: give writers time to be back, but believe in deletions at once."""
        if not self._resumed:
            return
        self._resumed = False
        now = self._loop.time()
        if self._snapshot_due is None:
            self._snapshot_due = now + (0 if self._present else 1.5 * self._refresh_s)
        for followed in self._followed.values():
            followed.due = max(followed.due, now + followed.ttl_s + _AFTER_TTL_S)
        for key in {*self._present, *self._followed}:
            try:
                entry = await self._bucket.get(key)
            except LineDown:
                return
            if entry is not None and key not in self._heard:
                for change in self._take(key, entry):
                    yield change

    def _take_heard(self) -> list[Change[AnyMessage]]:
        heard, self._heard = self._heard, {}
        return [change for key, entry in heard.items() for change in self._take(key, entry)]

    def _take(self, key: str, entry: Entry[AnyMessage]) -> list[Change[AnyMessage]]:
        """Note an entry that the broker has; return the change that it is, if it is one."""
        before = self._followed.get(key)
        if entry.deleted:
            return [self._gone(key, entry.revision, deleted=True)] if before else []
        if entry.message is None:
            return []
        ttl_s = min(entry.ttl_s, _LONGEST_TTL_S)
        due = self._loop.time() + ttl_s + _AFTER_TTL_S
        self._followed[key] = _Followed(entry.message, entry.revision, ttl_s, due)
        if before is not None and before.message == entry.message:
            return []
        return [Change(key, entry.message, entry.revision)]

    def _gone(self, key: str, revision: int, *, deleted: bool = False) -> Change[AnyMessage]:
        del self._followed[key]
        return Change(key, None, revision, deleted)

    async def _check_due(self) -> AsyncIterator[Change[AnyMessage]]:
        """Ask the broker about entries that were not refreshed in time."""
        now = self._loop.time()
        for key, followed in tuple(self._followed.items()):
            if followed.due > now or not self._bucket.line.up:
                continue
            try:
                entry = await self._bucket.get(key)
            except LineDown:
                followed.due = self._loop.time() + _ASK_AGAIN_S
                continue
            if key in self._heard:
                continue
            if entry is None or entry.revision == followed.revision or entry.message is None:
                yield self._gone(key, followed.revision)
            else:
                for change in self._take(key, entry):
                    yield change

    def _snapshot_now(self) -> bool:
        due = self._snapshot_due
        if self._snapshot_told or due is None or self._loop.time() < due or self._heard:
            return False
        self._snapshot_told = True
        return True

    async def _sleep(self) -> None:
        """Wait for news or for the next moment at which silence means something."""
        moments = [followed.due for followed in self._followed.values()]
        if self._snapshot_due is not None and not self._snapshot_told:
            moments.append(self._snapshot_due)
        until = min(moments) if moments and self._bucket.line.up else None
        try:
            async with asyncio.timeout_at(until):
                await self._wake.wait()
        except TimeoutError:
            pass  # A moment came.
        self._wake.clear()
