"""An agent's page without a browser: signs in over HTTP, talks on the WebSocket."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from desk.sessions import COOKIE
from tests.desk.running import PASSWORD, RunningDesk

#: Seconds that any answer may take; one takes milliseconds.
PATIENCE_S = 10


class PageClient:
    """Keeps all that the gateway said, and answers its pings until `mute`."""

    def __init__(self, desk: RunningDesk, cookie: str = "") -> None:
        self.desk = desk
        self.cookie = cookie
        self.heard: list[dict[str, Any]] = []
        self.close_code: int | None = None
        self.mute = False
        self._news = asyncio.Condition()
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None

    @classmethod
    async def signed_in(cls, desk: RunningDesk, user: str) -> Self:
        """Return the page of an agent, connected."""
        page = cls(desk)
        await page.sign_in(user)
        await page.connect()
        return page

    async def sign_in(self, user: str, password: str = PASSWORD) -> httpx.Response:
        async with httpx.AsyncClient(headers={"Origin": self.desk.url}) as client:
            answer = await client.post(
                f"{self.desk.url}/api/session", json={"user": user, "password": password}
            )
        self.cookie = answer.cookies.get(COOKIE, self.cookie)
        return answer

    async def connect(self) -> None:
        self._socket = await connect(
            self.desk.socket_url,
            origin=self.desk.url,
            additional_headers={"Cookie": f"{COOKIE}={self.cookie}"},
        )
        self._listening = asyncio.create_task(self._listen(self._socket))

    async def say(self, kind: str, **values: object) -> None:
        await self.say_raw(json.dumps({"type": kind, **values}))

    async def say_raw(self, text: str) -> None:
        assert self._socket is not None
        await self._socket.send(text)

    async def signal(self, ticket: str, kind: str, **values: object) -> None:
        await self.say("signal", ticket=ticket, body={"type": kind, **values})

    async def expect(self, kind: str, **values: object) -> dict[str, Any]:
        """Return the first message of that kind and those values, heard already or to come."""

        def found() -> dict[str, Any] | None:
            wanted = {"type": kind, **values}
            return next((one for one in self.heard if wanted.items() <= one.items()), None)

        await self.until(lambda: found() is not None)
        message = found()
        assert message is not None
        return message

    async def expect_waiting(self, *tickets: str) -> None:
        """Wait until the queue last told has exactly these tickets waiting, in this order."""
        await self.until(lambda: [one["ticket"] for one in self.waiting] == list(tickets))

    @property
    def waiting(self) -> list[dict[str, Any]]:
        queues = [one for one in self.heard if one["type"] == "queue"]
        return queues[-1]["waiting"] if queues else []

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S), self._news:
            await self._news.wait_for(condition)

    async def closed(self) -> int | None:
        """Wait until the gateway has closed the socket, and return its code."""
        assert self._listening is not None
        async with asyncio.timeout(PATIENCE_S):
            await self._listening
        return self.close_code

    async def leave(self) -> None:
        if self._socket is not None and self._listening is not None:
            await self._socket.close()
            await self._listening

    async def _listen(self, socket: ClientConnection) -> None:
        with contextlib.suppress(ConnectionClosed):
            async for text in socket:
                message = json.loads(text)
                if message["type"] == "ping" and not self.mute:
                    await self.say("pong", n=message["n"])
                async with self._news:
                    self.heard.append(message)
                    self._news.notify_all()
        self.close_code = socket.close_code
        async with self._news:
            self._news.notify_all()
