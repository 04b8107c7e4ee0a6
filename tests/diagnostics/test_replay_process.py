"""The real interface plays a file of visits from beginning to end, and ends."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from devices.status import DeviceState
from kiosk.diagnostics.black_box.entries import AnyEntry, ScreenEntry, VisitEntry, written
from kiosk.diagnostics.black_box.files import read_visits
from kiosk.visit.snapshot import Screen
from tests.diagnostics.test_replay import ENTRIES, call, device

#: A call in which the camera is pulled out, and is back before its end.
CALL: list[AnyEntry] = [
    VisitEntry(t=0, day=20_779),
    ScreenEntry(t=0, screen=Screen.IN_CALL, line_up=True),
    call(0),
    device(2_000, DeviceState.NO_DEVICE),
    device(4_000, DeviceState.ONLINE),
    ScreenEntry(t=8_000, screen=Screen.HOME, line_up=True),
]

_REPLAY = "import sys; from ui.replay import command; sys.exit(command(sys.argv[1:]))"


def replay(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _REPLAY, *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=90,
    )


@pytest.mark.slow
def test_every_entry_is_played_and_the_interface_ends(tmp_path: Path) -> None:
    file = tmp_path / "visits.jsonl"
    lines = [b"".join(map(written, visit)) for visit in (CALL, ENTRIES)]
    file.write_bytes(b"rubbish\n".join(lines))
    done = replay(str(file), "--speed", "2", "--windowed", "800x600")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "interface failed" not in done.stderr
    played = list(read_visits(done.stdout.encode().splitlines()))
    assert [visit.entries for visit in played] == [CALL, ENTRIES]
    # The simulated camera was pulled out and put in again as the recorded one.
    told = re.findall(r"device camera: (online|noDevice|offline)", done.stderr)
    assert re.match(r"online( noDevice| offline)+ online", " ".join(told)), told
    assert "booth_ready" in done.stderr


def test_a_file_without_a_visit_is_named(tmp_path: Path) -> None:
    file = tmp_path / "visits.jsonl"
    file.write_text("rubbish\n")
    done = replay(str(file))
    assert done.returncode == 2
    assert "no visit in it" in done.stderr
    done = replay(str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "No such file" in done.stderr
