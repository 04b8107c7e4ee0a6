"""The site's key, which the UIDs of cards are hashed with."""

from __future__ import annotations

import os
from pathlib import Path

from devices.card_reader.identity import KEY_BYTES
from kiosk.files import create
from kiosk.settings import SettingsError

FILE_NAME = "site.key"


def load_site_key(file: Path | None, state_folder: Path) -> bytes:
    """Return the key in `file`, or in the state folder where none is named; made at first use.

    Booths that share one list of cards share one key: an operator copies the file. Without its
    key a list is worth nothing, so a wrong file is never replaced.

    Raises:
        SettingsError: the file can't be read or made, or is no key.
    """
    path = file or state_folder / FILE_NAME
    try:
        if not path.exists():
            create(path, os.urandom(KEY_BYTES))
        with path.open("rb") as stream:
            key = stream.read(KEY_BYTES + 1)
    except OSError as error:
        raise SettingsError([f"{path}: site key: {error.strerror}"]) from None
    if len(key) != KEY_BYTES:
        raise SettingsError([f"{path}: not a site key: it must have {KEY_BYTES} bytes"])
    return key
