"""Entries that several gateways change: each change is made of what stands there, or again.

A change names the revision that it was made of (compare-and-set), so that of two made of the same
one the broker takes one, and the other is made anew of what the first left. Nothing is decided on
what is merely remembered: that a change changes nothing is confirmed by the broker too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from kiosk.link.entries import AnyMessage
from kiosk.link.line import LineDown
from kiosk.link.store import Bucket, KeyExists

_ATTEMPTS = 50
"""Changes of one entry by other gateways that one change gives way to, before it gives up."""

Result = TypeVar("Result")


class Shared(Generic[AnyMessage]):
    """The entries of one kind in a bucket, by key, as last seen."""

    def __init__(
        self,
        bucket: Bucket[AnyMessage],
        empty: Callable[[str], AnyMessage],
        ttl_s: Callable[[str], int | None],
        on_change: Callable[[str], None],
    ) -> None:
        """`empty` is the entry that is not there; `on_change` hears of keys, on the loop.

        `ttl_s`: how long an entry stays; None: for ever.
        """
        self._bucket = bucket
        self._empty = empty
        self._ttl_s = ttl_s
        self._on_change = on_change
        self._seen: dict[str, tuple[AnyMessage, int]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    def get(self, key: str) -> AnyMessage:
        """Return the entry as last seen."""
        return self._seen[key][0] if key in self._seen else self._empty(key)

    @property
    def keys(self) -> Iterable[str]:
        """Of all entries seen."""
        return tuple(self._seen)

    async def load(self, keys: Iterable[str]) -> None:
        """See what stands under the keys now.

        Raises:
            LineDown: not known of all.
        """
        for key in keys:
            await self._look(key)

    def forget(self, key: str) -> None:
        """Drop what was seen of an entry that nobody asks for any more."""
        self._seen.pop(key, None)
        self._locks.pop(key, None)

    def hear(self, key: str, message: AnyMessage | None, revision: int) -> None:
        """Take what the broker told; None: it has been erased."""
        if revision <= self._seen.get(key, (None, 0))[1]:
            return
        self._seen[key] = (message or self._empty(key), revision)
        self._on_change(key)

    async def change(
        self, key: str, edit: Callable[[AnyMessage], tuple[AnyMessage, Result]]
    ) -> Result:
        """Replace the entry by what `edit` makes of it, and return the edit's result.

        `edit` is pure; it is asked again when somebody else's change came between.

        Raises:
            LineDown: not known whether it was done; ask again with an edit that can tell.
        """
        # One at a time: within a gateway there is nothing to compete for.
        async with self._locks.setdefault(key, asyncio.Lock()):
            if key not in self._seen:
                await self._look(key)
            for _ in range(_ATTEMPTS):
                before, revision = self._seen.get(key, (self._empty(key), 0))
                after, result = edit(before)
                try:
                    if after != before:
                        revision = await self._bucket.keep(
                            key, after, self._ttl_s(key), last=revision
                        )
                        self.hear(key, after, revision)
                        return result
                    await self._look(key)
                    if self._seen.get(key, (before, 0))[1] == revision:
                        return result
                except KeyExists:
                    await self._look(key)
        raise LineDown("too many gateways at one entry")

    async def _look(self, key: str) -> None:
        entry = await self._bucket.get(key)
        if entry is None:
            self._seen.pop(key, None)
        else:
            self._seen[key] = (entry.message or self._empty(key), entry.revision)
