"""`visio-guichet demo`: broker, desk, robot and booth, from one terminal, until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.demo.display import NoDisplay
from kiosk.demo.options import parse
from kiosk.demo.ports import PortBusy
from kiosk.demo.run import Demo
from kiosk.demo.supervisor import PartFailed
from kiosk.demo.terminal import Terminal
from kiosk.settings import KioskSettings, SettingsError, load

EXIT_FAILED = 1
EXIT_USAGE = 2


def command(arguments: list[str]) -> int:
    """Run the whole product on this machine: broker, desk, a robot agent and the booth."""
    options = parse(arguments)
    settings = load(KioskSettings, options.config)
    folder = options.state_folder or settings.booth.state_folder / "demo"
    terminal = Terminal(sys.stdout)
    try:
        with _alone_in(folder):
            demo = Demo(options, settings, folder, terminal)
            return asyncio.run(_until_signal(demo, terminal))
    except PortBusy as error:
        terminal.error(str(error))
        return EXIT_USAGE
    except (PartFailed, NoDisplay) as error:
        terminal.error(str(error))
        return EXIT_FAILED


async def _until_signal(demo: Demo, terminal: Terminal) -> int:
    """Run the demonstration until Ctrl-C, SIGTERM or the terminal's end, then end it."""
    loop = asyncio.get_running_loop()
    running = asyncio.create_task(demo.run())
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, running.cancel)
    try:
        await running
    except asyncio.CancelledError:
        terminal.say("demo", "ended")
    return 0


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the state folder, so that no second demonstration mixes with this one."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise SettingsError(
            [f"{folder}: {error.strerror}; choose another with --state-folder"]
        ) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SettingsError(
            [f"{folder}: a demonstration runs there already; choose another with --state-folder"]
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)
