"""Buckets: small entries with a time to live, kept on the broker and written by one side each.

A bucket is a NATS key-value bucket, read by standard tools. The broker repeats each entry that it
has stored, and only those, on `live.<bucket>.<key>`: that is what watchers hear. Nobody but the
administrator may make consumers, because a consumer's creator chooses the subject to which the
broker delivers, and so could speak in another's name (docs/decisions/0003).
"""

from __future__ import annotations

import json
import math
from collections.abc import AsyncGenerator
from typing import Generic

import structlog
from nats.aio.msg import Msg

from kiosk.link.entries import AnyMessage, Change, Entry, Snapshot
from kiosk.link.keys import check_belongs
from kiosk.link.line import Line, LineDown
from kiosk.link.messages import MalformedMessage, decode, encode
from kiosk.link.watch import Watch

#: Seconds that the mark of a deletion stays, so that a watcher who was away finds it.
_TOMBSTONE_S = 10

#: Digits of the longest time to live taken literally: three years are as good as no limit.
_TTL_DIGITS = 8

#: JetStream's code for "the entry's last revision is not the one you expected" (ADR-5).
_WRONG_LAST_REVISION = frozenset({10071, 10164})

_log = structlog.get_logger(__name__)


class KeyExists(Exception):
    """Another entry stands where one was to be written."""


class Bucket(Generic[AnyMessage]):
    """One bucket, as the owner of `line` may use it."""

    def __init__(self, line: Line, name: str, kind: type[AnyMessage]) -> None:
        self.line = line
        self.name = name
        self.kind = kind

    def live_subject(self, pattern: str) -> str:
        """Return where the broker repeats what is stored under keys like `pattern`."""
        return f"live.{self.name}.{pattern}"

    async def create(self, key: str, message: AnyMessage, ttl_s: int) -> int:
        """Write the entry if there is none, and return its revision.

        However many create at once, exactly one succeeds.

        Raises:
            KeyExists: there is one.
            LineDown: no answer; it may have been written all the same.
        """
        try:
            return await self.keep(key, message, ttl_s, last=0)
        except KeyExists:
            entry = await self.get(key)
            if entry is not None and entry.message is not None:
                raise
            # Deleted but still marked, or expired since: our turn, if nobody comes between.
            return await self.keep(key, message, ttl_s, last=entry.revision if entry else 0)

    async def keep(
        self, key: str, message: AnyMessage, ttl_s: int | None, *, last: int | None = None
    ) -> int:
        """Write or refresh the entry and return its new revision; without `ttl_s` it stays.

        With `last`, only if that is the revision of what stands there (0: nothing does).

        Raises:
            KeyExists: another revision stands there.
            LineDown: no answer; it may have been written all the same.
        """
        headers = {} if ttl_s is None else {"Nats-TTL": f"{ttl_s}s"}
        return await self._write(key, encode(message), headers, last)

    async def delete(self, key: str, *, last: int | None = None) -> None:
        """Take the entry away; watchers are told at once.

        Raises:
            KeyExists: the revision there is not `last`.
            LineDown: no answer; it may be gone all the same.
        """
        mark = {"KV-Operation": "DEL", "Nats-TTL": f"{_TOMBSTONE_S}s"}
        await self._write(key, b"", mark, last)

    async def get(self, key: str) -> Entry[AnyMessage] | None:
        """Return what stands under `key`, or None where nothing does.

        Raises:
            LineDown: no answer.
        """
        answer = await self.line.request(f"$JS.API.DIRECT.GET.KV_{self.name}.$KV.{self.name}.{key}")
        match (answer.headers or {}).get("Status"):
            case None:
                return self.read(key, answer)
            case "404":
                return None
            case status:
                raise LineDown(f"broker said {status}")

    def read(self, key: str, stored: Msg) -> Entry[AnyMessage] | None:
        """Return the entry in a message that the broker stored, or None where it is no entry."""
        headers = stored.headers or {}
        revision = headers.get("Nats-Sequence", "")
        if not revision.isascii() or not revision.isdigit():
            return None
        deleted = "KV-Operation" in headers
        message = None if deleted else self._decode(key, stored.data)
        ttl_s = _seconds(headers.get("Nats-TTL", ""))
        return Entry(message, int(revision), ttl_s, deleted)

    def watch(
        self, pattern: str, *, refresh_s: float = 2.0, present: tuple[str, ...] = ()
    ) -> AsyncGenerator[Change[AnyMessage] | Snapshot]:
        """Tell of the entries under keys like `pattern` (`*` for one token; rights are by token).

        First those present, then one `Snapshot`, then changes, for ever and across reconnects.
        An entry is told gone only on evidence: the mark of a deletion, or its time to live over
        and the broker's word that it was not refreshed. While the line is down nothing is told.

        `refresh_s`: how often its writers refresh an entry, which is how those present are found;
        `present`: keys to ask for at once.
        """
        return Watch(self, pattern, refresh_s, present).changes()

    def _decode(self, key: str, data: bytes) -> AnyMessage | None:
        try:
            message = decode(self.kind, data)
            check_belongs(key, message)
        except MalformedMessage as error:
            _log.warning("entry dropped", bucket=self.name, reason=str(error))
            return None
        return message

    async def _write(self, key: str, data: bytes, headers: dict[str, str], last: int | None) -> int:
        if last is not None:
            headers["Nats-Expected-Last-Subject-Sequence"] = str(last)
        answer = await self.line.request(f"$KV.{self.name}.{key}", data, headers)
        stored = json.loads(answer.data)
        if error := stored.get("error"):
            if error.get("err_code") in _WRONG_LAST_REVISION:
                raise KeyExists(key)
            raise LineDown(f"broker said {error.get('description', 'no')}")
        return int(stored["seq"])


def _seconds(text: str) -> float:
    """Return a `Nats-TTL` in seconds as we write it (`4s`); anything else is no limit."""
    digits = text.removesuffix("s")
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _TTL_DIGITS
    return float(digits) if plain else math.inf
