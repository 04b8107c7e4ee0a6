"""The site's key, its list of cards, and the PIN's hash."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card_reader.identity import KEY_BYTES, digest
from devices.card_reader.interface import CardKind
from kiosk.diagnostics.access import pin
from kiosk.diagnostics.access.door import Answer, Door
from kiosk.diagnostics.access.lock import TRIES, Lock
from kiosk.diagnostics.access.site_cards import (
    MAX_BYTES,
    MAX_CARDS,
    load_site_cards,
    read_cards,
    write_cards,
)
from kiosk.diagnostics.access.site_key import load_site_key
from kiosk.settings import SettingsError

CARD = digest(bytes(KEY_BYTES), b"1234567")


def test_a_key_is_made_once(tmp_path: Path) -> None:
    state = tmp_path / "state"
    key = load_site_key(None, state)
    assert len(key) == KEY_BYTES
    assert load_site_key(None, state) == key
    assert [path.name for path in state.iterdir()] == ["site.key"]
    assert (state / "site.key").stat().st_mode & 0o777 == 0o600
    assert load_site_key(tmp_path / "shared.key", state) != key


def test_a_wrong_key_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "site.key").write_bytes(b"short")
    with pytest.raises(SettingsError, match="32 bytes"):
        load_site_key(None, tmp_path)
    assert (tmp_path / "site.key").read_bytes() == b"short"
    with pytest.raises(SettingsError, match="site key"):
        load_site_key(tmp_path, tmp_path)


def test_the_list_is_read_again_when_it_changes(tmp_path: Path) -> None:
    file = tmp_path / "cards.toml"
    cards = load_site_cards(None, tmp_path)
    assert not cards
    write_cards(file, {CARD: CardKind.MEDIATOR})
    assert dict(cards) == {CARD: CardKind.MEDIATOR}
    assert file.stat().st_mode & 0o777 == 0o600
    write_cards(file, {CARD: CardKind.TECHNICIAN, CARD[::-1]: CardKind.MEDIATOR})
    assert cards[CARD] is CardKind.TECHNICIAN
    file.unlink()
    assert CARD not in cards


@pytest.mark.expects_log("site cards unreadable")
def test_a_list_gone_wrong_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "cards.toml"
    write_cards(file, {CARD: CardKind.TECHNICIAN})
    cards = load_site_cards(file)
    file.write_text("[cards")
    assert cards[CARD] is CardKind.TECHNICIAN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[cards", "not TOML"),
        ('[cards]\nabc = "technician"', "cards.toml:"),
        (f'[cards]\n{CARD} = "resident"', "cards.toml:2"),
        ("[people]", "people"),
        ("#" * (MAX_BYTES + 1), "bytes"),
        ("[cards]\n" + "".join(f'{n:032x} = "mediator"\n' for n in range(MAX_CARDS + 1)), "1000"),
    ],
)
def test_a_wrong_list_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "cards.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_cards(file)
    assert words in " ".join(caught.value.problems)


@pytest.mark.parametrize(
    "bad",
    [
        *("", "12345", "000000", "123456", "987654", "890123", "121212", "123123", "112112"),
        *("1" * 13, "12 456", "१२३४५७", "-12345", "778877"),
    ],
)
def test_pins_that_are_refused(bad: str) -> None:
    assert pin.objection(bad)


@pytest.mark.parametrize("good", ["739104", "100457", "2580147936"])
def test_pins_that_are_taken(good: str) -> None:
    assert not pin.objection(good)


def test_a_hash_is_of_its_pin_alone() -> None:
    made = pin.checked_hash(pin.hashed("739104"))
    assert pin.right("739104", made)
    assert not pin.right("739105", made)
    assert not pin.right("739104\0", made)
    assert not pin.right("7" * 1_000_000, made)
    assert not pin.right("\ud800", made)
    assert not pin.right("739104", "no hash")


async def test_the_door_looks_at_one_pin_at_a_time(tmp_path: Path) -> None:
    door = Door(pin.hashed("739104"), Lock(tmp_path), lambda: False)
    answers = await asyncio.gather(door.try_pin("739105"), door.try_pin("739104"))
    assert answers == [Answer.WRONG, Answer.REFUSED]
    assert door.view.tries_left == TRIES - 1
    assert await door.try_pin("739104") is Answer.OPEN
    assert door.view.tries_left == TRIES


@pytest.mark.parametrize("wrong", ["739104", "$argon2id$v=19$m=65536,t=3,p=4$", "$1$abc$def"])
def test_a_wrong_hash_is_named(wrong: str) -> None:
    with pytest.raises(SettingsError, match="pin_hash"):
        pin.checked_hash(wrong)


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    assert isinstance(pin.objection(text), str)
