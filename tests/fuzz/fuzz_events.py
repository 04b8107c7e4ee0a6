"""Fuzzes what a reader of statistics gets from the broker: counted, refused, never a crash."""

from __future__ import annotations

import asyncio
from typing import cast

from nats.aio.client import Client
from nats.aio.msg import Msg

from kiosk.link.line import Line, LineDown
from kiosk.statistics.reading import EventReader

_EVENT = b'{"v":1,"event":"' + b"a" * 32 + b'","kind":"started","hour":1,"agency":"c","kiosk":"k"}'
_SENT = b"1\n2026-11-22T10:00:00.123456789Z\nevents.booth.k\n"
SEEDS = (_SENT + _EVENT, _SENT + b"{}", b"x\n\n\n", b"9999999\n2026\nevents.desk.c\n" + _EVENT)


class _Hostile:
    """A line whose broker answers each question with the same."""

    def __init__(self, data: bytes) -> None:
        sequence, at, subject, self._payload = (*data.split(b"\n", 3), b"", b"", b"", b"")[:4]
        told = {"Nats-Sequence": sequence, "Nats-Time-Stamp": at, "Nats-Subject": subject}
        self._headers = {name: text.decode(errors="replace") for name, text in told.items()}

    async def request(self, _subject: str, _payload: bytes) -> Msg:
        return Msg(cast(Client, None), data=self._payload, headers=self._headers)


async def _read(data: bytes) -> None:
    reader = EventReader(cast(Line, _Hostile(data)))
    count = 0
    async for _ in reader.events():
        count += 1
    if count > 1:
        raise AssertionError("one number was counted twice")


def target(data: bytes) -> None:
    """Bytes as sequence, time, subject and payload of a stored message, one to a line."""
    try:
        asyncio.run(_read(data))
    except LineDown:
        return
