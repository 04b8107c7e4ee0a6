"""The booth's ends of a call's data channels, as short as they can be: a test says every frame."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Any

from aiortc import RTCDataChannel

from kiosk.link import papers

PATIENCE_S = 20
WINDOW_BYTES = 24 * 1024
"""Sent ahead of what the page wants."""


class LaneEnd:
    """Keeps what came, and sends over the newest channel; `greeting` is said on each."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.heard: list[dict[str, Any]] = []
        self.chunks: list[bytes] = []
        self.greeting: list[dict[str, Any]] = []
        self._news = asyncio.Condition()
        self._channel: RTCDataChannel | None = None

    def use(self, channel: RTCDataChannel) -> None:
        self._channel = channel
        channel.on("open", self._greet)
        channel.on("message", self._took)

    def say(self, kind: str, **values: object) -> None:
        assert self._channel is not None
        self._channel.send(json.dumps({"type": kind, **values}))

    def say_bytes(self, data: bytes) -> None:
        assert self._channel is not None
        self._channel.send(data)

    async def expect(self, kind: str, **values: object) -> dict[str, Any]:
        """Return the first frame of that kind and those values, heard already or to come."""
        wanted = {"type": kind, **values}

        def found() -> list[dict[str, Any]]:
            return [one for one in self.heard if wanted.items() <= one.items()]

        await self.until(lambda: bool(found()))
        return found()[0]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(condition)

    def _greet(self) -> None:
        for frame in self.greeting:
            self.say(**{"kind" if key == "type" else key: value for key, value in frame.items()})

    async def _took(self, data: str | bytes) -> None:
        async with self._news:
            if isinstance(data, bytes):
                self.chunks.append(data)
            else:
                self.heard.append(json.loads(data))
            self._news.notify_all()


class PapersEnd(LaneEnd):
    """Offers documents, and takes what the agent gives."""

    def __init__(self) -> None:
        super().__init__(papers.LABEL)
        self.greeting = [
            {"type": "hello", "held": []},
            {"type": "can", "scan": True, "print": True, "take_away": True},
        ]

    def offer(self, content: bytes, number: int = 1, **more: object) -> str:
        document = secrets.token_hex(16)
        values: dict[str, object] = {
            "id": document,
            "kind": "page",
            "media": "image/jpeg",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "number": number,
            **more,
        }
        self.send_offer(values)
        return document

    def send_offer(self, values: dict[str, object]) -> None:
        assert self._channel is not None
        # The frame's own `kind` is a document's.
        self._channel.send(json.dumps({"type": "offer", **values}))

    async def serve(self, document: str, content: bytes, until: int | None = None) -> None:
        """Send as the page wants it, up to `until`."""
        end = len(content) if until is None else until
        offset = (await self.expect("want", id=document))["offset"]
        while offset < end:
            part = content[offset : min(end, offset + papers.CHUNK_BYTES)]
            self.say_bytes(bytes.fromhex(document) + offset.to_bytes(8, "big") + part)
            offset += len(part)
            await self._until_wanted(document, offset - WINDOW_BYTES)

    async def fetch(self, offer: dict[str, Any]) -> bytes:
        """Take a document of the agent's whole."""
        document, size, content = offer["id"], offer["size"], bytearray()
        self.say("want", id=document, offset=0)
        while len(content) < size:
            await self.until(lambda: bool(self.chunks))
            for chunk in self.chunks[:]:
                assert chunk[:16].hex() == document
                assert int.from_bytes(chunk[16:24], "big") == len(content)
                content += chunk[24:]
            self.chunks.clear()
            self.say("want", id=document, offset=len(content))
        return bytes(content)

    async def _until_wanted(self, document: str, offset: int) -> None:
        await self.until(lambda: self._wanted(document) >= offset)

    def _wanted(self, document: str) -> int:
        offsets = [
            one["offset"] for one in self.heard if one["type"] == "want" and one["id"] == document
        ]
        return max(offsets, default=0)
