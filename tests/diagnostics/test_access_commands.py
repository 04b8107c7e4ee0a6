"""`visio-guichet cards` and `visio-guichet pin`, with a serial reader on a pty."""

from __future__ import annotations

import io
import os
import select
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.card_reader.identity import digest
from devices.card_reader.interface import CardKind
from kiosk.diagnostics.access import cards_command, pin, pin_command
from kiosk.diagnostics.access.site_cards import read_cards
from kiosk.settings import SettingsError

UID = bytes.fromhex("04A1B2C3D4E5F6")


@pytest.fixture
def port() -> Iterator[tuple[int, str]]:
    """The reader's end of a serial line, and the name of ours."""
    reader, ours = os.openpty()
    yield reader, os.ttyname(ours)
    os.close(ours)
    os.close(reader)


@pytest.fixture
def config(tmp_path: Path, port: tuple[int, str]) -> Path:
    file = tmp_path / "kiosk.toml"
    file.write_text(
        f'[booth]\nstate_folder = "state"\n[card_reader]\nsource = "{port[1]}"\n', encoding="utf-8"
    )
    return file


def run_with_card(config: Path, port: tuple[int, str], *words: str) -> int:
    """Run the command while a card lies on the reader, which tells of it over and over."""
    done = threading.Event()

    def repeat() -> None:
        while not done.wait(0.1):
            if select.select((), (port[0],), (), 0)[1]:
                os.write(port[0], UID.hex().encode() + b"\r\n")

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        return cards_command.command(["--config", str(config), *words])
    finally:
        done.set()
        thread.join()


def test_a_card_is_added_listed_and_removed(
    config: Path, port: tuple[int, str], capsys: pytest.CaptureFixture[str]
) -> None:
    state = config.parent / "state"
    assert run_with_card(config, port, "add", "technician") == 0
    key = (state / "site.key").read_bytes()
    added = digest(key, UID)
    assert read_cards(state / "cards.toml") == {added: CardKind.TECHNICIAN}
    assert cards_command.command(["--config", str(config), "list"]) == 0
    assert capsys.readouterr().out == f"{added}  technician\n" * 2
    assert UID.hex() not in (state / "cards.toml").read_text()
    with pytest.raises(SettingsError, match="6 digits"):
        cards_command.command(["--config", str(config), "remove", added[:2]])
    with pytest.raises(SettingsError, match="no such card"):
        cards_command.command(["--config", str(config), "remove", "x" * 32])
    assert run_with_card(config, port, "remove") == 0
    assert read_cards(state / "cards.toml") == {}


def test_no_card_within_the_time(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards_command, "WAIT_S", 0.1)
    with pytest.raises(SettingsError, match="no card came"):
        cards_command.command(["--config", str(config), "add", "mediator"])


@pytest.mark.parametrize("source", ["none", "simulated"])
def test_without_a_reader(tmp_path: Path, source: str) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(f'[booth]\nstate_folder = "state"\n[card_reader]\nsource = "{source}"\n')
    with pytest.raises(SettingsError, match="no reader"):
        cards_command.command(["--config", str(config), "add", "mediator"])


def test_a_pin_is_hashed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("739104\n"))
    assert pin_command.command(["--stdin"]) == 0
    line = capsys.readouterr().out.strip()
    made = line.removeprefix('pin_hash = "').removesuffix('"')
    assert pin.right("739104", pin.checked_hash(made))


def test_a_pin_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["739104", "739105", "123456", "123456"])
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    with pytest.raises(SettingsError, match="not the same"):
        pin_command.command([])
    with pytest.raises(SettingsError, match="too easy"):
        pin_command.command([])
