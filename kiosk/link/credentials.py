"""The broker's users and their passwords, as files that only their owner can read."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from pathlib import Path

from kiosk.files import write_private

#: Bytes of randomness in a password: beyond guessing, and never typed by anybody.
_PASSWORD_BYTES = 24


def load_credentials(folder: Path, users: Iterable[str]) -> dict[str, str]:
    """Return the password of each of `users`, making those that do not exist yet.

    `folder/broker-credentials.json` holds them all, for the broker; `folder/passwords/<user>`
    holds one each, for that user's `password_file`. All are readable by their owner alone.

    Raises:
        OSError: the folder cannot be written.
        ValueError: the file is not what we wrote.
    """
    path = folder / "broker-credentials.json"
    known = _read(path) if path.exists() else {}
    wanted = {user: known.get(user, secrets.token_urlsafe(_PASSWORD_BYTES)) for user in users}
    write_private(path, json.dumps(known | wanted, indent=2) + "\n")
    passwords = folder / "passwords"
    for user, password in wanted.items():
        write_private(passwords / user, password + "\n")
    return wanted


def _read(path: Path) -> dict[str, str]:
    content: object = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, dict) and all(isinstance(word, str) for word in content.values()):
        return content
    raise ValueError(f"{path} must hold an object of user names and passwords")
