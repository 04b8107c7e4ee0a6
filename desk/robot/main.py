"""The command `visio-guichet robot`: an agent that signs in to a desk and answers by itself."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
from pathlib import Path

from desk.robot.agent import Robot
from desk.robot.media import looking_away
from desk.robot.speech import packets
from kiosk import log
from kiosk.settings import LogSettings, SettingsError
from kiosk.watchdog import notify


def command(arguments: list[str]) -> int:
    """Run an agent that answers by itself, for demonstrations and rehearsals.

    Raises:
        SettingsError: the password cannot be read.
    """
    options = _parser().parse_args(arguments)
    try:
        password = options.password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(
            [f"--password-file {options.password_file}: {error.strerror}"]
        ) from None
    form = LogSettings.model_validate(
        {"format": os.environ.get("VISIO_GUICHET_LOG__FORMAT", options.log_format)}
    )
    log.configure(form.format)
    robot = Robot(
        options.desk,
        options.user,
        password,
        packets(options.recording),
        on_ready=lambda: notify("READY=1"),
    )
    with looking_away():
        return asyncio.run(_until_told(robot))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="visio-guichet robot", description=__doc__)
    parser.add_argument("--desk", required=True, metavar="URL", help="the gateway's address")
    parser.add_argument("--user", required=True, help="the robot's account")
    parser.add_argument("--password-file", required=True, type=Path, help="holds its password")
    parser.add_argument("--recording", type=Path, help="what it says, in place of its own speech")
    parser.add_argument("--log-format", choices=("json", "console"), default="json")
    return parser


async def _until_told(robot: Robot) -> int:
    task = asyncio.ensure_future(robot.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return 0
    return 0
