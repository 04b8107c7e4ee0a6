"""A machine without a screen gets one that can be looked at, on loopback alone."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from ipaddress import ip_address

import psutil
import pytest

from kiosk.demo.display import NoDisplay, open_display
from kiosk.demo.ports import PortBusy
from kiosk.demo.process import Guard


@pytest.fixture
async def guard() -> AsyncIterator[Guard]:
    guard = await Guard.start()
    yield guard
    await guard.close()


async def test_the_screen_has_the_size_and_is_shown_on_loopback(guard: Guard) -> None:
    display = await open_display("1080x1920", 0, os.environ, guard)
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", display.vnc_port)
        assert await reader.readexactly(12) == b"RFB 003.008\n"
        writer.close()
        await writer.wait_closed()
        listening = [
            connection.laddr.ip
            for connection in psutil.Process(display.viewer.pid).net_connections("tcp")
            if connection.status == psutil.CONN_LISTEN
        ]
        assert "127.0.0.1" in listening
        assert all(ip_address(address).is_loopback for address in listening)
    finally:
        await display.close()
    assert not psutil.pid_exists(display.server.pid)
    assert not psutil.pid_exists(display.viewer.pid)


async def test_a_busy_port_is_named(guard: Guard) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PortBusy, match="--vnc-"):
        await open_display("800x600", taken.getsockname()[1], os.environ, guard)


async def test_a_size_that_no_server_makes_is_an_error_not_a_wait(guard: Guard) -> None:
    with pytest.raises(NoDisplay, match=r"^Xvfb does not start: \S"):
        await open_display("0x0", 0, os.environ, guard)


async def test_a_missing_program_is_named(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoDisplay, match="Xvfb is not installed"):
        await open_display("800x600", 0, os.environ, guard)
