"""The far end as a program: an agent at the desk, or the other side of Chromium's own page."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import uvicorn
import websockets
from aiortc import RTCPeerConnection
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from fastapi.staticfiles import StaticFiles
from pydantic import TypeAdapter

from bench import peer
from bench.material import Loop, load_loop

PAGE = Path(__file__).with_name("page")
READY_EVERY_S = 1.0

Answer = Callable[[str], Awaitable[tuple[RTCPeerConnection, str]]]
_json: TypeAdapter[dict[str, object]] = TypeAdapter(dict[str, object])


async def serve_page(port: int, answer: Answer) -> None:
    """Serve the kiosk page and answer each offer that it sends on `/ws`."""
    app = FastAPI()

    @app.websocket("/ws")
    async def talk(socket: WebSocket) -> None:
        await socket.accept()
        connection: RTCPeerConnection | None = None
        try:
            while True:
                message = await socket.receive_json()
                if connection is not None:
                    await connection.close()
                    connection = None
                if message["type"] == "offer":
                    connection, sdp = await answer(message["sdp"])
                    await socket.send_json({"type": "answer", "sdp": sdp})
        except WebSocketDisconnect:
            if connection is not None:
                await connection.close()

    await _serve(app, port)


async def serve_relay(port: int) -> None:
    """Serve both pages and carry what one sends on `/ws` to the other's `/agent`, and back."""
    app = FastAPI()
    ends: dict[str, WebSocket] = {}

    @app.websocket("/{end}")
    async def carry(socket: WebSocket, end: str) -> None:
        await socket.accept()
        ends[end] = socket
        try:
            while True:
                text = await socket.receive_text()
                other = ends.get("agent" if end == "ws" else "ws")
                if other is not None:
                    await other.send_text(text)
        except WebSocketDisconnect:
            ends.pop(end, None)

    await _serve(app, port)


async def _serve(app: FastAPI, port: int) -> None:
    app.mount("/", StaticFiles(directory=PAGE, html=True))
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning")
    await uvicorn.Server(config).serve()


class DeskAgent:
    """Signs in to the desk as the agent's page does, and answers the first who rings."""

    def __init__(self, url: str, user: str, password: str, answer: Answer) -> None:
        self._url = url
        self._credentials = {"user": user, "password": password}
        self._answer = answer
        self._page = secrets.token_hex(8)
        self._ticket: str | None = None
        self._attempts: dict[int, str] = {}
        self._connection: RTCPeerConnection | None = None
        self._readying: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Sign in and answer calls until the socket closes."""
        async with httpx.AsyncClient(base_url=self._url) as http:
            signed_in = await http.post(
                "/api/session", json=self._credentials, headers={"Origin": self._url}
            )
            signed_in.raise_for_status()
            cookies = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        address = self._url.replace("http", "ws", 1) + "/ws"
        async with websockets.connect(
            address, origin=websockets.Origin(self._url), additional_headers={"Cookie": cookies}
        ) as socket:
            await self._send(socket, type="presence", state="available")
            async for text in socket:
                await self._take(socket, _json.validate_json(text))

    async def _send(self, socket: websockets.ClientConnection, **message: object) -> None:
        await socket.send(_json.dump_json({"v": 1, **message}).decode())

    async def _take(self, socket: websockets.ClientConnection, message: dict[str, object]) -> None:
        match message:
            case {"type": "ping", "n": n}:
                await self._send(socket, type="pong", n=n)
            case {"type": "queue", "waiting": [{"ticket": ticket}, *_]} if self._ticket is None:
                self._ticket = str(ticket)
                await self._send(socket, type="claim", ticket=ticket)
            case {"type": "claimed", "outcome": outcome} if outcome != "won":
                self._ticket = None
            case {"type": "call", "ticket": ticket}:
                self._ticket = str(ticket)
                self._readying = asyncio.create_task(self._ready(socket, self._ticket))
            case {"type": "signal", "body": {"type": "offer", "attempt": int(number), "sdp": sdp}}:
                await self._take_offer(socket, number, str(sdp))
            case {"type": "ended"}:
                await self._hang_up()
            case _:
                pass

    async def _ready(self, socket: websockets.ClientConnection, ticket: str) -> None:
        while True:
            body = {"v": 1, "type": "ready", "page": self._page}
            await self._send(socket, type="signal", ticket=ticket, body=body)
            await asyncio.sleep(READY_EVERY_S)

    async def _take_offer(self, socket: websockets.ClientConnection, number: int, sdp: str) -> None:
        if self._readying is not None:
            self._readying.cancel()
            self._readying = None
        if number not in self._attempts:
            if self._connection is not None:
                await self._connection.close()
            self._connection, self._attempts[number] = await self._answer(sdp)
        body = {"v": 1, "type": "answer", "attempt": number, "sdp": self._attempts[number]}
        await self._send(socket, type="signal", ticket=self._ticket, body=body)

    async def _hang_up(self) -> None:
        if self._readying is not None:
            self._readying.cancel()
        if self._connection is not None:
            await self._connection.close()
        self._ticket, self._connection, self._readying = None, None, None
        self._attempts.clear()


async def run(arguments: argparse.Namespace, loop: Loop) -> None:
    """Be the far end that `arguments` describe until ended."""
    if arguments.way == "relay":
        await serve_relay(arguments.port)
        return
    with arguments.log.open("w", buffering=1) as file:

        def log(line: str) -> None:
            file.write(line + "\n")

        peer.lighten(log)

        async def answer(sdp: str) -> tuple[RTCPeerConnection, str]:
            return await peer.answer(sdp, loop, log)

        if arguments.way == "page":
            await serve_page(arguments.port, answer)
        else:
            password = sys.stdin.readline().strip()
            await DeskAgent(arguments.desk, arguments.user, password, answer).run()


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", choices=["page", "desk", "relay"])
    parser.add_argument("--loop", type=Path, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--port", type=int, help="page, relay: where to serve")
    parser.add_argument("--desk", help="desk: its URL")
    parser.add_argument("--user", help="desk: who signs in; the password is read from stdin")
    arguments = parser.parse_args()
    asyncio.run(run(arguments, load_loop(arguments.loop)))


if __name__ == "__main__":
    main()
