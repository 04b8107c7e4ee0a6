"""Fuzzes sealed texts: nothing but what was sealed is ever opened."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.link.sealed import NotSealed, open_sealed, seal

KEY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
GENUINE = seal(b"Ada", KEY.public_key().public_bytes_raw().hex())
SEEDS = (GENUINE.encode(), GENUINE[:-4].encode(), b"A" * 64, b"_-" * 100)


def target(data: bytes) -> None:
    """The bytes as a sealed text."""
    try:
        opened = open_sealed(data.decode(errors="replace"), KEY)
    except NotSealed:
        return
    if opened != b"Ada":
        raise AssertionError("opened though never sealed")
