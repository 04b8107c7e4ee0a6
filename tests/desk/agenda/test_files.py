"""What an agency's agenda keeps in a file of its own: its keys, which stay."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from desk.agenda.keys import KeyRing
from kiosk.link.errands import Person
from kiosk.settings import SettingsError


def test_keys_are_made_once_and_are_their_owner_s_alone(tmp_path: Path) -> None:
    file = tmp_path / "state" / "agenda-caf.keys"
    first = KeyRing(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert KeyRing(file).public == first.public
    assert first.person("A" * 64) == Person()
    assert [each.name for each in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("content", ["", "{}", '{"sealing": "00", "signing": []}', "[1]"])
def test_damaged_keys_are_not_replaced(tmp_path: Path, content: str) -> None:
    file = tmp_path / "agenda-caf.keys"
    file.write_text(content)
    with pytest.raises(SettingsError):
        KeyRing(file)
    assert file.read_text() == content
