"""The ladder of relays, climbed on a real coturn."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.calls import ice
from kiosk.calls.ice import IceLadder, rungs
from kiosk.settings.booth import IceServer
from tests.calls.line import own_address

USER, SECRET = "booth", "relay-password"


def server(*urls: str) -> IceServer:
    return IceServer(urls=urls, username=USER, credential=SecretStr(SECRET))


def free_port() -> int:
    with socket.socket() as one:
        one.bind((own_address(), 0))
        return int(one.getsockname()[1])


@asynccontextmanager
async def coturn(folder: Path, *options: str) -> AsyncIterator[int]:
    """A relay on a free port of this machine."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        "turnserver",
        "-n",
        f"--listening-ip={own_address()}",
        f"--relay-ip={own_address()}",
        f"--listening-port={port}",
        "--lt-cred-mech",
        f"--user={USER}:{SECRET}",
        "--realm=test",
        "--no-cli",
        "--no-tls",
        "--no-dtls",
        "--log-file=stdout",
        f"--pidfile={folder / 'turn.pid'}",
        f"--userdb={folder / 'turn.db'}",
        *options,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(10):
            while True:
                try:
                    _, writer = await asyncio.open_connection(own_address(), port)
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    await writer.wait_closed()
                    break
        yield port
    finally:
        process.terminate()
        await process.wait()


def test_without_servers_there_is_one_rung_and_it_is_empty() -> None:
    assert rungs([]) == [[]]


def test_each_relay_url_is_a_rung_in_the_operator_s_order() -> None:
    stun = IceServer(urls=("stun:stun.example.fr",))
    ladder = rungs([stun, server("turn:a", "turn:a?transport=tcp"), server("turns:b")])
    assert [[one.urls for one in rung] for rung in ladder] == [
        ["stun:stun.example.fr", "turn:a"],
        ["stun:stun.example.fr", "turn:a?transport=tcp"],
        ["stun:stun.example.fr", "turns:b"],
    ]
    assert (ladder[0][1].username, ladder[0][1].credential) == (USER, SECRET)
    assert ladder[0][0].username is None


async def test_a_single_rung_is_taken_without_asking() -> None:
    assert await IceLadder([]).choose() == []
    (only,) = await IceLadder([server("turn:192.0.2.99")]).choose()
    assert only.urls == "turn:192.0.2.99"


async def test_udp_is_taken_where_it_works(tmp_path: Path) -> None:
    async with coturn(tmp_path) as port:
        relay = f"turn:{own_address()}:{port}"
        ladder = IceLadder([server(relay, f"{relay}?transport=tcp")])
        (chosen,) = await ladder.choose()
        assert chosen.urls == relay


async def test_tcp_is_taken_where_udp_is_blocked_and_kept_while_it_works(tmp_path: Path) -> None:
    async with coturn(tmp_path, "--no-udp") as port:
        relay = f"turn:{own_address()}:{port}"
        ladder = IceLadder([server(relay, f"{relay}?transport=tcp")])
        (chosen,) = await ladder.choose()
        assert chosen.urls == f"{relay}?transport=tcp"
        assert await ladder.choose() == [chosen]
        ladder.failed()
        assert await ladder.choose() == [chosen]


@pytest.mark.expects_log("no relay answers")
async def test_no_relay_at_all_leaves_the_first_rung(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ice, "PROBE_S", 0.3)
    nobody = f"turn:{own_address()}:{free_port()}"
    ladder = IceLadder([server(nobody, f"{nobody}?transport=tcp")])
    (chosen,) = await ladder.choose()
    assert chosen.urls == nobody
