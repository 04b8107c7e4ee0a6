"""What a booth checks before its window opens: what no number of new attempts would mend."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

from kiosk.settings.booth import KioskSettings
from kiosk.settings.problems import SettingsError


def check_booth(settings: KioskSettings, config: Path) -> None:
    """Refuse settings with which the booth's line could never come up, or Home never be drawn.

    Not part of `load`: the demonstration reads the same file, and names these itself later on.

    Args:
        settings: what the booth is about to run with.
        config: the file that they come from, to be named in what is wrong.

    Raises:
        SettingsError: everything that is wrong, one line each.
    """
    problems = [*_user(settings, config), *_password(settings), *_authority(settings)]
    problems += _agencies(settings)
    if problems:
        raise SettingsError(problems)


def _user(settings: KioskSettings, config: Path) -> Iterator[str]:
    expected = f"kiosk-{settings.booth.id}"
    if settings.link.user != expected:
        yield f'{config}: [link] user: expected "{expected}", that is "kiosk-" and [booth] id'


def _password(settings: KioskSettings) -> Iterator[str]:
    try:
        _ = settings.link.password
    except SettingsError as error:
        yield from error.problems


def _authority(settings: KioskSettings) -> Iterator[str]:
    file = settings.link.ca_file
    if file is None:
        return
    try:
        ssl.create_default_context(cafile=file)
    except ssl.SSLError:
        yield f"{file}: [link] ca_file: holds no certificate in PEM form"
    except OSError as error:
        yield f"{file}: [link] ca_file: {error.strerror}"


def _agencies(settings: KioskSettings) -> Iterator[str]:
    # What the file says is checked where it is loaded, by the loop's thread.
    file = settings.booth.agencies_file
    try:
        file.open("rb").close()
    except OSError as error:
        yield f"{file}: [booth] agencies_file: {error.strerror}"
