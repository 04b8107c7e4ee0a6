"""What counts as a change of a device node."""

from __future__ import annotations

import os
import pty
from pathlib import Path

from devices.node import fingerprint


def test_a_node_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "ttyUSB0") is None
    (tmp_path / "file").touch()
    assert fingerprint(tmp_path / "file" / "ttyUSB0") is None


def test_another_node_and_other_rights_are_a_change(tmp_path: Path) -> None:
    (tmp_path / "node").touch(0o600)
    before = fingerprint(tmp_path / "node")
    assert fingerprint(tmp_path / "node") == before
    (tmp_path / "node").chmod(0o660)
    opened = fingerprint(tmp_path / "node")
    assert opened != before
    (tmp_path / "other").touch(0o660)
    (tmp_path / "other").rename(tmp_path / "node")
    assert fingerprint(tmp_path / "node") != opened


def test_bytes_on_a_line_are_no_change() -> None:
    master, slave = pty.openpty()
    path = os.ttyname(slave)
    before = fingerprint(path)
    os.write(master, b"04A1B2C3\n")
    os.read(slave, 9)
    assert fingerprint(path) == before
    os.close(master)
    os.close(slave)
