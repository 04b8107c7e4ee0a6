"""Small files are there whole or not at all, and nobody else's."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.files import create, replace, write_private

Put = Callable[[Path, str], object]


@pytest.mark.parametrize("put", [replace, write_private])
def test_a_file_that_cannot_be_replaced_leaves_no_other(tmp_path: Path, put: Put) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        put(tmp_path / "taken", "text")
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]


@pytest.mark.parametrize("put", [replace, write_private, create])
def test_a_new_file_is_its_owners_alone(tmp_path: Path, put: Put) -> None:
    put(tmp_path / "new", "où")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o600
    assert (tmp_path / "new").read_bytes() == "où".encode()


def test_what_others_could_read_is_private_once_it_was_written_as_such(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "password"
    write_private(file, b"first")
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o644)
    write_private(file, b"second")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["password"]


def test_of_two_who_make_a_file_the_first_is_right(tmp_path: Path) -> None:
    assert create(tmp_path / "key", b"first")
    assert not create(tmp_path / "key", b"second")
    assert (tmp_path / "key").read_bytes() == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["key"]
