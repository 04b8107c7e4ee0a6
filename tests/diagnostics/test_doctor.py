"""`visio-guichet doctor`: whom it asks, what it prints, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from devices.status import DeviceKind
from kiosk.diagnostics.readiness import command as module
from kiosk.diagnostics.readiness.command import command
from kiosk.diagnostics.readiness.report import Readiness
from tests.control.booth import serving, toys


async def doctor(folder: Path, *words: str) -> int:
    return await asyncio.to_thread(command, [*words, "--state-folder", str(folder)])


async def test_a_running_booth_that_is_ready(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(tmp_path, toys(simulated=False)):
        assert await doctor(tmp_path) == 0
    out = capsys.readouterr().out
    assert f"Rapport de la borne en marche ({tmp_path})." in out
    assert "Prêt pour le public (4 appareils jamais testés)." in out


async def test_simulated_devices_are_not_ready_unless_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(tmp_path, toys()):
        assert await doctor(tmp_path) == 1
        assert "Pas prêt pour le public" in capsys.readouterr().out
        assert await doctor(tmp_path, "--accept-simulated") == 0


async def test_json_is_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    devices = toys(simulated=False)
    devices[DeviceKind.CAMERA].cable.unplug()
    async with serving(tmp_path, devices):
        assert await doctor(tmp_path, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["reasons"] == [{"code": "device_missing", "device": "camera"}]
    assert all(key.isascii() for key in told)
    assert not Readiness.model_validate(told).ready


async def test_a_page_to_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "report.pdf"
    async with serving(tmp_path / "state", toys(simulated=False)):
        assert await doctor(tmp_path / "state", "--pdf", str(paper)) == 0
        assert paper.read_bytes().startswith(b"%PDF-")
        assert await doctor(tmp_path / "state", "--pdf", str(tmp_path / "no" / "where")) == 2
    assert "No such file" in capsys.readouterr().err


async def test_a_booth_that_hangs_is_named_and_nothing_is_opened_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kiosk.control.client.SILENCE_S", 0.1)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "control.sock"))
    listening.listen()
    assert await doctor(tmp_path) == 1
    assert "ne répond pas" in capsys.readouterr().err
    listening.close()


async def test_a_folder_of_another_user_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def closed(*_arguments: object) -> None:
        raise module.BoothClosed("/var/lib/visio-guichet")

    monkeypatch.setattr(module, "ask_first", closed)
    assert await doctor(tmp_path) == 1
    assert "autre utilisateur" in capsys.readouterr().err


def test_wrong_options_are_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command(["--json", "--pdf", "x"])
    assert ended.value.code == 2


#: Runs the command in a process of its own.
_DOCTOR = (
    "import sys; from kiosk.diagnostics.readiness.command import command;"
    "sys.exit(command(sys.argv[1:]))"
)

_STUCK = """
import sys, time
from kiosk.diagnostics.readiness import command as module
module.OVERALL_S = module.CLOSE_S = 0.2
async def stuck(*_arguments):
    time.sleep(60)
module.ask_first = stuck
sys.exit(module.command([]))
"""


def test_a_driver_that_never_returns_does_not_hold_the_doctor() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _STUCK], check=False, capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 1
    assert "bloque" in done.stderr


_HELD = """
import asyncio, contextlib, sys, time
from kiosk.diagnostics.readiness import command as module, probe
from tests.control.booth import subject, toys
module.CLOSE_S = 0.2
@contextlib.asynccontextmanager
async def probed(settings, folder):
    yield subject(folder, toys(), running=False)
    await asyncio.to_thread(time.sleep, 60)
probe.probed = probed
sys.exit(module.command(["--state-folder", sys.argv[1], "--json"]))
"""


def test_a_device_that_never_closes_does_not_cost_the_report(tmp_path: Path) -> None:
    words = [sys.executable, "-c", _HELD, tmp_path]
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1, done.stderr
    assert not Readiness.model_validate_json(done.stdout).running


async def test_on_a_terminal_there_is_a_table_and_its_progress(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    async with serving(tmp_path, toys(simulated=False)):
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _DOCTOR,
            "--state-folder",
            str(tmp_path),
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        )
        os.close(theirs)
        drawn = await asyncio.to_thread(_read_all, ours)
        assert await child.wait() == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn)
    assert "Examen de la borne" in text
    assert "┃ Appareil" in text
    assert "Prêt pour le public" in text


def _read_all(descriptor: int) -> str:
    told = b""
    while True:
        try:
            part = os.read(descriptor, 4096)
        except OSError:  # EIO: the other end is closed
            part = b""
        if not part:
            os.close(descriptor)
            return told.decode()
        told += part


#: What a machine without hardware has, and no broker.
SIMULATED = {
    "CAMERA__SOURCE": "simulated",
    "SOUND__MICROPHONE": "simulated",
    "SOUND__LOUDSPEAKER": "simulated",
    "HANDSET__SOURCE": "simulated",
    "DOCUMENT_CAMERA__SOURCE": "simulated",
    "DOCUMENT_PRINTER__SOURCE": "simulated",
    "TICKET_PRINTER__SOURCE": "simulated",
    "CARD_READER__SOURCE": "simulated",
    "CODE_READER__SOURCE": "simulated",
    "LINK__URL": "nats://127.0.0.1:9",
}


def test_without_a_booth_the_devices_are_looked_at_themselves(tmp_path: Path) -> None:
    environment = {f"VISIO_GUICHET_{key}": value for key, value in SIMULATED.items()}
    environment["VISIO_GUICHET_BOOTH__STATE_FOLDER"] = str(tmp_path / "state")
    done = subprocess.run(
        [sys.executable, "-c", _DOCTOR, "--json"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
    )
    assert done.returncode == 1, done.stderr
    report = Readiness.model_validate_json(done.stdout)
    assert not report.running
    assert report.line_up is False
    codes = {reason.code.value for reason in report.reasons}
    assert codes >= {"not_running", "line_down", "device_simulated"}
    assert {one.kind for one in report.devices} == set(DeviceKind)
    devices = {one.kind: one for one in report.devices}
    assert devices[DeviceKind.CAMERA].state.value == "online"
    assert not (tmp_path / "state").exists()
