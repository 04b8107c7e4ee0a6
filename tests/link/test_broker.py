"""The broker's child: there when it says so, gone when it should be, and clear when it cannot."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import stat
import sys
import tomllib
from pathlib import Path

import psutil
import pytest

from kiosk.link.broker import Broker, BrokerError, find_server
from kiosk.link.broker_settings import BrokerSettings
from kiosk.link.line import Line
from kiosk.settings import SettingsError, load
from tests.link.conftest import AGENCIES, KIOSKS, Address
from tests.link.waiting import until

CONFIG = Path(__file__).parents[2] / "config"


def write_config(folder: Path, *lines: str) -> Path:
    path = folder / "broker.toml"
    own = [f'state_folder = "{folder}/state"', 'agencies = ["caf"]', 'kiosks = ["mairie-a"]']
    path.write_text("\n".join(["[broker]", *own, *lines]))
    return path


async def run_command(config: Path) -> asyncio.subprocess.Process:
    code = "import sys; from kiosk.link.broker import command; sys.exit(command(sys.argv[1:]))"
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        "--config",
        str(config),
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def server_of(process: asyncio.subprocess.Process) -> psutil.Process:
    """Return the server that a `broker` command started, once that says it is ready."""
    assert process.stderr is not None
    async with asyncio.timeout(20):
        while b"broker ready" not in (line := await process.stderr.readline()):
            assert line, "the broker ended"
    (server,) = psutil.Process(process.pid).children()
    return server


async def test_secrets_are_its_owner_s(broker: Broker) -> None:
    for name in ("broker-credentials.json", "nats-server.conf", "passwords/desk-caf"):
        assert stat.S_IMODE((broker.folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(broker.passwords_folder.stat().st_mode) == 0o700
    assert broker.pid is not None
    command = " ".join(psutil.Process(broker.pid).cmdline())
    assert not any(password in command for password in broker.credentials.values())
    assert len(set(broker.credentials.values())) == len(broker.credentials) == 6
    secret = (broker.passwords_folder / "desk-caf").read_text().strip()
    assert secret == broker.credentials["desk-caf"]


async def test_passwords_are_the_same_after_a_restart(broker: Broker) -> None:
    before = dict(broker.credentials)
    await broker.stop()
    assert broker.pid is None
    await broker.start()
    assert broker.credentials == before


async def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BrokerError, match=f"port {port} on 127.0.0.1: Address already in use"):
            await Broker(tmp_path, AGENCIES, KIOSKS, port=port).start()


async def test_two_brokers_do_not_share_a_folder(broker: Broker) -> None:
    with pytest.raises(BrokerError, match="another broker"):
        await Broker(broker.folder, AGENCIES, KIOSKS, port=0).start()


async def test_a_server_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokerError, match="does not start"):
        await Broker(tmp_path, AGENCIES, KIOSKS, port=0, server=tmp_path / "nats-server").start()
    with pytest.raises(BrokerError, match="gave up"):
        await Broker(tmp_path, AGENCIES, KIOSKS, port=0, server=Path("/bin/false")).start()


async def test_spoilt_credentials_are_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "broker-credentials.json"
    file.write_text('["mine"]')
    with pytest.raises(ValueError, match="user names"):
        await Broker(tmp_path, AGENCIES, KIOSKS, port=0).start()
    assert file.read_text() == '["mine"]'


@pytest.mark.expects_log("not reached")
async def test_the_server_answers_only_to_its_users(broker: Broker) -> None:
    line = await Line.connect(Address(broker.url, "kiosk-x", "x"))
    assert not line.up
    await line.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_command_ends_with_its_server(tmp_path: Path, number: signal.Signals) -> None:
    process = await run_command(write_config(tmp_path, "port = 0"))
    server = await server_of(process)
    process.send_signal(number)
    assert await asyncio.wait_for(process.wait(), 3) == 0
    assert not server.is_running()


async def test_the_server_does_not_outlive_a_killed_command(tmp_path: Path) -> None:
    process = await run_command(write_config(tmp_path, "port = 0"))
    server = await server_of(process)
    process.kill()
    await process.wait()
    await until(lambda: not server.is_running() or server.status() == psutil.STATUS_ZOMBIE, 3)


async def test_the_command_tells_when_its_server_ends(tmp_path: Path) -> None:
    process = await run_command(write_config(tmp_path, "port = 0"))
    os.kill((await server_of(process)).pid, signal.SIGKILL)
    _, said = await asyncio.wait_for(process.communicate(), 3)
    assert process.returncode == 1
    assert b"ended by itself" in said


async def test_the_command_names_a_taken_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = await run_command(write_config(tmp_path, f"port = {port}"))
        _, said = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert f"port {port}".encode() in said


def test_nothing_listens_to_the_world_unencrypted(tmp_path: Path) -> None:
    for lines in (['host = "0.0.0.0"'], ['host = "broker.example.fr"'], ['key = "x.pem"']):
        with pytest.raises(SettingsError, match="certificate"):
            load(BrokerSettings, write_config(tmp_path, *lines), {})
    safe = write_config(tmp_path, 'host = "0.0.0.0"', 'certificate = "c.pem"', 'key = "k.pem"')
    assert load(BrokerSettings, safe, {}).broker.key == tmp_path / "k.pem"


def test_the_configuration_in_the_repository_is_whole() -> None:
    settings = load(BrokerSettings, CONFIG / "broker.toml", {}).broker
    content = tomllib.loads((CONFIG / "agencies.toml").read_text())
    agencies = content["agencies"]
    assert list(settings.agencies) == [agency["id"] for agency in agencies]
    kiosk = tomllib.loads((CONFIG / "kiosk.toml").read_text())
    assert kiosk["booth"]["id"] in settings.kiosks


def test_the_server_of_this_environment_is_found() -> None:
    assert find_server().name == "nats-server"
