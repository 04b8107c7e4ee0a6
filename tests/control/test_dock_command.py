"""`visio-guichet dock`: what it prints, and how it ends."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from devices.status import DeviceKind
from kiosk.control import dock_command, server
from kiosk.control.client import BoothClosed, BoothSilent
from kiosk.control.dock_command import command
from tests.control.booth import serving, toys


async def test_devices_are_listed_with_what_can_be_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(tmp_path / "kiosk", toys()):
        code = await asyncio.to_thread(command, ["--state-folder", str(tmp_path)])
    assert code == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"booth in {tmp_path / 'kiosk'}"
    assert lines[1].split() == [
        "camera", "online", "simulated", "plug", "unplug", "slow", "<a", "factor>"
    ]  # fmt: skip


async def test_a_device_is_moved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    devices = toys()
    async with serving(tmp_path, devices):
        words = ["camera", "unplug", "--state-folder", str(tmp_path)]
        assert await asyncio.to_thread(command, words) == 0
        assert not devices[DeviceKind.CAMERA].cable.plugged
        words = ["screen", "slow", "3", "--state-folder", str(tmp_path)]
        assert await asyncio.to_thread(command, words) == 0
        assert devices[DeviceKind.SCREEN].speed == 3
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["camrea", "unplug"], 2, "did you mean 'camera'?"),
        (["camera", "unplgu"], 2, "did you mean 'unplug'?"),
        (["camera", "slow", "x"], 2, "a number"),
        (["camera"], 2, "what should happen to 'camera'?"),
        (["c" * 41, "plug"], 2, "that long"),
    ],
)
async def test_wrong_words(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    said: str,
) -> None:
    async with serving(tmp_path, toys()):
        told = await asyncio.to_thread(command, [*words, "--state-folder", str(tmp_path)])
    assert told == code
    assert said in capsys.readouterr().err


async def test_a_booth_without_its_dock_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(tmp_path, toys(), dock=False):
        words = ["camera", "unplug", "--state-folder", str(tmp_path)]
        assert await asyncio.to_thread(command, words) == 1
    assert "run --dock" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BoothClosed("/var/lib/visio-guichet"), "belongs to another user"),
        (BoothSilent("no answer within 30 s"), "does not answer: no answer within 30 s"),
    ],
)
def test_a_booth_that_can_not_be_asked_is_named(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    said: str,
) -> None:
    async def fails(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(dock_command, "ask_first", fails)
    assert command([]) == 1
    assert said in capsys.readouterr().err


async def test_a_booth_that_is_busy_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MAX_CONNECTIONS", 0)
    async with serving(tmp_path, toys()):
        assert await asyncio.to_thread(command, ["--state-folder", str(tmp_path)]) == 1
    assert "refuses (busy)" in capsys.readouterr().err


def test_no_booth_is_named_with_where_it_was_looked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISIO_GUICHET_BOOTH__STATE_FOLDER", str(tmp_path / "nowhere"))
    assert command([]) == 1
    said = capsys.readouterr().err
    assert "no booth runs here" in said
    assert str(tmp_path / "nowhere" / "demo" / "kiosk") in said
