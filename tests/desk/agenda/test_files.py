"""What an agency's agenda keeps in files: its keys, which stay, and its rules, whole or not."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from desk.agenda.keys import KeyRing
from desk.agenda.rules import Absence, default_rules
from desk.agenda.rules_file import Outdated, RulesFile, make_first
from kiosk.link.errands import Person
from kiosk.settings import SettingsError
from tests.desk.agenda.conftest import NOW, at, rules


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


def test_rules_are_changed_by_their_version_and_seen_by_another_gateway(tmp_path: Path) -> None:
    file = tmp_path / "agenda-caf.json"
    one, other = RulesFile(file), RulesFile(file)
    assert one.rules.week == ()
    over = Absence(begins=at("06:00"), ends=at("07:00"))
    new = rules("awa").model_copy(update={"version": 0, "absences": (over,)})
    kept = one.replace(new, NOW)
    assert (kept.version, kept.absences) == (1, ())
    with pytest.raises(Outdated):
        one.replace(new, NOW)
    assert other.refresh()
    assert other.rules == kept
    assert not other.refresh()


def test_damaged_rules_leave_the_former_ones(tmp_path: Path) -> None:
    file = tmp_path / "agenda-caf.json"
    kept = RulesFile(file)
    kept.replace(rules("awa").model_copy(update={"version": 0}), NOW)
    before = kept.rules
    file.write_text('{"week": 3}')
    with pytest.raises(SettingsError):
        kept.refresh()
    assert kept.rules == before
    with pytest.raises(SettingsError):
        RulesFile(file)


def test_first_rules_are_given_once(tmp_path: Path) -> None:
    file = tmp_path / "agenda-caf.json"
    make_first(file, default_rules())
    kept = RulesFile(file)
    assert kept.rules == default_rules()
    changed = kept.replace(kept.rules.model_copy(update={"week": ()}), NOW)
    make_first(file, default_rules())
    assert RulesFile(file).rules == changed
