"""How a command line names the booth that it is about."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.control.place import candidates, inside
from kiosk.settings import KioskSettings, config_file, load


def add_place(parser: argparse.ArgumentParser) -> None:
    """Add `--config` and `--state-folder` to a command that asks the running booth."""
    parser.add_argument(
        "--config",
        type=Path,
        default=config_file("kiosk.toml"),
        metavar="FILE",
        help="settings of the booth (default: %(default)s)",
    )
    parser.add_argument(
        "--state-folder",
        type=Path,
        metavar="FOLDER",
        help="where the booth keeps its state, or the demonstration its own (default: as the"
        " settings say, then that of a demonstration, then the service's)",
    )


def settings_of(asked: argparse.Namespace) -> KioskSettings:
    """Return the settings that the command line names.

    Raises:
        SettingsError: they can't be used.
    """
    return load(KioskSettings, asked.config)


def folders(asked: argparse.Namespace) -> tuple[Path, ...]:
    """Return the folders in which the booth may be, likeliest first.

    Raises:
        SettingsError: the settings can't be used.
    """
    given: Path | None = asked.state_folder
    if given is not None:
        return inside(given)
    return candidates(settings_of(asked).booth.state_folder)
