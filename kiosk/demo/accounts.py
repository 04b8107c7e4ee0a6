"""One-time accounts of the demonstration's agents, made anew at every start."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import argon2

from kiosk.files import write_private

#: The agency that the robot answers for.
ROBOT_AGENCY = "essai"

#: Invented people, as residents read them; two for each agency.
_NAMES = ("Awa D.", "Bruno L.")

#: The passwords are random and live for one run, so that the hash need not be slow to compute:
#: 8 MiB and one pass make sixteen of them in a fraction of a second.
_HASHER = argon2.PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1)

#: Letters and digits that are not mistaken for one another when read from a screen.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Credentials:
    """How one agent signs in."""

    agency: str
    user: str
    name: str
    password: str


def make(agencies: Iterable[str]) -> tuple[Credentials, ...]:
    """Return two human agents for each agency, with new passwords."""
    return tuple(
        Credentials(agency, f"agent{number}-{agency}", name, _password())
        for agency in agencies
        for number, name in enumerate(_NAMES, start=1)
    )


def make_robot() -> Credentials:
    """Return the account of the agent that answers by itself."""
    return Credentials(ROBOT_AGENCY, "robot", "Robot d'essai", _password())


def write(path: Path, everybody: Iterable[Credentials]) -> None:
    """Write the desk's accounts file: hashes only, readable by the owner alone."""
    lines = ["# Made by the demonstration, for one run."]
    for agent in everybody:
        lines += [
            "",
            f"[agents.{agent.user}]",
            f'name = "{agent.name}"',
            f'agency = "{agent.agency}"',
            f'password = "{_HASHER.hash(agent.password)}"',
        ]
    write_private(path, "\n".join(lines) + "\n")


def _password() -> str:
    """Return 60 random bits in three groups of four letters."""
    letters = [secrets.choice(_ALPHABET) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))
