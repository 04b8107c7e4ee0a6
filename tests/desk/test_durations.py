"""The lengths of recent calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.durations import FEWEST, REMEMBERED, Durations


def test_too_few_calls_tell_nothing(tmp_path: Path) -> None:
    durations = Durations(tmp_path / "calls.json")
    for _ in range(FEWEST - 1):
        durations.add(60)
    assert durations.typical_s is None
    durations.add(60)
    assert durations.typical_s == 60


def test_the_median_of_recent_calls_outlives_a_restart(tmp_path: Path) -> None:
    durations = Durations(tmp_path / "state" / "calls.json")
    for seconds in (9_999, *range(100, 100 + REMEMBERED)):
        durations.add(seconds)
    again = Durations(tmp_path / "state" / "calls.json")
    assert again.typical_s == durations.typical_s
    assert again.typical_s in (114, 115)


@pytest.mark.expects_log("calls' lengths not kept")
def test_a_full_disk_costs_the_memory_alone(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder", encoding="ascii")
    durations = Durations(tmp_path / "state" / "calls.json")
    for _ in range(FEWEST):
        durations.add(60)
    assert durations.typical_s == 60


@pytest.mark.parametrize("content", ["", "{}", "[1, 2", '["a", null, -3, 1e9, true]', "\x00"])
def test_a_damaged_file_is_no_call(tmp_path: Path, content: str) -> None:
    file = tmp_path / "calls.json"
    file.write_text(content, encoding="ascii")
    durations = Durations(file)
    for _ in range(FEWEST):
        durations.add(0.2)
    assert durations.typical_s == 1
