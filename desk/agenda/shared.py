"""Entries that several gateways change: each change is made of what stands there, or again.

A change names the revision that it was made of (compare-and-set), so that of two made of the same
one the broker takes one, and the other is made anew of what the first left. Nothing is decided on
what is merely remembered: that a change changes nothing is confirmed by the broker too. What cannot
be read, a newer gateway's say, is no empty entry: it is left as it is, and known to nobody here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from kiosk.link.entries import AnyMessage
from kiosk.link.line import LineDown
from kiosk.link.store import Bucket, KeyExists
from kiosk.log import get_logger

_ATTEMPTS = 50
"""Changes of one entry by other gateways that one change gives way to, before it gives up."""
_ASK_AGAIN_S = 30.0
"""Between two looks at an entry that could not be read: a mended one is heard of at once."""

_log = get_logger(__name__)

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
        self._ask_again: dict[str, float] = {}

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
            LineDown: not known of all, or one of them cannot be read.
        """
        # First those that could not be read: while they cannot, the others are not asked for.
        for key in sorted(keys, key=lambda each: each not in self._ask_again):
            await self._look(key)

    def forget(self, key: str) -> None:
        """Drop what was seen of an entry that nobody asks for any more."""
        self._seen.pop(key, None)
        self._locks.pop(key, None)

    def hear(self, key: str, message: AnyMessage | None, revision: int) -> None:
        """Take what the broker told; None: it has been erased, or cannot be read."""
        if revision <= self._seen.get(key, (None, 0))[1]:
            return
        self._ask_again.pop(key, None)
        if message is None:
            # Which of the two, whoever changes it will see.
            self._seen.pop(key, None)
        else:
            self._seen[key] = (message, revision)
        self._on_change(key)

    async def change(
        self, key: str, edit: Callable[[AnyMessage], tuple[AnyMessage, Result]]
    ) -> Result:
        """Replace the entry by what `edit` makes of it, and return the edit's result.

        `edit` is pure; it is asked again when somebody else's change came between.

        Raises:
            LineDown: not known whether it was done; ask again with an edit that can tell. Or
                what stands there cannot be read, and nothing was done.
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
        now = asyncio.get_running_loop().time()
        if now < self._ask_again.get(key, now):
            raise LineDown("entry not understood")
        entry = await self._bucket.get(key)
        if entry is None:
            self._seen.pop(key, None)
        elif entry.message is not None or entry.deleted:
            self._seen[key] = (entry.message or self._empty(key), entry.revision)
        else:
            if key not in self._ask_again:
                _log.error(
                    "entry not understood: left as it is", bucket=self._bucket.name, subject=key
                )
            self._ask_again[key] = now + _ASK_AGAIN_S
            raise LineDown("entry not understood")
        self._ask_again.pop(key, None)
