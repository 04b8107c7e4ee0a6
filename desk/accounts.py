"""The agents' accounts: an operator's TOML file of argon2 hashes."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import argon2
from argon2.exceptions import InvalidHashError, VerificationError
from pydantic import Field, SecretStr, StringConstraints, TypeAdapter, ValidationError

from kiosk.files import replace
from kiosk.link.messages import Slug
from kiosk.log import get_logger
from kiosk.settings import Section, SettingsError, load

#: Longest password read, characters: argon2 hashes any length, so the bound is ours.
MAX_PASSWORD = 256

#: Seconds between two looks at the file: who was taken out of it is signed out after two of them.
LOOK_S = 5.0

Name = Annotated[
    str, StringConstraints(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")
]

_log = get_logger(__name__)


class Account(Section):
    """One agent, as `[agents.<user>]` says."""

    name: Name
    """As residents read it, e.g. « Awa D. »."""
    agency: Slug
    password: SecretStr
    """An argon2 hash in the PHC string format, never the password itself."""


class AgentsFile(Section):
    """All of `config/agents.toml`."""

    agents: dict[Slug, Account] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Agent:
    """Who is signed in."""

    user: str
    name: str
    agency: str
    generation: str
    """Changes with the password: a session made before is no longer good."""


class Accounts:
    """Reads the accounts, again whenever their file changes, and checks passwords."""

    def __init__(self, file: Path) -> None:
        """Read the file; one that does not exist yet holds nobody.

        Raises:
            SettingsError: the file is wrong.
        """
        self._file = file
        self._hasher = argon2.PasswordHasher()
        self._nobody = self._hasher.hash(os.urandom(16))
        self._stamp: tuple[int, int] | None = None
        self._seen: tuple[int, int] | None = None
        self._fault: str | None = None
        self._agents: dict[str, Account] = {}
        self.refresh()

    def refresh(self, *, at_rest: bool = False) -> None:
        """Read the file again if it changed; `at_rest`: and has not since it was looked at last.

        Raises:
            SettingsError: the file is wrong; the accounts stay as they were.
        """
        seen, self._seen = self._seen, self._look()
        if self._seen == self._stamp or (at_rest and self._seen != seen):
            return
        self._agents = load(AgentsFile, self._file).agents if self._seen else {}
        # Only now: a file that could not be read may become readable without changing.
        self._stamp = self._seen

    def keep_up(self, *, at_rest: bool = False) -> None:
        """As `refresh`; a file that is wrong is told, once for each thing wrong."""
        try:
            self.refresh(at_rest=at_rest)
        except (SettingsError, OSError) as error:
            if str(error) != self._fault:
                _log.error("the accounts' file is wrong: the former accounts stay")
            self._fault = str(error)
        else:
            self._fault = None

    async def watch(self) -> None:
        """Keep up with the file, that sessions end with their account, until cancelled.

        A file that somebody is writing may be empty or gone for a moment: taken at its word, it
        would sign everybody out.
        """
        while True:
            await asyncio.sleep(LOOK_S)
            self.keep_up(at_rest=True)

    def agent(self, user: str) -> Agent | None:
        """Return the agent of that user name, or None."""
        account = self._agents.get(user)
        if account is None:
            return None
        digest = hashlib.sha256(account.password.get_secret_value().encode()).hexdigest()
        return Agent(user, account.name, account.agency, digest[:16])

    def check(self, user: str, password: str) -> Agent | None:
        """Return the agent if the password is right.

        Slow on purpose (argon2id: tens of milliseconds, 64 MiB), and as slow for a user who does
        not exist. To be called in a thread.
        """
        account = self._agents.get(user)
        known = account.password.get_secret_value() if account else self._nobody
        try:
            self._hasher.verify(known, password[:MAX_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        return self.agent(user)

    def _look(self) -> tuple[int, int] | None:
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return None
        return status.st_mtime_ns, status.st_size


def add_agent(file: Path, user: str, account: Account) -> None:
    """Append an account to the file, in one step; a new file is its owner's alone.

    Raises:
        SettingsError: the file is wrong, the user name is, or it is taken.
        OSError: the file cannot be written with its mode and owner kept; it is as it was.
    """
    try:
        TypeAdapter(Slug).validate_python(user)
    except ValidationError:
        raise SettingsError([f"{user}: not a user name: a-z, 0-9 and -, 40 at most"]) from None
    if file.exists() and user in load(AgentsFile, file).agents:
        raise SettingsError([f"{file}: [agents.{user}] is there already"])
    before = file.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if file.exists() else ""
    values = {
        "name": account.name,
        "agency": account.agency,
        "password": account.password.get_secret_value(),
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    replace(file, before + "\n".join([f"[agents.{user}]", *lines, ""]))


def hash_password(password: str) -> SecretStr:
    """Return the argon2id hash of a password of 1 to `MAX_PASSWORD` characters.

    Raises:
        SettingsError: it is empty or too long.
    """
    if not 1 <= len(password) <= MAX_PASSWORD:
        raise SettingsError([f"a password has 1 to {MAX_PASSWORD} characters"])
    return SecretStr(argon2.PasswordHasher().hash(password))
