"""The line: up only when the broker answers, and back by itself whatever happened to it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nats.aio.msg import Msg

from kiosk.link.broker import Broker
from kiosk.link.broker_config import Tls
from kiosk.link.line import Line, LineDown
from kiosk.link.session import Session
from kiosk.settings import LinkSettings
from tests.link.cable import Cable
from tests.link.conftest import AGENCIES, KIOSKS, Address, Connect
from tests.link.waiting import until

#: Seconds within which a black hole is noticed, and a line is back once it can be.
NOTICED_S = 4.0
BACK_S = 2.0

pytestmark = [
    pytest.mark.expects_log("broker not reached"),
    # Python's own remark on nats-py's way to encrypt a stream; of no consequence.
    pytest.mark.expects_log("eof_received"),
]


@pytest.fixture
async def certificate(tmp_path: Path) -> Tls:
    """A certificate for loopback, signed by itself."""
    made = Tls(tmp_path / "cert.pem", tmp_path / "key.pem")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-out", str(made.certificate), "-keyout", str(made.key)]
    await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)
    return made


@pytest.fixture
async def encrypted(tmp_path: Path, certificate: Tls) -> AsyncIterator[Broker]:
    broker = Broker(tmp_path / "tls", AGENCIES, KIOSKS, port=0, tls=certificate)
    await broker.start()
    yield broker
    await broker.stop()


def address(broker: Broker, port: int, ca_file: Path | None = None) -> Address:
    scheme = "nats" if ca_file is None else "tls"
    return Address(
        f"{scheme}://127.0.0.1:{port}", "desk-caf", broker.credentials["desk-caf"], ca_file
    )


async def test_connect_returns_while_there_is_no_broker(tmp_path: Path) -> None:
    broker = Broker(tmp_path / "broker", AGENCIES, KIOSKS, port=0)
    await broker.start()
    await broker.stop()
    states: list[bool] = []
    line = await Line.connect(address(broker, broker.port), states.append)
    assert not line.up
    with pytest.raises(LineDown):
        await line.publish("signal.caf.a.b.booth", b"")
    with pytest.raises(LineDown):
        await line.request("$KV.boards.caf")
    await broker.start()
    assert await until(lambda: line.up) < BACK_S
    await line.close()
    await broker.stop()
    await until(lambda: states == [True, False])


async def test_what_was_never_dialled_can_be_closed() -> None:
    await Session(Address("nats://127.0.0.1:9", "desk-caf", "")).close()


async def test_a_password_that_is_gone_is_told_and_taken_when_back(
    broker: Broker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secret = tmp_path / "secret"
    line = await Line.connect(LinkSettings(url=broker.url, user="desk-caf", password_file=secret))
    assert not line.up
    secret.write_text(broker.credentials["desk-caf"])
    assert await until(lambda: line.up) < BACK_S
    await line.close()
    assert "line failed" not in caplog.text


@pytest.mark.expects_log("broker refused")
async def test_subscriptions_outlive_the_broker(broker: Broker, connect: Connect) -> None:
    desk, admin = await connect("desk-caf"), await connect("admin")
    heard: list[Msg] = []
    subscription = await desk.subscribe("live.boards.caf", heard.append)
    mine = await desk.subscribe("live.tickets.caf.*.*", heard.append)
    await broker.stop()
    await until(lambda: not desk.up and not admin.up, 1)
    await broker.start()
    await until(lambda: desk.up and admin.up, BACK_S)
    await admin.request("$KV.tickets.caf.mairie-a.x", b"1")
    await until(lambda: len(heard) == 1)
    await mine.close()
    await subscription.close()
    await admin.request("$KV.tickets.caf.mairie-a.x", b"2")
    with pytest.raises(LineDown):
        await desk.request("$JS.API.INFO")
    assert len(heard) == 1


async def test_a_stopped_broker_is_noticed(broker: Broker, connect: Connect) -> None:
    line = await connect("desk-caf")
    assert broker.pid is not None
    os.kill(broker.pid, signal.SIGSTOP)
    try:
        assert await until(lambda: not line.up) < NOTICED_S
    finally:
        os.kill(broker.pid, signal.SIGCONT)
    assert await until(lambda: line.up) < BACK_S


@pytest.mark.parametrize("secure", [False, True])
async def test_a_black_hole_is_noticed_and_left(
    broker: Broker, encrypted: Broker, certificate: Tls, secure: bool
) -> None:
    there = encrypted if secure else broker
    cable = Cable(there.port)
    await cable.open()
    ca_file = certificate.certificate if secure else None
    line = await Line.connect(address(there, cable.port, ca_file))
    assert line.up
    cable.cut()
    assert await until(lambda: not line.up) < NOTICED_S
    cable.mend()
    assert await until(lambda: line.up) < BACK_S
    await line.close()
    await cable.close()


async def test_a_stranger_s_certificate_is_refused(encrypted: Broker) -> None:
    line = await Line.connect(Address(encrypted.url, "desk-caf", encrypted.credentials["desk-caf"]))
    assert not line.up
    await line.close()


async def test_the_password_is_not_told_to_a_server_without_encryption(certificate: Tls) -> None:
    told = bytearray()

    async def pretend(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'INFO {"server_id":"x","version":"2.11.0","max_payload":1048576}\r\n')
        while data := await reader.read(4_096):
            told.extend(data)
        writer.close()

    server = await asyncio.start_server(pretend, "127.0.0.1", family=socket.AF_INET)
    port = server.sockets[0].getsockname()[1]
    settings = Address(f"tls://127.0.0.1:{port}", "desk-caf", "hunter2", certificate.certificate)
    line = await Line.connect(settings)
    assert not line.up
    assert b"hunter2" not in told
    await line.close()
    server.close()


async def test_a_wrong_password_is_tried_again(broker: Broker) -> None:
    line = await Line.connect(Address(broker.url, "desk-caf", "wrong"))
    assert not line.up
    await line.close()


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="nats://"):
        Line(Address("http://127.0.0.1:1", "desk-caf", ""))


async def test_a_cancellation_in_the_very_turn_of_the_answer_is_kept(
    broker: Broker, connect: Connect
) -> None:
    # Lost, it leaves whoever stops a task that asks the broker waiting for ever.
    desk = await connect("desk-caf")
    asking = asyncio.create_task(desk.request("$JS.API.DIRECT.GET.KV_boards.$KV.boards.caf"))
    client = desk._connected()
    async with asyncio.timeout(5):
        while not client._resp_map:
            await asyncio.sleep(0)
    answer = next(iter(client._resp_map.values()))
    answer.add_done_callback(lambda _answer: asking.cancel())
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert answer.done()
