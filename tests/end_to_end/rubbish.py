"""What a broken or hostile neighbour on the line might say."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterable

from kiosk.link.line import Line
from kiosk.link.messages import MAX_MESSAGE_BYTES
from tests.end_to_end.other_booth import BrokerAccount


def pieces(ticket: str) -> list[bytes]:
    """Return malformed signals: wrong, too large, of another call, and nearly right."""
    attempt = {"type": "answer", "attempt": 1, "sdp": "v=0\r\nrubbish"}
    bodies = [
        attempt,
        {**attempt, "attempt": -1},
        {**attempt, "attempt": 10**9},
        {"type": "candidate", "attempt": 1, "candidate": "candidate:x", "sdp_mid": "0"},
        {"type": "candidate", "attempt": 1, "candidate": "\0" * 900},
        {"type": "bye"},
        {"type": "bye", "reason": "because"},
        {"type": "ready", "page": "../.."},
        {"type": "no such type"},
    ]
    nearly = [json.dumps({"v": 1, "ticket": ticket, "body": body}).encode() for body in bodies]
    foreign = json.dumps(
        {"v": 1, "ticket": "0" * 32, "body": {"type": "bye", "reason": "agent"}}
    ).encode()
    return [
        *nearly,
        foreign,
        b"",
        b"\xff\xfe\x00",
        b"[" * 20_000,
        b"{}" + b" " * MAX_MESSAGE_BYTES,
        json.dumps({"v": 99, "ticket": ticket, "body": attempt}).encode(),
    ]


def publish(account: BrokerAccount, subject: str, payloads: Iterable[bytes]) -> None:
    """Publish each payload on `subject` with the rights of `account`, on a thread of its own."""

    async def speak() -> None:
        line = await Line.connect(account)
        try:
            for payload in payloads:
                await line.publish(subject, payload)
        finally:
            await line.close()

    speaker = threading.Thread(target=lambda: asyncio.run(speak()), name="rubbish")
    speaker.start()
    speaker.join()
