"""The door's lock, and what survives a restart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.diagnostics.access.lock import (
    FILE_NAME,
    FIRST_LOCK_S,
    LONGEST_LOCK_S,
    TRIES,
    Lock,
    boot_id,
    uptime,
)


class Machine:
    """A machine that can be restarted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = 1000.0
        self.boot = "first"

    def lock(self) -> Lock:
        return Lock(self.folder, lambda: self.now, self.boot)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def fail(lock: Lock, times: int = TRIES) -> None:
    for _ in range(times):
        assert lock.attempt()


def test_five_wrong_tries_lock_for_a_quarter_of_an_hour(machine: Machine) -> None:
    lock = machine.lock()
    fail(lock, TRIES - 1)
    assert (lock.tries_left, lock.locked_for_s) == (1, 0)
    fail(lock, 1)
    assert lock.locked_for_s == FIRST_LOCK_S
    assert not lock.attempt()
    machine.now += FIRST_LOCK_S
    assert (lock.tries_left, lock.locked_for_s) == (TRIES, 0)


def test_a_restart_of_the_booth_changes_nothing(machine: Machine) -> None:
    lock = machine.lock()
    fail(lock, 2)
    lock = machine.lock()
    assert lock.tries_left == TRIES - 2
    fail(lock, TRIES - 2)
    machine.now += 60
    assert machine.lock().locked_for_s == FIRST_LOCK_S - 60


def test_a_restart_of_the_machine_begins_the_lock_anew(machine: Machine) -> None:
    fail(machine.lock())
    machine.boot, machine.now = "second", 5.0
    lock = machine.lock()
    assert lock.locked_for_s == FIRST_LOCK_S
    machine.now += FIRST_LOCK_S
    assert lock.attempt()


def test_each_lock_in_a_row_is_longer(machine: Machine) -> None:
    lock = machine.lock()
    lengths = []
    for _ in range(7):
        fail(lock)
        lengths.append(lock.locked_for_s)
        machine.now += lock.locked_for_s
    assert lengths == [60 * minutes for minutes in (15, 30, 60, 120, 240, 240, 240)]


def test_success_forgets_all(machine: Machine) -> None:
    lock = machine.lock()
    fail(lock)
    machine.now += FIRST_LOCK_S
    lock.succeeded()
    fail(lock)
    assert lock.locked_for_s == FIRST_LOCK_S


def test_the_file_holds_nothing_but_counts(machine: Machine) -> None:
    fail(machine.lock(), 1)
    path = machine.folder / FILE_NAME
    assert path.stat().st_mode & 0o777 == 0o600
    counts = {"wrong": 1, "locks": 0, "boot": "", "until": 0.0}
    assert json.loads(path.read_text()) == counts


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00",
        b"[]",
        b'{"wrong": 1}',
        b'{"wrong": 1e999, "locks": 0, "boot": "", "until": 0}',
        b'{"wrong": -9, "locks": 0, "boot": "first", "until": 0}',
        b'{"wrong": 0, "locks": 0, "boot": "first", "until": NaN}',
        b"1" * 2000,
    ],
)
@pytest.mark.expects_log("door unreadable")
def test_a_broken_file_is_a_lock(machine: Machine, content: bytes) -> None:
    (machine.folder / FILE_NAME).write_bytes(content)
    assert machine.lock().locked_for_s == FIRST_LOCK_S


def test_no_lock_is_longer_than_the_longest(machine: Machine) -> None:
    content = '{"wrong": 0, "locks": 3, "boot": "first", "until": 1e300}'
    (machine.folder / FILE_NAME).write_text(content)
    assert machine.lock().locked_for_s == LONGEST_LOCK_S


@pytest.mark.expects_log("door not kept")
def test_a_full_disk_does_not_open_the_door(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "state")
    (tmp_path / "state").touch()
    fail(lock)
    assert lock.locked_for_s > FIRST_LOCK_S - 60


def test_the_machines_own_clock() -> None:
    assert boot_id()
    assert 0 < uptime() <= uptime()
