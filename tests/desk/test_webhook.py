"""An agency's system gets what it should, signed, and again until it has it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from desk.webhook import SIGNATURE, Notice, WebhookSender, signature
from kiosk.link.errands import Person
from kiosk.link.outbox import Outbox

SECRET = b"0123456789abcdef"


def notice() -> Notice:
    return Notice(
        id="a" * 32,
        kind="booked",
        at=0,
        until=9_000_000_000,
        appointment="b" * 32,
        starts_at=100,
        agency="caf",
        booth="mairie-a",
        sealed="sealed",
    )


@pytest.mark.expects_log("not delivered")
async def test_it_is_told_again_until_it_has_it(tmp_path: Path) -> None:
    statuses = iter((302, 200))
    asked: list[httpx.Request] = []
    arrived = asyncio.Event()

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        status = next(statuses)
        if status == 200:
            arrived.set()
        return httpx.Response(status, headers={"Location": "https://elsewhere.example"})

    outbox = Outbox(tmp_path / "outbox.sqlite")
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        sender = WebhookSender(
            outbox,
            "https://agency.example/hook",
            SECRET,
            lambda _sealed: Person(first_name="Awa"),
            client=client,
        )
        sender.start()
        outbox.put(notice().letter())
        async with asyncio.timeout(10):
            await arrived.wait()
            while await outbox.next_due() is not None:
                await asyncio.sleep(0.005)
        await sender.close()
    await outbox.close()
    assert [request.url.host for request in asked] == ["agency.example"] * 2
    body = asked[1].content
    at = int(asked[1].headers[SIGNATURE].partition(",")[0].removeprefix("t="))
    assert asked[1].headers[SIGNATURE] == signature(SECRET, body, at)
    told = json.loads(body)
    assert told["id"] == "a" * 32
    assert told["first_name"] == "Awa"
    assert "sealed" not in told


@pytest.mark.expects_log("delivery failed|not delivered")
async def test_one_that_cannot_be_opened_keeps_no_other_back_nor_costs_a_connection(
    tmp_path: Path,
) -> None:
    """Against a real socket: two deliveries after a failed one, over one connection."""
    connections: list[object] = []
    arrived: list[bytes] = []
    both = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(writer)
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
            arrived.append(await reader.readexactly(length))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
            if len(arrived) == 2:
                both.set()
                break
        writer.close()

    def unseal(sealed: str) -> Person:
        if sealed == "broken":
            raise KeyError(sealed)
        return Person()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    outbox = Outbox(tmp_path / "outbox.sqlite")
    broken = notice().model_copy(update={"id": "0" * 32, "sealed": "broken"})
    letters = [notice().model_copy(update={"id": digit * 32}).letter() for digit in "12"]
    async with server, httpx.AsyncClient() as client:
        sender = WebhookSender(outbox, url, SECRET, unseal, client=client)
        outbox.put(broken.letter(), *letters)
        sender.start()
        async with asyncio.timeout(20):
            await both.wait()
        await sender.close()
    await outbox.close()
    assert [json.loads(body)["id"][0] for body in arrived] == ["1", "2"]
    assert len(connections) == 1
