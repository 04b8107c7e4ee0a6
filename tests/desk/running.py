"""A gateway as it runs, in this process, on its own port."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import argon2
from pydantic import SecretStr

from desk.accounts import Account, add_agent
from desk.app import Gateway
from desk.main import create_server
from desk.settings import DeskSettings

PASSWORD = "un bon mot de passe"

AGENCIES = {"caf": "CAF", "cpam": "CPAM"}

#: (user, name, agency): enough of one agency to race, and one of another to be kept out.
AGENTS = [
    ("awa", "Awa D.", "caf"),
    ("bruno", "Bruno L.", "caf"),
    ("chloe", "Chloé <b>M.</b>", "caf"),
    ("dina", "Dina R.", "cpam"),
]

#: Right in every way but the cost, which is not what is tested.
_QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def write_agents(file: Path, agents: Iterable[tuple[str, str, str]] = AGENTS) -> None:
    """Write the accounts file; everyone's password is `PASSWORD`."""
    hashed = SecretStr(_QUICK.hash(PASSWORD))
    for user, name, agency in agents:
        add_agent(file, user, Account(name=name, agency=agency, password=hashed))


def desk_settings(folder: Path, broker_url: str, passwords: Path, **more: object) -> DeskSettings:
    """Return the settings of a gateway that keeps everything in `folder`."""
    settings = {
        "web": {"port": 0},
        "state": {"folder": str(folder / "state")},
        "accounts": {"file": str(folder / "agents.toml")},
        "link": {"url": broker_url, "passwords_folder": str(passwords)},
        "agencies": AGENCIES,
        **more,
    }
    return DeskSettings.model_validate_json(json.dumps(settings))


@dataclass(frozen=True, slots=True)
class RunningDesk:
    """Where the gateway is."""

    url: str
    gateway: Gateway

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/ws"


@asynccontextmanager
async def running_desk(settings: DeskSettings, port: int = 0) -> AsyncIterator[RunningDesk]:
    """Run a gateway until the block ends."""
    gateway = Gateway(settings)
    listening = socket.create_server(("127.0.0.1", port))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = create_server(gateway, [url])
    serving = asyncio.create_task(server._serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0)
    try:
        yield RunningDesk(url, gateway)
    finally:
        server.should_exit = True
        await serving
