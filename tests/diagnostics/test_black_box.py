"""The black box keeps what happened, and can keep nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.status import DeviceKind, DeviceState, DeviceStatus
from kiosk.calls.status import CallStatus, Quality
from kiosk.diagnostics.black_box import recorder as recording
from kiosk.diagnostics.black_box.command import command
from kiosk.diagnostics.black_box.entries import (
    Candidate,
    DeviceEntry,
    EndedEntry,
    FullEntry,
    MalformedEntry,
    ScreenEntry,
    StatsEntry,
    Supply,
    VisitEntry,
    parse,
    written,
)
from kiosk.diagnostics.black_box.files import FOLDER, kept_visits, read_visits
from kiosk.diagnostics.black_box.recorder import BlackBox
from kiosk.diagnostics.view import Room, TechnicianView
from kiosk.link.messages import EndReason
from kiosk.visit.snapshot import (
    CallView,
    EndedView,
    Screen,
    Tile,
    TileState,
    VisitSnapshot,
    WaitingView,
    WrittenLine,
)

DAY = 20_779


class Clock:
    """Seconds, as the test says."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def box(folder: Path, clock: Clock | None = None, keep: int = 200) -> BlackBox:
    return BlackBox(folder, keep=keep, clock=clock or Clock(), today=lambda: DAY)


def shown(screen: Screen, **facts: object) -> VisitSnapshot:
    return VisitSnapshot(screen=screen, line_up=True, **facts)  # type: ignore[arg-type]


def visit(black_box: BlackBox) -> None:
    """Let somebody come and go."""
    for screen in (Screen.REHEARSING, Screen.WAITING, Screen.HOME):
        black_box.snapshot(shown(screen))


def test_a_visit_is_told_in_its_own_time(tmp_path: Path) -> None:
    clock = Clock()
    black_box = box(tmp_path, clock)
    black_box.device(DeviceKind.CAMERA, DeviceStatus(DeviceState.ONLINE, simulated=True))
    black_box.snapshot(shown(Screen.HOME))
    black_box.snapshot(shown(Screen.REHEARSING))
    clock.now += 2
    black_box.snapshot(shown(Screen.WAITING, waiting=WaitingView(position=2)))
    black_box.snapshot(shown(Screen.WAITING, waiting=WaitingView(position=2)))
    clock.now += 1
    black_box.device(
        DeviceKind.DOCUMENT_PRINTER,
        DeviceStatus(DeviceState.ONLINE, reasons=("media-empty-error", "made-up-by-a-vendor")),
    )
    black_box.snapshot(shown(Screen.IN_CALL, call=CallView(agent_name="Sophie", connected_at=5)))
    black_box.call(CallStatus(attempt=1, frames_per_second=29.97, loss=0.0123, round_trip_s=0.04))
    black_box.call(CallStatus(attempt=1, frames_per_second=1))
    black_box.call(CallStatus(attempt=2, path="host ↔ relay"))
    clock.now += 5
    black_box.call(CallStatus(attempt=2, path="host ↔ 82.64.1.2"))
    black_box.snapshot(shown(Screen.ENDED, ended=EndedView(EndReason.AGENT, 5)))
    clock.now += 20
    black_box.snapshot(shown(Screen.HOME))
    black_box.snapshot(shown(Screen.HOME))
    clock.now += 3600
    black_box.device(DeviceKind.CAMERA, DeviceStatus(DeviceState.NO_DEVICE, simulated=True))
    black_box.close()
    (record,) = kept_visits(tmp_path)
    told = [(entry.t, entry.e) for entry in record.entries]
    assert told == [
        (0, "visit"),
        (0, "device"),
        (0, "screen"),
        (2_000, "screen"),
        (2_000, "waiting"),
        (3_000, "device"),
        (3_000, "screen"),
        (3_000, "call"),
        (3_000, "stats"),
        (3_000, "stats"),
        (8_000, "stats"),
        (8_000, "screen"),
        (8_000, "ended"),
        (28_000, "screen"),
        (3_628_000, "device"),
    ]
    assert record.began == VisitEntry(t=0, day=DAY)
    printer = record.entries[5]
    assert isinstance(printer, DeviceEntry)
    assert printer.reasons == (Supply.MEDIA_EMPTY, Supply.OTHER)
    stats = record.entries[8]
    assert isinstance(stats, StatsEntry)
    assert (stats.fps, stats.loss, stats.rtt_ms) == (30.0, 0.012, 40)
    recovered, odd = record.entries[9:11]
    assert isinstance(recovered, StatsEntry)
    assert isinstance(odd, StatsEntry)
    assert (recovered.ours, recovered.theirs) == (Candidate.HOST, Candidate.RELAY)
    assert (odd.ours, odd.theirs) == (Candidate.HOST, None)
    ended = record.entries[12]
    assert isinstance(ended, EndedEntry)
    assert ended.reason is EndReason.AGENT


def test_the_technicians_screens_are_no_visit(tmp_path: Path) -> None:
    black_box = box(tmp_path)
    view = TechnicianView(Room.OVERVIEW)
    black_box.snapshot(shown(Screen.HOME))
    black_box.snapshot(shown(Screen.TECHNICIAN, technician=view))
    black_box.snapshot(shown(Screen.HOME))
    assert list(kept_visits(tmp_path)) == []


_texts = st.text(min_size=1, max_size=12)
_numbers = st.integers() | st.floats(width=32)
_snapshots = st.builds(
    VisitSnapshot,
    screen=st.sampled_from(Screen),
    line_up=st.booleans(),
    tiles=st.tuples(
        st.builds(Tile, _texts, _texts, _texts, _texts, _texts, st.just(TileState.BUSY))
    ),
    agency=st.builds(Tile, _texts, _texts, _texts, _texts, _texts, st.just(TileState.BUSY)),
    waiting=st.builds(WaitingView, position=st.none() | st.integers()),
    call=st.builds(
        CallView,
        agent_name=_texts,
        connected_at=st.none() | st.floats(),
        volume=st.integers(),
        quality=st.sampled_from(Quality),
        written=st.tuples(st.builds(WrittenLine, _texts, st.booleans())),
    ),
    ended=st.builds(EndedView, st.sampled_from(EndReason), st.none() | st.integers()),
    technician=st.none() | st.builds(TechnicianView, st.sampled_from(Room), notice=_texts),
    place_name=_texts,
)
_devices = st.tuples(
    st.sampled_from(DeviceKind),
    st.builds(
        DeviceStatus,
        st.sampled_from(DeviceState),
        st.booleans(),
        _texts,
        _texts,
        st.lists(_texts | st.sampled_from(["media-jam", "toner-low-report"]), max_size=30).map(
            tuple
        ),
    ),
)
_calls = st.builds(
    CallStatus,
    attempt=st.integers(),
    frames_per_second=_numbers,
    received_kbps=st.integers(),
    sent_kbps=st.integers(),
    loss=_numbers,
    round_trip_s=st.none() | _numbers,
    path=_texts | st.just("relay ↔ prflx"),
)


def _members(kind: type[StrEnum]) -> Iterator[str]:
    yield from (member.value for member in kind)


def closed_words() -> set[str]:
    kinds: tuple[type[StrEnum], ...] = (
        DeviceKind, DeviceState, Supply, Screen, Quality, EndReason, Candidate
    )  # fmt: skip
    names = {"visit", "device", "screen", "waiting", "call", "stats", "ended", "full"}
    return names.union(*(_members(kind) for kind in kinds))


def strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for one in value:
                yield from strings(one)
        case dict():
            for one in value.values():
                yield from strings(one)


@given(st.lists(_snapshots | _devices | _calls, max_size=12))
def test_no_word_from_outside_gets_in(
    tmp_path_factory: pytest.TempPathFactory, happenings: list[object]
) -> None:
    folder = tmp_path_factory.mktemp("state")
    black_box = box(folder)
    for happening in happenings:
        match happening:
            case VisitSnapshot():
                black_box.snapshot(happening)
            case CallStatus():
                black_box.call(happening)
            case (DeviceKind() as kind, DeviceStatus() as status):
                black_box.device(kind, status)
    black_box.close()
    words = closed_words()
    for path in folder.glob(f"{FOLDER}/*"):
        for line in path.read_bytes().splitlines():
            assert set(strings(json.loads(line))) <= words
            assert written(parse(line)) == line + b"\n"


_KILLED = """
import sys
from pathlib import Path
from kiosk.diagnostics.black_box.recorder import BlackBox
from kiosk.visit.snapshot import Screen, VisitSnapshot
black_box = BlackBox(Path(sys.argv[1]))
black_box.snapshot(VisitSnapshot(screen=Screen.WAITING))
black_box.snapshot(VisitSnapshot(screen=Screen.IN_CALL))
print("there", flush=True)
sys.stdin.read()
"""


def test_a_killed_booth_leaves_what_was_there(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == b"there\n"
        killed.send_signal(signal.SIGKILL)
    (record,) = kept_visits(tmp_path)
    assert record.malformed == 0
    screens = [entry.screen for entry in record.entries if isinstance(entry, ScreenEntry)]
    assert screens == [Screen.WAITING, Screen.IN_CALL]


def test_only_the_last_visits_are_kept(tmp_path: Path) -> None:
    black_box = box(tmp_path, keep=3)
    for _ in range(5):
        visit(black_box)
    again = box(tmp_path, keep=3)
    visit(again)
    names = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
    assert names == [f"visit-0000000{number}.jsonl" for number in (4, 5, 6)]
    assert len(list(kept_visits(tmp_path, last=2))) == 2
    black_box.close()
    again.close()


def test_a_storm_fills_no_disk_and_leaves_room_for_the_screens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MAX_FILE_BYTES", 4_000)
    monkeypatch.setattr(recording, "RESERVED_BYTES", 1_000)
    black_box = box(tmp_path)
    black_box.snapshot(shown(Screen.IN_CALL))
    for _ in range(200):
        black_box.device(DeviceKind.CAMERA, DeviceStatus(DeviceState.NO_DEVICE))
        black_box.device(DeviceKind.CAMERA, DeviceStatus(DeviceState.ONLINE))
    black_box.snapshot(shown(Screen.ENDED))
    black_box.snapshot(shown(Screen.HOME))
    black_box.close()
    (record,) = kept_visits(tmp_path)
    assert sum(isinstance(entry, FullEntry) for entry in record.entries) == 1
    screens = [entry.screen for entry in record.entries if isinstance(entry, ScreenEntry)]
    assert screens == [Screen.IN_CALL, Screen.ENDED, Screen.HOME]
    assert sum(len(written(entry)) for entry in record.entries) <= 4_000


@pytest.mark.expects_log("visit not recorded")
def test_a_folder_in_the_way_stops_no_visit(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    visit(box(tmp_path))


@pytest.mark.expects_log("visit no longer recorded")
def test_a_full_disk_stops_no_visit(tmp_path: Path) -> None:
    black_box = box(tmp_path)
    black_box.snapshot(shown(Screen.WAITING))
    full = os.open("/dev/full", os.O_WRONLY)
    assert black_box._file is not None
    os.dup2(full, black_box._file)
    os.close(full)
    black_box.snapshot(shown(Screen.IN_CALL))
    black_box.snapshot(shown(Screen.HOME))


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_any_lines_are_visits_or_counted(lines: list[bytes]) -> None:
    held = [line for line in lines if line.strip()]
    visits = list(read_visits(lines))
    assert sum(len(one.entries) + one.malformed for one in visits) == len(held)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b'{"e":"visit","t":0,"v":2,"day":1}',
        b'{"e":"screen","t":0,"screen":"home","line_up":true,"note":"x"}',
        b'{"e":"device","t":0,"kind":"camera","state":"Jeanne"}',
        b'{"e":"stats","t":-1}',
        b" " * 2_000,
    ],
)
def test_what_is_no_entry_is_refused(line: bytes) -> None:
    with pytest.raises(MalformedEntry):
        parse(line)


def test_visits_are_exported_as_json_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    black_box = box(tmp_path / "demo" / "kiosk")
    for _ in range(3):
        visit(black_box)
    black_box.close()
    with (tmp_path / "demo" / "kiosk" / FOLDER / "visit-00000003.jsonl").open("ab") as file:
        file.write(b'{"e":"scre')
    assert command(["--state-folder", str(tmp_path), "--last", "2"]) == 0
    out, err = capsys.readouterr()
    visits = list(read_visits(out.encode().splitlines(keepends=True)))
    assert [len(one.entries) for one in visits] == [5, 5]
    assert "2 visits" in err
    assert "1 lines were none" in err


def test_a_reader_that_has_had_enough_is_no_fault(tmp_path: Path) -> None:
    black_box = box(tmp_path)
    for _ in range(200):
        visit(black_box)
    black_box.close()
    script = (
        "import sys; from kiosk.diagnostics.black_box.command import command;"
        "sys.exit(command(sys.argv[1:]))"
    )
    words = [sys.executable, "-c", script, "--state-folder", str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as export:
        assert export.stdout is not None
        assert export.stderr is not None
        assert export.stdout.readline().startswith(b'{"t":0,"e":"visit"')
        export.stdout.close()
        assert export.stderr.read() == b""
    assert export.returncode == 0


def test_no_visits_are_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["--state-folder", str(tmp_path)]) == 1
    assert "no visit is kept" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command(["--last", "0"])
