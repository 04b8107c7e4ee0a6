"""The gateway over HTTP as a stranger meets it: sign-in, lockout, forged requests, headers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from desk.guard import MAX_BODY_BYTES
from desk.page_messages import CLOSE_POLICY, CLOSE_SIGN_IN
from desk.sessions import COOKIE
from desk.socket import MAX_MALFORMED, MESSAGES_BURST
from kiosk.files import replace
from kiosk.link.broker import Broker
from tests.desk.page_client import PageClient
from tests.desk.running import (
    PASSWORD,
    RunningDesk,
    desk_settings,
    running_desk,
    write_agents,
)

# A line that a busy machine makes dial twice is up a moment later, and is not what is tested.
pytestmark = pytest.mark.expects_log("broker not reached")

RIGHT = {"user": "awa", "password": PASSWORD}


@pytest.fixture
async def client(desk: RunningDesk) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=desk.url, headers={"Origin": desk.url}) as client:
        yield client


async def test_page_and_its_parts_are_served_and_nothing_foreign(client: httpx.AsyncClient) -> None:
    index = await client.get("/")
    assert index.status_code == 200
    for path in ("/static/main.js", "/static/style.css", "/static/icon.svg"):
        assert (await client.get(path)).status_code == 200
    for font in (
        "AtkinsonHyperlegible-Regular.ttf",
        "AtkinsonHyperlegible-Bold.ttf",
        "phosphor.ttf",
    ):
        answer = await client.get(f"/fonts/{font}")
        assert answer.headers["content-type"] == "font/ttf"
        assert answer.content[:4] == b"\0\1\0\0"
    for path in (
        "/fonts/other.ttf",
        "/static/../app.py",
        "/docs",
        "/openapi.json",
        "/static/%2e%2e/app.py",
    ):
        assert (await client.get(path)).status_code == 404
    assert "http:" not in index.text.replace("http://www.w3.org", "")
    assert "https:" not in index.text


@pytest.mark.parametrize("path", ["/", "/static/main.js", "/api/session", "/nothing"])
async def test_headers_are_strict_on_every_answer(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


async def test_sign_in_gives_a_cookie_that_scripts_and_other_sites_cannot_use(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/api/session", json=RIGHT)
    assert answer.json() == {"agent": "awa", "name": "Awa D.", "agency": "caf"}
    assert answer.headers["cache-control"] == "no-store"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert (await client.get("/api/session")).json()["agent"] == "awa"
    stolen = client.cookies[COOKIE]
    assert (await client.delete("/api/session")).status_code == 204
    again = await client.get("/api/session", headers={"Cookie": f"{COOKIE}={stolen}"})
    assert again.status_code == 204


@pytest.mark.expects_log("sign-in refused")
async def test_five_wrong_passwords_lock_the_right_one_out_too(client: httpx.AsyncClient) -> None:
    wrong = {"user": "awa", "password": "wrong"}
    for _ in range(5):
        assert (await client.post("/api/session", json=wrong)).status_code == 401
    locked = await client.post("/api/session", json=RIGHT)
    assert locked.status_code == 429
    assert 290 <= int(locked.headers["retry-after"]) <= 300
    other = {"user": "bruno", "password": PASSWORD}
    assert (await client.post("/api/session", json=other)).status_code == 200


@pytest.mark.expects_log("sign-in refused")
async def test_guesses_at_the_same_time_stay_within_five(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(
        *(
            client.post("/api/session", json={"user": "awa", "password": f"guess {number}"})
            for number in range(20)
        )
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [401] * 5 + [429] * 15


@pytest.mark.expects_log("sign-in refused")
async def test_unknown_users_get_the_same_answers(client: httpx.AsyncClient) -> None:
    statuses = [
        (await client.post("/api/session", json={"user": "nobody", "password": "x"})).status_code
        for _ in range(6)
    ]
    assert statuses == [401] * 5 + [429]


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://127.0.0.1:1"])
async def test_requests_from_elsewhere_are_refused(desk: RunningDesk, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with httpx.AsyncClient(base_url=desk.url, headers=headers) as client:
        assert (await client.post("/api/session", json=RIGHT)).status_code == 403
        assert (await client.delete("/api/session")).status_code == 403
    page = PageClient(desk)
    await page.sign_in("awa")
    with pytest.raises(InvalidStatus) as refusal:
        await connect(
            desk.socket_url,
            origin=origin,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"{COOKIE}={page.cookie}"},
        )
    assert refusal.value.response.status_code == 403


async def test_a_foreign_name_for_this_machine_gets_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"user": 1}', json.dumps({**RIGHT, "x": 1}).encode(), b"\xff"]
)
async def test_malformed_sign_ins_are_refused_without_an_echo(
    client: httpx.AsyncClient, body: bytes
) -> None:
    answer = await client.post(
        "/api/session", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400
    assert PASSWORD not in answer.text


async def test_large_bodies_are_refused(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(8):
            yield b" " * (MAX_BODY_BYTES // 4)

    declared = await client.post("/api/session", content=b" " * (MAX_BODY_BYTES + 1))
    chunked = await client.post("/api/session", content=endless())
    assert [declared.status_code, chunked.status_code] == [413, 413]


@pytest.mark.parametrize("cookie", ["", "forged.by.hand"])
async def test_a_page_without_a_session_is_asked_to_sign_in(desk: RunningDesk, cookie: str) -> None:
    page = PageClient(desk, cookie)
    await page.connect()
    assert await page.closed() == CLOSE_SIGN_IN
    assert page.heard == []


async def test_ending_the_session_closes_its_page(desk: RunningDesk) -> None:
    page = await PageClient.signed_in(desk, "awa")
    desk.gateway.sessions.end(page.cookie)
    assert await page.closed() == CLOSE_SIGN_IN


async def test_a_page_closes_when_its_agent_is_taken_out_of_the_file(
    broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.accounts.LOOK_S", 0.05)
    file = tmp_path / "agents.toml"
    write_agents(file)
    settings = desk_settings(tmp_path, broker.url, broker.passwords_folder)
    async with running_desk(settings) as desk:
        page = await PageClient.signed_in(desk, "awa")
        content = file.read_text(encoding="utf-8").replace("[agents.awa]", "[agents.eva]")
        replace(file, content)
        assert await page.closed() == CLOSE_SIGN_IN


@pytest.mark.expects_log("page's message dropped")
async def test_a_page_that_talks_nonsense_without_end_is_closed(desk: RunningDesk) -> None:
    page = await PageClient.signed_in(desk, "awa")
    for _ in range(MAX_MALFORMED + 1):
        await page.say_raw("nonsense")
    assert await page.closed() == CLOSE_POLICY


@pytest.mark.expects_log("too many messages")
async def test_a_page_that_floods_is_closed(desk: RunningDesk) -> None:
    page = await PageClient.signed_in(desk, "awa")
    for number in range(int(MESSAGES_BURST) + 50):
        await page.say("pong", n=number)
    assert await page.closed() == CLOSE_POLICY
