"""Seals a document for one telephone: neither the desk nor the gateway can open it.

The key needs both the secret, which stands in the code on the booth's screen, and the PIN beside
it. The gateway gets a proof by which it knows who has the PIN, and nothing to find the PIN by other
than trying: 600,000 rounds of PBKDF2 for each, and it lets nobody try more than five times.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from kiosk.link.papers import Deposit, Kind, Media, Offer

ROUNDS = 600_000
"""PBKDF2-HMAC-SHA256, OWASP's figure of 2023."""
_HALF_BYTES = 32
_INFO = b"visio-guichet parcel 1"
_SECRET_BYTES = 16
_NONCE_BYTES = 12
"""AES-GCM's (NIST SP 800-38D, 5.2.1.1)."""
_PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Parcel:
    """A sealed document, and what opens it."""

    offer: Offer
    content: bytes = field(repr=False)
    """Nonce and AES-256-GCM ciphertext."""
    secret: str = field(repr=False)
    """32 hexadecimal digits: the fragment of the address, which a browser sends nobody."""
    pin: str = field(repr=False)


def seal(pdf: bytes, expires_s: int) -> Parcel:
    """Encrypt a document under a new PIN and secret; takes a third of a second."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - heavy.

    parcel, salt = secrets.token_hex(16), secrets.token_bytes(16)
    pin = f"{secrets.randbelow(10**_PIN_DIGITS):0{_PIN_DIGITS}d}"
    secret, nonce = secrets.token_bytes(_SECRET_BYTES), secrets.token_bytes(_NONCE_BYTES)
    shown, kept = derive(pin, salt)
    cipher = AESGCM(content_key(secret, kept, salt))
    content = nonce + cipher.encrypt(nonce, pdf, parcel.encode("ascii"))
    offer = Offer(
        id=parcel,
        kind=Kind.PARCEL,
        media=Media.SEALED,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        deposit=Deposit(
            proof=hashlib.sha256(shown).hexdigest(), salt=salt.hex(), expires_s=expires_s
        ),
    )
    return Parcel(offer, content, secret.hex(), pin)


def derive(pin: str, salt: bytes) -> tuple[bytes, bytes]:
    """From the PIN: what is shown to the gateway, and what is kept for the key; 32 bytes each."""
    both = hashlib.pbkdf2_hmac("sha256", pin.encode("ascii"), salt, ROUNDS, 2 * _HALF_BYTES)
    return both[:_HALF_BYTES], both[_HALF_BYTES:]


def content_key(secret: bytes, kept: bytes, salt: bytes) -> bytes:
    """The AES-256 key (RFC 5869): from the code's secret and the PIN's kept half."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - see above.
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - see above.

    return HKDF(SHA256(), _HALF_BYTES, salt, _INFO).derive(secret + kept)
