"""A booth that is really killed, in every way, and what the next start says of it."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.diagnostics.crash.faults import read_fault
from kiosk.diagnostics.crash.record import Cause, CrashRecord
from kiosk.diagnostics.crash.recorder import CrashRecorder
from kiosk.diagnostics.crash.ring import SLOTS, EventRing, RingHandler, read_ring
from kiosk.diagnostics.crash.store import KEPT, read_crashes, write_crashes
from kiosk.log import get_logger

_BOOTH = """
import asyncio, faulthandler, os, signal, sys
from pathlib import Path
from kiosk.diagnostics.crash.recorder import CrashRecorder
from kiosk.log import configure, get_logger
from kiosk.settings import SettingsError

def broken_driver():
    os.kill(os.getpid(), signal.SIGSEGV)

async def broken_loop():
    raise ValueError("Jeanne Martin")

configure("json")
with CrashRecorder(Path(sys.argv[1])) as recorder:
    print(recorder.text, flush=True)
    get_logger("booth").info("line up", booth="pvp-test", agent_name="Jeanne Martin")
    match sys.argv[2]:
        case "segfault":
            broken_driver()
        case "abort":
            os.abort()
        case "exception":
            asyncio.run(broken_loop())
        case "settings":
            raise SettingsError(["wrong"])
        case "wait":
            print("waiting", flush=True)
            sys.stdin.read()
"""


def booth(folder: Path, how: str) -> str:
    """Run a booth that ends as told; return what it says of the last run."""
    done = subprocess.run(
        [sys.executable, "-c", _BOOTH, folder, how],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout.strip()


def last(folder: Path) -> CrashRecord:
    return read_crashes(folder)[0]


@pytest.mark.parametrize(
    ("how", "cause", "words", "place"),
    [
        ("segfault", Cause.SEGMENTATION_FAULT, "erreur de segmentation", "broken_driver"),
        ("abort", Cause.ABORTED, "arrêt forcé", "<module>"),
        ("exception", Cause.EXCEPTION, "erreur du programme", "ValueError at <string>:"),
    ],
)
def test_a_crash_is_told_at_the_next_start(
    tmp_path: Path, how: str, cause: Cause, words: str, place: str
) -> None:
    assert booth(tmp_path, how) == ""
    said = booth(tmp_path, "well")
    assert words in said
    crash = last(tmp_path)
    assert crash.cause is cause
    assert place in crash.stack[0]
    assert crash.started <= crash.ended
    events = [json.loads(line)["event"] for line in crash.events]
    assert "line up" in events
    kept = "".join(path.read_text(errors="replace") for path in (tmp_path / "crash").iterdir())
    assert "Jeanne" not in kept
    # Told until a technician has seen it, also after a run that ended well.
    assert booth(tmp_path, "well") == said


def test_a_killed_booth_is_told_with_its_last_events(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _BOOTH, tmp_path, "wait"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "\n"
        assert killed.stdout.readline() == "waiting\n"
        killed.send_signal(signal.SIGKILL)
    assert "arrêt brutal" in booth(tmp_path, "well")
    assert json.loads(last(tmp_path).events[-1])["event"] == "line up"


@pytest.mark.parametrize("how", ["well", "settings"])
def test_an_end_that_was_meant_is_no_crash(tmp_path: Path, how: str) -> None:
    assert booth(tmp_path, how) == ""
    assert booth(tmp_path, "well") == ""
    assert read_crashes(tmp_path) == ()


def test_a_living_booth_is_not_taken_for_a_dead_one(tmp_path: Path) -> None:
    with CrashRecorder(tmp_path):
        with CrashRecorder(tmp_path) as second:
            assert second.text == ""
        assert (tmp_path / "crash" / "running").exists()
    assert not (tmp_path / "crash" / "running").exists()


def test_a_machine_that_was_restarted_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "crash").mkdir()
    marker = {"started": 1_700_000_000, "boot": "another", "version": "0.1.0"}
    (tmp_path / "crash" / "running").write_text(json.dumps(marker))
    with CrashRecorder(tmp_path) as recorder:
        assert recorder.crashes[0].cause is Cause.POWER
        assert "coupure de courant" in recorder.text
        recorder.seen()
        assert recorder.text == ""
    with CrashRecorder(tmp_path) as recorder:
        assert recorder.text == ""
        assert len(recorder.crashes) == 1


@given(st.binary(max_size=200))
def test_any_marker_is_a_crash_and_no_fault_of_ours(
    tmp_path_factory: pytest.TempPathFactory, marker: bytes
) -> None:
    folder = tmp_path_factory.mktemp("state")
    (folder / "crash").mkdir()
    (folder / "crash" / "running").write_bytes(marker)
    with CrashRecorder(folder) as recorder:
        assert bool(recorder.text) == bool(marker)


@pytest.mark.expects_log("crashes not recorded")
def test_without_a_folder_the_booth_runs_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "crash").write_text("in the way")
    with CrashRecorder(tmp_path) as recorder:
        assert recorder.text == ""


@pytest.mark.expects_log("crashes not understood")
def test_a_broken_file_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "crash").mkdir()
    (tmp_path / "crash" / "crashes.json").write_text("{")
    assert read_crashes(tmp_path) == ()


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    crashes = tuple(
        CrashRecord(started=number, ended=number, cause=Cause.KILLED) for number in range(KEPT + 3)
    )
    write_crashes(tmp_path, crashes)
    assert read_crashes(tmp_path) == crashes[:KEPT]


def test_the_ring_keeps_the_last_events_in_order(tmp_path: Path) -> None:
    ring = EventRing(tmp_path / "ring")
    for number in range(2 * SLOTS + 3):
        ring.write(json.dumps({"event": f"e{number}"}))
    ring.close()
    ring.write("dropped")
    told = [json.loads(line)["event"] for line in read_ring(tmp_path / "ring")]
    assert told == [f"e{number}" for number in range(SLOTS + 3, 2 * SLOTS + 3)]


@given(st.lists(st.dictionaries(st.sampled_from(["event", "level", "x"]), st.text()), max_size=5))
def test_any_event_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, events: list[dict[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("ring") / "ring"
    ring = EventRing(path)
    for event in events:
        ring.write(json.dumps(event, ensure_ascii=True))
    ring.close()
    assert len(read_ring(path)) == len(events)


def test_an_event_that_is_too_long_keeps_its_essence(tmp_path: Path) -> None:
    ring = EventRing(tmp_path / "ring")
    ring.write(json.dumps({"event": "e" * 600, "level": "info", "reason": "r" * 900}))
    ring.close()
    (line,) = read_ring(tmp_path / "ring")
    assert json.loads(line) == {"level": "info", "event": "e" * 120}


@given(st.binary(max_size=2_000))
def test_any_file_can_be_read_as_a_ring(
    tmp_path_factory: pytest.TempPathFactory, held: bytes
) -> None:
    path = tmp_path_factory.mktemp("ring") / "ring"
    path.write_bytes(held)
    read_ring(path)


@given(st.text(max_size=400) | st.just('Fatal Python error: X\n  File "/a/b.py", line 1 in f\n'))
def test_any_text_can_be_read_as_a_fault(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("fault") / "fault.txt"
    path.write_text(text, encoding="utf-8", errors="replace")
    fault = read_fault(path)
    if fault is not None:
        assert all("/" not in frame for frame in fault[1])


def test_events_pass_the_closed_door_and_debugging_stays_out(tmp_path: Path) -> None:
    with CrashRecorder(tmp_path):
        logging.getLogger().setLevel(logging.INFO)
        logging.getLogger("other").info("peer 82.64.1.2 is here")
        get_logger("x").debug("not kept")
        logging.getLogger().setLevel(logging.WARNING)
    told = "".join(read_ring(tmp_path / "crash" / "events.ring"))
    assert "is here" in told
    assert "82.64" not in told
    assert "not kept" not in told


def test_events_are_dated_also_where_the_log_tells_the_time_of_day_alone(tmp_path: Path) -> None:
    ring = EventRing(tmp_path / "ring")
    terminal = logging.Formatter('{"event": "%(message)s", "timestamp": "19:40:54"}')
    record = logging.makeLogRecord({"msg": "here", "created": 1_795_376_454.0})
    RingHandler(ring, terminal).emit(record)
    ring.close()
    (line,) = read_ring(tmp_path / "ring")
    told = {"event": "here", "timestamp": "2026-11-22T19:40:54.000+00:00"}
    assert json.loads(line) == told
