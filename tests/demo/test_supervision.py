"""The whole demonstration under ill treatment: parts killed, and it itself."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest

from tests.end_to_end.demo import Demo
from tests.end_to_end.waiting import eventually

#: A part is back within its backoff and its own start.
BACK_WITHIN_S = 30.0


@pytest.mark.slow
def test_killed_parts_come_back_and_a_killed_demonstration_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    demo = Demo(tmp_path, {"DISPLAY": "", "HOME": str(home)}, ["--size", "1280x800"])
    try:
        for part in ("robot", "broker", "desk", "kiosk"):
            _comes_back(demo, part)
        family = demo.family()
        assert len(family) > 6
        # As the kernel does when memory is short: no last word, no handler.
        os.kill(demo.pid, signal.SIGKILL)
        eventually(
            lambda: not any(_lives(process) for process in family),
            within_s=BACK_WITHIN_S,
            what="every process gone",
        )
    finally:
        demo.end()


def _comes_back(demo: Demo, part: str) -> None:
    before = demo.pid_of(part)
    os.kill(before, signal.SIGKILL)
    eventually(
        lambda: (
            demo.state["pids"][part] not in (None, before) and psutil.pid_exists(demo.pid_of(part))
        ),
        within_s=BACK_WITHIN_S,
        what=f"the {part} back",
    )
    assert f"the {part} ended" in demo.said()


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
