"""The pass of an appointment: what its QR code says, signed, expiring, without anything personal.

Text: `VG1.` and base32 (RFC 4648, no padding) of

    offset  bytes
    0       1       version, 1
    1       4       key: the first bytes of the SHA-256 of the public key
    5       16      appointment: a random number, which tells nothing of the person
    21      4       starts at: seconds since 1970, unsigned, big-endian
    25      4       not after: likewise
    29      1 + n   agency: length and ASCII (n ≤ 40)
    30+n    1 + m   booth: length and ASCII (m ≤ 40); empty for every booth
    …       64      Ed25519 (RFC 8032) over a fixed prefix and all that stands before

Base32 and not the denser base45 (RFC 9285): it has neither spaces, which scanners and people cut
off, nor signs that a scanner which types gets wrong on a French keyboard, and a QR code packs both
in its alphanumeric mode.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = "VG1."
APPOINTMENT_BYTES = 16
EARLY = timedelta(hours=2)
"""How long before its start a pass is taken: who comes by the early bus is not sent away."""
MAX_NAME = 40
"""Characters of an agency's or a booth's name, as everywhere on the line."""
MAX_PASS_CHARACTERS = 288
"""A pass with the longest names has 284."""
_HEAD = struct.Struct(">B4s16sII")
_VERSION = 1
_SIGNATURE_BYTES = 64
_DOMAIN = b"visio-guichet appointment pass\0"
"""What this key signs elsewhere can never be taken for a pass, nor the other way round."""
_NAME = re.compile(rb"[a-z0-9][a-z0-9-]{0,39}")


class Refusal(StrEnum):
    """Why a text is not taken as a pass."""

    FOREIGN = "foreign"
    """Some other code: nothing is wrong, it is not for us."""
    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown_key"
    FORGED = "forged"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass says."""

    appointment: bytes
    """16 random bytes."""
    agency: str
    booth: str
    """Empty: at every booth."""
    starts_at: datetime
    """Aware; whole seconds."""
    not_after: datetime
    """Aware; whole seconds."""


def key_id(key: Ed25519PublicKey) -> bytes:
    """The four bytes by which a pass names its key."""
    return hashlib.sha256(key.public_bytes_raw()).digest()[:4]


def sign(appointment: Pass, key: Ed25519PrivateKey) -> str:
    """The text of the pass, for a QR code.

    Raises:
        ValueError: a field is not as `Pass` says.
    """
    names = (appointment.agency.encode("ascii"), appointment.booth.encode("ascii"))
    if (
        len(appointment.appointment) != APPOINTMENT_BYTES
        or not _NAME.fullmatch(names[0])
        or (names[1] and not _NAME.fullmatch(names[1]))
    ):
        raise ValueError("not an appointment's number or names")
    body = _HEAD.pack(
        _VERSION,
        key_id(key.public_key()),
        appointment.appointment,
        _seconds(appointment.starts_at),
        _seconds(appointment.not_after),
    ) + b"".join(bytes((len(name),)) + name for name in names)
    signed = body + key.sign(_DOMAIN + body)
    return PREFIX + base64.b32encode(signed).decode().rstrip("=")


def verify(text: str, keys: Iterable[Ed25519PublicKey], now: datetime) -> Pass | Refusal:
    """The pass in a hostile text, or why there is none; needs no network.

    `keys` are those of the agencies that this booth trusts; `now` is aware. A pass counts from
    `EARLY` before its start until `not_after`, both included.
    """
    read = genuine(text, keys)
    if isinstance(read, Refusal):
        return read
    if now > read.not_after:
        return Refusal.EXPIRED
    return Refusal.NOT_YET if now < read.starts_at - EARLY else read


def genuine(text: str, keys: Iterable[Ed25519PublicKey]) -> Pass | Refusal:
    """The pass in a hostile text whenever it counts, or why it is none of ours.

    For a booth that tells a resident of next week's appointment on which day to come.
    """
    if not text.startswith(PREFIX):
        return Refusal.FOREIGN
    signed = _decoded(text)
    parsed = _parsed(signed[:-_SIGNATURE_BYTES]) if signed is not None else None
    if signed is None or parsed is None:
        return Refusal.MALFORMED
    named, read = parsed
    trusted = [key for key in keys if key_id(key) == named]
    if not trusted:
        return Refusal.UNKNOWN_KEY
    if not any(_signed_by(key, signed) for key in trusted):
        return Refusal.FORGED
    return read


def _seconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("a pass needs times with a zone")
    seconds = int(moment.timestamp())
    if not 0 <= seconds < 2**32:
        raise ValueError("a pass counts from 1970 to 2106")
    return seconds


def _decoded(text: str) -> bytes | None:
    """The bytes, only where they are written in the one way that `sign` writes them."""
    if len(text) > MAX_PASS_CHARACTERS:
        return None
    letters = text.removeprefix(PREFIX)
    try:
        data = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError):
        return None
    return data if base64.b32encode(data).decode().rstrip("=") == letters else None


def _parsed(body: bytes) -> tuple[bytes, Pass] | None:
    if len(body) < _HEAD.size:
        return None
    version, key, appointment, starts_at, not_after = _HEAD.unpack_from(body)
    names: list[bytes] = []
    rest = body[_HEAD.size :]
    while rest and len(names) < 2:
        length = rest[0]
        names.append(rest[1 : 1 + length])
        if len(names[-1]) != length:
            return None
        rest = rest[1 + length :]
    if version != _VERSION or rest or len(names) != 2:
        return None
    agency, booth = names
    if not _NAME.fullmatch(agency) or (booth and not _NAME.fullmatch(booth)):
        return None
    return key, Pass(
        appointment,
        agency.decode(),
        booth.decode(),
        datetime.fromtimestamp(starts_at, UTC),
        datetime.fromtimestamp(not_after, UTC),
    )


def _signed_by(key: Ed25519PublicKey, signed: bytes) -> bool:
    body, signature = signed[:-_SIGNATURE_BYTES], signed[-_SIGNATURE_BYTES:]
    try:
        key.verify(signature, _DOMAIN + body)
    except InvalidSignature:
        return False
    return True
