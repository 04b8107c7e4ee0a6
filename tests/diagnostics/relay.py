"""A real coturn over UDP, TCP and TLS, for the network test."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.settings.booth import KioskSettings
from tests.diagnostics.authority import Issued

USER, SECRET = "booth", "relay-password"


@dataclass(frozen=True)
class RunningRelay:
    """Where it listens."""

    address: str
    port: int
    tls_port: int

    @property
    def urls(self) -> list[str]:
        return [
            f"turn:{self.address}:{self.port}?transport=udp",
            f"turn:{self.address}:{self.port}?transport=tcp",
            f"turns:{self.address}:{self.tls_port}?transport=tcp",
        ]


def free_port(address: str) -> int:
    with socket.socket() as one:
        one.bind((address, 0))
        return int(one.getsockname()[1])


@asynccontextmanager
async def coturn(
    folder: Path,
    address: str,
    issued: Issued,
    *options: str,
    ports: tuple[int, int] | None = None,
    prefix: Sequence[str] = (),
) -> AsyncIterator[RunningRelay]:
    """Run it; `prefix` are the words that start it in another network namespace."""
    port, tls_port = ports or (free_port(address), free_port(address))
    process = await asyncio.create_subprocess_exec(
        *prefix,
        "turnserver",
        "-n",
        f"--listening-ip={address}",
        f"--relay-ip={address}",
        f"--listening-port={port}",
        f"--tls-listening-port={tls_port}",
        f"--cert={issued.certificate}",
        f"--pkey={issued.key}",
        "--lt-cred-mech",
        f"--user={USER}:{SECRET}",
        "--realm=test",
        "--no-cli",
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
            while not await _listens(address, port, prefix):
                await asyncio.sleep(0.05)
        yield RunningRelay(address, port, tls_port)
    finally:
        process.terminate()
        await process.wait()


async def _listens(address: str, port: int, prefix: Sequence[str]) -> bool:
    knock = await asyncio.create_subprocess_exec(
        *prefix,
        "bash",
        "-c",
        f"exec 3<>/dev/tcp/{address}/{port}",
        stderr=asyncio.subprocess.DEVNULL,
    )
    return await knock.wait() == 0


def booth_settings(
    urls: Sequence[str] = (),
    *,
    broker: str = "nats://127.0.0.1:9",
    secret: str = SECRET,
    **more: object,
) -> KioskSettings:
    """Return a booth's settings with these ICE servers."""
    servers = [{"urls": urls, "username": USER, "credential": secret}] if urls else []
    link = {"url": broker, "user": "kiosk-pvp-test", **dict(more.pop("link", {}))}  # type: ignore[call-overload]
    return KioskSettings.model_validate({"call": {"ice_servers": servers}, "link": link, **more})
