"""What is personal on its way to an agency: only the agency's desk can read it, not the broker.

Text: base64url without padding (RFC 4648) of an X25519 public key made for this message alone
(RFC 7748, 32 bytes) and ChaCha20-Poly1305 (RFC 8439) of the padded plain text. Key and nonce are
HKDF-SHA256 (RFC 5869) of the shared secret, with both public keys as salt. Whoever seals is not
named: it is the broker's rights that say who may ask what.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAX_SEALED_CHARACTERS: Final = 2_400
MAX_PLAIN_BYTES: Final = 1_534
"""With its length, a whole number of blocks that fits."""

_INFO = b"visio-guichet sealed 1"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_LENGTH_BYTES = 2
_BLOCK_BYTES = 128
"""Plain text is padded to these: its length does not tell one first name from another."""


class NotSealed(ValueError):
    """A text that is not sealed to this key, or has been changed since."""


def seal(plain: bytes, key: str) -> str:
    """Return `plain` so that only the owner of `key` (X25519, 64 hexadecimal digits) can read it.

    Raises:
        ValueError: it is longer than `MAX_PLAIN_BYTES`, or the key is none.
    """
    if len(plain) > MAX_PLAIN_BYTES:
        raise ValueError(f"{len(plain)} bytes to seal, {MAX_PLAIN_BYTES} at most")
    recipient = X25519PublicKey.from_public_bytes(bytes.fromhex(key))
    passing = X25519PrivateKey.generate()
    public = passing.public_key().public_bytes_raw()
    cipher, nonce = _derived(passing.exchange(recipient), public, recipient)
    padded = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain
    padded += bytes(-len(padded) % _BLOCK_BYTES)
    sealed = public + cipher.encrypt(nonce, padded, None)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def open_sealed(text: str, key: X25519PrivateKey) -> bytes:
    """Return the plain text of a hostile `text`.

    Raises:
        NotSealed: it was not sealed to this key, or has been changed.
    """
    sealed = _decoded(text)
    public, ciphertext = sealed[:_KEY_BYTES], sealed[_KEY_BYTES:]
    if len(ciphertext) < _TAG_BYTES + _LENGTH_BYTES:
        raise NotSealed("too short")
    try:
        shared = key.exchange(X25519PublicKey.from_public_bytes(public))
        cipher, nonce = _derived(shared, public, key.public_key())
        padded = cipher.decrypt(nonce, ciphertext, None)
    except (InvalidTag, ValueError):
        # ValueError: a public key of small order, which shares no secret (RFC 7748, section 6.1).
        raise NotSealed("not sealed to this key, or changed since") from None
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if length > len(padded) - _LENGTH_BYTES:
        raise NotSealed("shorter than it says")
    return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]


def _decoded(text: str) -> bytes:
    if len(text) > MAX_SEALED_CHARACTERS or not text.isascii():
        raise NotSealed("too long, or not base64url")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotSealed("not base64url") from None
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise NotSealed("not written as it is sealed")
    return data


def _derived(
    shared: bytes, public: bytes, recipient: X25519PublicKey
) -> tuple[ChaCha20Poly1305, bytes]:
    material = HKDF(
        SHA256(), _KEY_BYTES + _NONCE_BYTES, public + recipient.public_bytes_raw(), _INFO
    ).derive(shared)
    return ChaCha20Poly1305(material[:_KEY_BYTES]), material[_KEY_BYTES:]
