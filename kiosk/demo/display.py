"""A screen for a machine that has none: an X server in memory, shown over VNC on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.demo.ports import LOOPBACK, claim
from kiosk.demo.process import Guard, Process

#: Seconds for the X server and the VNC server to answer.
_READY_WITHIN_S = 15.0
_STOP_WITHIN_S = 0.5
#: Stay after the first viewer has gone, allow several, need neither password nor settings file.
_VIEWER_OPTIONS = "-forever -shared -nopw -norc -quiet -noxrecord"


class NoDisplay(Exception):
    """No screen could be made; the message says what to do."""


@dataclass
class Display:
    """An X server of our own; `open_display` makes one."""

    name: str
    """As `DISPLAY` names it."""
    vnc_port: int
    server: Process
    viewer: Process

    async def close(self) -> None:
        """End the view, then the screen."""
        await self.viewer.stop(_STOP_WITHIN_S)
        await self.server.stop(_STOP_WITHIN_S)


async def open_display(
    size: str,
    vnc_port: int,
    environment: Mapping[str, str],
    guard: Guard,
) -> Display:
    """Start a screen of `size` (`1920x1080`) and its view on the loopback port, 0 for any.

    Raises:
        NoDisplay: a program is missing, or did not come up in time.
        PortBusy: another program holds the port.
    """
    for program in ("Xvfb", "x11vnc"):
        if shutil.which(program) is None:
            raise NoDisplay(f"{program} is not installed: run `make packages`, or set DISPLAY")
    port = claim(vnc_port, "--vnc-port")
    server, name = await _start_server(size, environment, guard)
    try:
        viewer = await _start_viewer(name, port, environment, guard)
    except BaseException:
        await server.stop(_STOP_WITHIN_S)
        raise
    return Display(name, port, server, viewer)


async def _start_server(
    size: str, environment: Mapping[str, str], guard: Guard
) -> tuple[Process, str]:
    # It speaks of every display that it found taken: worth telling only where none was free.
    said: deque[str] = deque(maxlen=3)
    readable, writable = os.pipe()
    try:
        # The server chooses a free display itself and tells its number: no race, no busy one.
        server = await Process.start(
            f"Xvfb -displayfd {writable} -screen 0 {size}x24 -nolisten tcp -noreset".split(),
            environment,
            guard,
            said.append,
            pass_fds=[writable],
        )
    finally:
        os.close(writable)
    with os.fdopen(readable, "rb") as pipe:
        number = await _first_line(pipe.fileno())
    if not number.isdigit():
        await server.stop(_STOP_WITHIN_S)
        raise NoDisplay(f"Xvfb does not start: {' / '.join(said) or 'it says nothing'}")
    return server, f":{number}"


async def _first_line(descriptor: int) -> str:
    loop = asyncio.get_running_loop()
    arrived = asyncio.Event()
    loop.add_reader(descriptor, arrived.set)
    received = b""
    try:
        async with asyncio.timeout(_READY_WITHIN_S):
            while not received.endswith(b"\n"):
                await arrived.wait()
                chunk = os.read(descriptor, 64)
                arrived.clear()
                if not chunk:
                    break
                received += chunk
    except TimeoutError:
        return ""
    finally:
        loop.remove_reader(descriptor)
    return received.decode("ascii", errors="replace").strip()


async def _start_viewer(
    display: str, port: int, environment: Mapping[str, str], guard: Guard
) -> Process:
    viewer = await Process.start(
        f"x11vnc -display {display} -rfbport {port} -localhost -no6 {_VIEWER_OPTIONS}".split(),
        environment,
        guard,
        # Its warning about -nopw is not news: the port is on loopback, the demonstration's own.
        lambda _line: None,
    )
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_READY_WITHIN_S):
            if await _answers(port, viewer):
                return viewer
    await viewer.stop(_STOP_WITHIN_S)
    raise NoDisplay(f"x11vnc did not answer on port {port}; choose another with --vnc-port")


async def _answers(port: int, viewer: Process) -> bool:
    """Wait for an RFB server's greeting (RFC 6143, 7.1.1); False when the program ended."""
    while viewer.alive:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            greeting = await reader.read(12)
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
            if greeting.startswith(b"RFB "):
                return True
        await asyncio.sleep(0.05)
    return False
