"""The booth's real process, headless and with no broker to speak to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CONFIG = Path("config/kiosk.toml").absolute()

#: How long a stop may take (the demonstration gives three seconds to all its parts), seconds.
STOP_WITHIN_S = 2.5


@dataclass
class Process:
    popen: subprocess.Popen[str]
    notices: socket.socket

    def wait_for(self, word: str) -> None:
        while word not in self.notices.recv(4096).decode().splitlines():
            pass


def start(folder: Path, *arguments: str, **overrides: str) -> Process:
    notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notices.bind(str(folder / "notify"))
    notices.settimeout(60)
    settings = {
        "BOOTH__STATE_FOLDER": str(folder / "state"),
        "LINK__URL": "nats://127.0.0.1:9",
        "CAMERA__SOURCE": "simulated",
        "SOUND__MICROPHONE": "simulated",
        "SOUND__LOUDSPEAKER": "simulated",
        "LOG__FORMAT": "console",
    } | overrides
    popen = subprocess.Popen(
        [sys.executable, "-m", "kiosk", "run", "--config", CONFIG, *arguments],
        env={
            **os.environ,
            **{f"VISIO_GUICHET_{key}": value for key, value in settings.items()},
            "NOTIFY_SOCKET": str(folder / "notify"),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    return Process(popen, notices)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    process = start(tmp_path)
    yield process
    process.popen.kill()
    process.popen.communicate()
    process.notices.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ready_without_a_broker_and_stops_when_told(
    process: Process, number: signal.Signals
) -> None:
    process.wait_for("READY=1")
    process.wait_for("WATCHDOG=1")
    told = time.monotonic()
    process.popen.send_signal(number)
    _, errors = process.popen.communicate(timeout=20)
    assert process.popen.returncode == 0, errors
    assert time.monotonic() - told < STOP_WITHIN_S
    assert "Traceback" not in errors
    assert "TypeError" not in errors


def test_a_booth_with_its_dock_is_ready_too(tmp_path: Path) -> None:
    process = start(tmp_path, "--dock", HANDSET__SOURCE="key")
    try:
        process.wait_for("READY=1")
    finally:
        process.popen.terminate()
        _, errors = process.popen.communicate(timeout=20)
        process.notices.close()
    assert process.popen.returncode == 0, errors


def ended(process: Process) -> tuple[int, str]:
    """Return exit code and error output of a process that ends by itself."""
    try:
        _, errors = process.popen.communicate(timeout=60)
    finally:
        process.popen.kill()
        process.notices.close()
    return process.popen.returncode, errors


def test_wrong_settings_are_named_and_nothing_starts(tmp_path: Path) -> None:
    code, errors = ended(start(tmp_path, BOOTH__AGENCIES_FILE=str(tmp_path / "nowhere.toml")))
    assert code == 2
    assert "nowhere.toml" in errors
    assert "Traceback" not in errors


def test_without_its_password_nothing_starts(tmp_path: Path) -> None:
    code, errors = ended(start(tmp_path, LINK__PASSWORD_FILE=str(tmp_path / "nowhere")))
    assert code == 2
    assert errors.splitlines() == [
        f"visio-guichet run: {tmp_path}/nowhere: [link] password_file: No such file or directory"
    ]


def test_a_size_that_is_none_is_refused(tmp_path: Path) -> None:
    code, errors = ended(start(tmp_path, "--windowed", "large"))
    assert code == 2
    assert "'large' is not a size like 1280x800" in errors
