"""What tells one card from another, and leaves the driver: a keyed hash of its fixed number."""

from __future__ import annotations

import hashlib

KEY_BYTES = 32
"""As long as the hash's inner state is strong (RFC 7693, 2.9 allows up to 64)."""
DIGEST_BYTES = 16
"""Two of a site's cards share one by chance once in 2¹²⁸ pairs."""
SHORTEST_UID = 4
LONGEST_UID = 10
"""ISO/IEC 14443-3: 4, 7 or 10 bytes; ISO/IEC 15693 and FeliCa have 8."""
_RANDOM_UID_TAG = 0x08
"""ISO/IEC 14443-3, 6.5.4: a 4-byte UID that begins so is drawn anew at each presentation."""
_PURPOSE = b"visio-guichet:1"
"""BLAKE2b's `person`, 16 bytes at most: the same key gives other values elsewhere."""


def digest(key: bytes, uid: bytes) -> str:
    """Return what stands for a card's UID outside the driver: 32 hexadecimal digits.

    Keyed BLAKE2b (RFC 7693): a UID of 4 bytes has 2³² values at most, so that a hash without a
    secret is undone in minutes. It is a message authentication code in one pass, as HMAC is in
    two, and the standard library has it.
    """
    return hashlib.blake2b(uid, digest_size=DIGEST_BYTES, key=key, person=_PURPOSE).hexdigest()


def fixed(uid: bytes) -> bool:
    """Whether the number is a card's own for ever, and not random or a reader's filler."""
    if not SHORTEST_UID <= len(uid) <= LONGEST_UID or len(set(uid)) == 1:
        return False
    return not (len(uid) == SHORTEST_UID and uid[0] == _RANDOM_UID_TAG)
