"""The one command finds its subcommands, explains them cheaply, and ends with the right code."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint, entry_points

import pytest

from kiosk import cli
from kiosk.settings import SettingsError


def refuse(_arguments: list[str]) -> int:
    """Refuse everything."""
    raise SettingsError(["kiosk.toml:3: [call] rate: expected an integer", "kiosk.toml:9: x"])


def interrupt(_arguments: list[str]) -> int:
    raise KeyboardInterrupt


def echo(arguments: list[str]) -> int:
    print(arguments)
    return 7


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        EntryPoint(name, f"{__name__}:{name}", cli.GROUP)
        for name in ("refuse", "interrupt", "echo")
    ]
    monkeypatch.setattr(cli, "entry_points", lambda group: entries if group == cli.GROUP else [])


def test_help_lists_every_command_and_loads_none_of_them() -> None:
    script = (
        "import sys; from kiosk.cli import main; code = main(['--help']);"
        "heavy = {'PySide6', 'aiortc', 'fastapi', 'nats', 'numpy', 'cv2'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for entry in entry_points(group=cli.GROUP):
        line = next(line for line in done.stdout.splitlines() if line.split()[:1] == [entry.name])
        assert len(line.split()) > 3, f"{entry.name} is not explained"


def test_without_a_word_help_is_shown_and_the_code_is_an_error(
    commands: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([]) == cli.EXIT_USAGE
    assert "Refuse everything." in capsys.readouterr().out


def test_arguments_and_exit_code_are_the_commands_own(
    commands: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["echo", "--help"]) == 7
    assert capsys.readouterr().out == "['--help']\n"


def test_an_unknown_command_is_answered_with_the_nearest(
    commands: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ecoh"]) == cli.EXIT_USAGE
    assert "did you mean 'echo'?" in capsys.readouterr().err
    assert cli.main(["zzzz"]) == cli.EXIT_USAGE
    assert "there are: echo, interrupt, refuse" in capsys.readouterr().err


def test_wrong_settings_are_told_without_a_traceback(
    commands: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["refuse"]) == cli.EXIT_USAGE
    assert capsys.readouterr().err.splitlines() == [
        "visio-guichet refuse: kiosk.toml:3: [call] rate: expected an integer",
        "visio-guichet refuse: kiosk.toml:9: x",
    ]


def test_ctrl_c_is_no_traceback(commands: None) -> None:
    assert cli.main(["interrupt"]) == cli.EXIT_INTERRUPTED


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("visio-guichet 0.")


def test_a_module_speaks_for_a_command_without_words() -> None:
    assert cli.summary(EntryPoint("e", f"{__name__}:echo", cli.GROUP)).startswith("The one command")
    assert cli.summary(EntryPoint("e", "no_such_module:x", cli.GROUP)) == ""
