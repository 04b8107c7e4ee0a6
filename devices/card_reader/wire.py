"""The words between the card readers' child and the booth; no UID is among them.

They begin with capitals: small letters are `devices.parent`'s.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

KEY = b"K"
"""To the child, first of all: the site's key. On the command line every process could read it."""
BEAT = b"B"
"""To the parent, once a second: the loop turns."""
READERS = b"R"
"""To the parent: a JSON list of the readers' names."""
CARD = b"C"
"""To the parent: a card came or went, as JSON."""
MAX_READERS = 16
"""PCSCLITE_MAX_READERS_CONTEXTS."""
LONGEST_NAME = 128
"""MAX_READERNAME of pcsc-lite."""


@dataclass(frozen=True, slots=True)
class Told:
    """A card came or went, as the child tells it."""

    reader: str
    present: bool
    digest: str = ""
    already_in: bool = False

    def packed(self) -> bytes:
        """As a message."""
        told = [self.reader, self.present, self.digest, self.already_in]
        return CARD + json.dumps(told).encode()


def told(message: bytes) -> Told | None:
    """The card in a CARD message; None for an odd one."""
    match _json(message):
        case [str(reader), bool(present), str(digest), bool(already_in)]:
            return Told(reader, present, digest, already_in)
        case _:
            return None


def readers_packed(names: tuple[str, ...]) -> bytes:
    """A READERS message."""
    return READERS + json.dumps(names).encode()


def readers(message: bytes) -> tuple[str, ...]:
    """The names in a READERS message."""
    match _json(message):
        case [*names]:
            return tuple(str(name) for name in names)
        case _:
            return ()


def clean(name: str) -> str:
    """A reader's name, which comes out of its own chip, as printable text of bounded length."""
    return "".join(letter for letter in name[:LONGEST_NAME] if letter.isprintable())


def _json(message: bytes) -> object:
    try:
        content: object = json.loads(message[1:])
    except ValueError:
        return None
    return content
