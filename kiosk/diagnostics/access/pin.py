"""The technician's PIN: what is a good one, its hash, and its check."""

from __future__ import annotations

import re
from itertools import pairwise

from kiosk.settings import SettingsError

SHORTEST = 6
LONGEST = 12
"""Digits: what a person types on a screen without a slip."""
_HASH = re.compile(r"\$argon2(id|i|d)\$v=\d+\$m=\d{1,7},t=\d{1,2},p=\d{1,2}\$[\w+/]+\$[\w+/]+")
"""The PHC string of argon2 (RFC 9106), with less than 10 GB of memory and 100 passes."""


def checked_hash(pin_hash: str) -> str:
    """Return `[technician] pin_hash` itself, which may be empty.

    Raises:
        SettingsError: it is no hash that `visio-guichet pin` prints.
    """
    if pin_hash and not _HASH.fullmatch(pin_hash):
        raise SettingsError(
            ["[technician] pin_hash: not an argon2 hash; make one with: visio-guichet pin"]
        )
    return pin_hash


def objection(pin: str) -> str:
    """Return why a PIN is not good enough; empty where it is."""
    if not pin.isascii() or not pin.isdigit() or not SHORTEST <= len(pin) <= LONGEST:
        return f"a PIN has {SHORTEST} to {LONGEST} digits"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1:
        return "too easy: a row of equal, rising or falling digits"
    if any(pin == pin[:size] * (len(pin) // size) for size in (2, 3)):
        return "too easy: the same digits over and over"
    if len(set(pin)) < 3:
        return "too easy: two digits only"
    return ""


def hashed(pin: str) -> str:
    """Return the argon2id hash of a PIN, as `[technician] pin_hash` takes it."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - a booth loads it when somebody knocks.

    return PasswordHasher().hash(pin)


def right(pin: str, pin_hash: str) -> bool:
    """Whether the PIN is the one that was hashed.

    Slow on purpose (argon2id: tens of milliseconds, 64 MiB) and as slow for a wrong one, of
    whatever length: to be called in a thread.
    """
    from argon2 import PasswordHasher  # noqa: PLC0415
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

    try:
        return PasswordHasher().verify(pin_hash, pin[: LONGEST + 1].encode("utf-8", "replace"))
    except (VerificationError, InvalidHashError):
        return False
