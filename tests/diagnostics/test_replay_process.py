"""The real interface plays a file of visits from beginning to end, and ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kiosk.diagnostics.black_box.entries import written
from kiosk.diagnostics.black_box.files import read_visits
from tests.diagnostics.test_replay import ENTRIES

_REPLAY = "import sys; from ui.replay import command; sys.exit(command(sys.argv[1:]))"


def replay(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _REPLAY, *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=90,
    )


def test_every_entry_is_played_and_the_interface_ends(tmp_path: Path) -> None:
    file = tmp_path / "visits.jsonl"
    lines = b"".join(written(entry) for entry in ENTRIES)
    file.write_bytes(lines + b"rubbish\n" + lines)
    done = replay(str(file), "--speed", "5", "--windowed", "800x600")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "interface failed" not in done.stderr
    played = list(read_visits(done.stdout.encode().splitlines()))
    assert [visit.entries for visit in played] == [ENTRIES, ENTRIES]
    # The simulated camera was pulled out and put in again with the recorded one.
    assert "device camera: online simulated" in done.stderr
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
