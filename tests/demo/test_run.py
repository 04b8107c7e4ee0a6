"""One run from first port to last process, with small stand-ins for the four programs."""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest

from kiosk.demo import plan, run
from kiosk.demo.hardware import Sources
from kiosk.demo.main import command
from kiosk.demo.supervisor import Part
from tests.demo.test_processes import gone
from tests.end_to_end.waiting import eventually

#: Says that it is ready and does nothing; the broker has a server as its child, as the real one.
STAND_IN = """
import subprocess, sys, threading
from kiosk.watchdog import notify
if sys.argv[1] == "broker":
    subprocess.Popen(["sleep", "600"])
if sys.argv[1] == FAILING:
    sys.exit(2)
notify("READY=1")
threading.Event().wait()
"""


@pytest.fixture
def failing() -> str:
    return "nobody"


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    def part(self: plan.Plan, name: str, base: dict[str, str], *_: object, **__: object) -> Part:
        program = STAND_IN.replace("FAILING", repr(failing))
        return Part(name, (sys.executable, "-c", program, name), base)

    async def nothing(_asked: Sources) -> Sources:
        return Sources("simulated", "simulated", "simulated")

    monkeypatch.setattr(plan.Plan, "_part", part)
    monkeypatch.setattr(run, "present", nothing)
    monkeypatch.setenv("DISPLAY", ":no-such-display")


def arguments(folder: Path) -> list[str]:
    ports = ["--desk-port", "0", "--broker-port", "0"]
    return [*ports, "--state-folder", str(folder / "s"), "--state-file", str(folder / "demo.json")]


class Visitor(threading.Thread):
    """Reads the state file once it is there, looks at the processes, and presses Ctrl-C."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.state: dict[str, Any] = {}
        self.mode = 0
        self.server = ""

    def run(self) -> None:
        try:
            eventually(self._path.exists, within_s=20, what="the state file")
            self.mode = stat.S_IMODE(self._path.stat().st_mode)
            self.state = json.loads(self._path.read_text(encoding="utf-8"))
            self.server = psutil.Process(self.state["pids"]["broker"]).name()
        finally:
            os.kill(os.getpid(), signal.SIGINT)


def test_it_tells_what_is_up_and_ends_when_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor = Visitor(tmp_path / "demo.json")
    visitor.start()
    assert command(arguments(tmp_path)) == 0
    visitor.join()
    assert visitor.mode == 0o600
    assert visitor.state["kiosk_id"] == "pvp-demo"
    assert visitor.state["vnc_port"] is None
    assert visitor.server == "sleep"
    pids = visitor.state["pids"].values()
    eventually(lambda: all(gone(pid) for pid in pids), within_s=5, what="every process gone")
    assert [path.name for path in tmp_path.iterdir()] == ["s"]
    said = capsys.readouterr().out
    assert visitor.state["desk_url"] in said
    assert "Simulated:" in said
    assert said.endswith("demo | ended\n")


@pytest.mark.parametrize("failing", ["desk"])
def test_a_part_that_cannot_start_ends_it_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(arguments(tmp_path)) == 1
    assert "cannot go on: the desk does not start (exit code 2)" in capsys.readouterr().out


def test_no_screen_and_no_way_to_make_one_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv("PATH", "")
    assert command(arguments(tmp_path)) == 1
    assert "Xvfb is not installed" in capsys.readouterr().out
