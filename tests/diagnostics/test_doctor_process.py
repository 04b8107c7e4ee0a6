"""The booth's real process, asked, docked, killed, and started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.diagnostics.black_box.files import kept_visits
from kiosk.diagnostics.readiness.report import Readiness
from tests.diagnostics.test_doctor import SIMULATED

CONFIG = Path("config/kiosk.toml").absolute()

#: The socket comes with the devices, two seconds after Home.
SOCKET_WITHIN_S = 30.0


class Booth:
    """One booth's state folder, and the commands that are about it."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self._notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._notices.bind(str(folder / "notify"))
        self._notices.settimeout(60)
        self._log = (folder / "log").open("w")
        self._running: subprocess.Popen[bytes] | None = None
        settings = SIMULATED | {"BOOTH__STATE_FOLDER": str(self.state), "LOG__FORMAT": "console"}
        self._environment = {
            **os.environ,
            **{f"VISIO_GUICHET_{key}": value for key, value in settings.items()},
            "NOTIFY_SOCKET": str(folder / "notify"),
        }

    def start(self) -> None:
        """Start the booth, and wait until it can be asked."""
        words = [sys.executable, "-m", "kiosk", "run", "--config", CONFIG, "--dock"]
        self._running = subprocess.Popen(words, env=self._environment, stderr=self._log)
        while "READY=1" not in self._notices.recv(4096).decode().splitlines():
            pass
        until = time.monotonic() + SOCKET_WITHIN_S
        while self.run("dock").returncode != 0 and time.monotonic() < until:
            pass

    def end(self, number: signal.Signals) -> int:
        """Send a signal, and return the exit code."""
        assert self._running is not None
        self._running.send_signal(number)
        return self._running.wait(timeout=20)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command about this booth."""
        return subprocess.run(
            [sys.executable, "-m", "kiosk", *words],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            env=self._environment,
        )

    def doctor(self) -> Readiness:
        """Ask it how it is."""
        done = self.run("doctor", "--json", "--config", str(CONFIG))
        assert done.returncode == 1, done.stderr
        return Readiness.model_validate_json(done.stdout)

    def close(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.wait()
        self._log.close()
        self._notices.close()


@pytest.fixture
def booth(tmp_path: Path) -> Iterator[Booth]:
    booth = Booth(tmp_path)
    yield booth
    booth.close()


@pytest.mark.slow
def test_a_running_booth_is_asked_docked_and_remembers_its_crash(booth: Booth) -> None:
    booth.start()
    listed = booth.run("dock")
    assert listed.returncode == 0, listed.stderr
    assert "card_reader" in listed.stdout
    assert booth.run("dock", "document_printer", "empty").returncode == 0
    report = booth.doctor()
    assert report.running
    assert report.crashes == ()
    told = {(reason.code.value, str(reason.device)) for reason in report.reasons}
    assert ("device_supply", "document_printer") in told
    assert ("device_simulated", "camera") in told
    assert ("line_down", "None") in told
    wrong = booth.run("dock", "document_printer", "emtpy")
    assert wrong.returncode == 2
    assert "did you mean 'empty'?" in wrong.stderr

    assert booth.end(signal.SIGKILL) == -signal.SIGKILL
    assert not booth.doctor().running
    booth.start()
    report = booth.doctor()
    assert [crash.cause.value for crash in report.crashes] == ["killed"]
    assert booth.end(signal.SIGTERM) == 0
    kept = json.loads((booth.state / "crash" / "crashes.json").read_text())["crashes"]
    assert len(kept) == 1
    assert any("booth_ready" in line for line in kept[0]["events"])
    assert list(kept_visits(booth.state)) == []
