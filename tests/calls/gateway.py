"""A small gateway for the tests of the robot: sessions, one socket, a booth behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from pydantic import BaseModel

from desk.page_messages import (
    ClaimTicket,
    PageSignal,
    Ping,
    Pong,
    SetPresence,
    Welcome,
    decode_page_message,
)
from kiosk.link.messages import SignalBody

COOKIE = "session"


class Gateway:
    """What the robot sees of a desk; a test says what it says."""

    def __init__(self) -> None:
        self.sign_ins: list[dict[str, str]] = []
        self.refusals: list[tuple[int, dict[str, str]]] = []
        self.heard: asyncio.Queue[SetPresence | ClaimTicket | PageSignal | Pong] = asyncio.Queue()
        self.signals: asyncio.Queue[SignalBody] = asyncio.Queue()
        self.sockets: list[WebSocket] = []
        self.app = FastAPI()
        self.app.add_api_route("/api/session", self._sign_in, methods=["POST"])
        self.app.add_api_websocket_route("/ws", self._serve)
        self.app.add_api_route("/api/parcels", self._deposit, methods=["POST"])
        self.parcels: list[tuple[dict[str, str], bytes]] = []
        self.parcels_status = 201

    async def say(self, message: BaseModel) -> None:
        await self.sockets[-1].send_text(message.model_dump_json())

    async def expect(self, kind: type[BaseModel]) -> BaseModel:
        """Wait for the next thing of this kind that the robot says."""
        async with asyncio.timeout(20):
            while True:
                message = await self.heard.get()
                if isinstance(message, kind):
                    return message

    async def _sign_in(self, request: Request) -> Response:
        self.sign_ins.append(
            {"origin": request.headers.get("origin", ""), **(await request.json())}
        )
        if self.refusals:
            status, headers = self.refusals.pop(0)
            return Response(status_code=status, headers=headers)
        response = Response(status_code=200)
        response.set_cookie(COOKIE, "given")
        return response

    async def _deposit(self, request: Request) -> Response:
        self.parcels.append((dict(request.headers), await request.body()))
        return Response(status_code=self.parcels_status)

    async def _serve(self, socket: WebSocket) -> None:
        await socket.accept()
        self.sockets.append(socket)
        await self.say(
            Welcome(agent="robot", name="Robot", agency="essai", agency_name="Essai", now=0)
        )
        beat = asyncio.create_task(self._beat(socket))
        try:
            while True:
                message = decode_page_message(await socket.receive_text())
                if isinstance(message, PageSignal):
                    self.signals.put_nowait(message.body)
                self.heard.put_nowait(message)
        except WebSocketDisconnect:
            pass
        finally:
            beat.cancel()

    async def _beat(self, socket: WebSocket) -> None:
        number = 0
        while True:
            number += 1
            await socket.send_text(Ping(n=number).model_dump_json())
            await asyncio.sleep(0.5)


@asynccontextmanager
async def serving(gateway: Gateway, port: int = 0) -> AsyncIterator[int]:
    """Serve on loopback; yields the port."""
    config = uvicorn.Config(
        gateway.app, host="127.0.0.1", port=port, log_level="critical", ws="websockets-sansio",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        while not server.started:
            await asyncio.sleep(0.01)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        await task
