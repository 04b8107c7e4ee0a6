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
