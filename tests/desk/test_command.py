"""The command `visio-guichet desk`, as an operator runs it."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

import httpx
import pytest

from desk.accounts import Accounts
from kiosk.link.broker import Broker
from tests.desk.running import AGENCIES

ARGUMENTS = (str(Path(sys.executable).with_name("visio-guichet")), "desk")


def write_config(folder: Path, port: int = 0, broker: Broker | None = None) -> Path:
    agencies = "\n".join(f'{key} = "{name}"' for key, name in AGENCIES.items())
    link = (
        f'[link]\nurl = "{broker.url}"\npasswords_folder = "{broker.passwords_folder}"\n'
        if broker
        else ""
    )
    file = folder / "desk.toml"
    file.write_text(
        f'[web]\nport = {port}\n[state]\nfolder = "state"\n{link}[agencies]\n{agencies}\n',
        encoding="utf-8",
    )
    return file


async def run(*arguments: str, config: Path, typed: str = "") -> tuple[int | None, str]:
    command = [*ARGUMENTS, "--config", str(config), *arguments]
    child = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await child.communicate(typed.encode())
    return child.returncode, said.decode()


async def test_an_agent_added_can_sign_in(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    adding = ["add-agent", "awa", "--agency", "caf", "--name", "Awa D.", "--password-stdin"]
    code, said = await run(*adding, config=config, typed="un secret\n")
    assert (code, "un secret" in said) == (0, False)
    assert Accounts(tmp_path / "agents.toml").check("awa", "un secret") is not None
    code, said = await run(*adding, config=config, typed="autre\n")
    assert code != 0
    assert "[agents.awa] is there already" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["x", "--agency", "mairie", "--name", "X"], "not an agency of this desk"),
        (["x y", "--agency", "caf", "--name", "X"], "not a user name"),
        (["x", "--agency", "caf", "--name", ""], "1 to 80 characters"),
    ],
)
async def test_what_is_wrong_with_an_agent_is_said(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    config = write_config(tmp_path)
    code, said = await run("add-agent", *arguments, "--password-stdin", config=config, typed="p\n")
    assert code != 0
    assert words in said
    assert "Traceback" not in said


async def test_a_busy_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = await run(config=write_config(tmp_path, port))
    assert code != 0
    assert f"port {port} of 127.0.0.1 is taken" in said
    assert "Traceback" not in said


async def test_it_serves_its_page_until_told_to_stop(tmp_path: Path, broker: Broker) -> None:
    config = write_config(tmp_path, broker=broker)
    child = await asyncio.create_subprocess_exec(
        *ARGUMENTS, "--config", str(config), stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    said = (await child.stdout.readline()).decode()
    url = said.removeprefix("desk: ").strip()
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(retries=5)) as client:
        assert "Poste de l’agent" in (await client.get(url, timeout=30)).text
    child.terminate()
    async with asyncio.timeout(10):
        assert await child.wait() in (0, -15)


async def test_a_missing_broker_password_is_named(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    with config.open("a", encoding="utf-8") as stream:
        stream.write('[link]\npasswords_folder = "none"\n')
    code, said = await run(config=config)
    assert code != 0
    assert "none/desk-caf: [link] passwords_folder" in said
