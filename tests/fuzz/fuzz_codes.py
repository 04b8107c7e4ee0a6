"""Fuzzes passes: whatever a code says, only what was signed is a pass."""

from __future__ import annotations

from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.link.passes import PREFIX, Pass, Refusal, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
START = datetime(2026, 11, 24, 13, 30, tzinfo=UTC)
KEYS = [KEY.public_key()]
GENUINE = sign(Pass(bytes(16), "caf", "", START, START), KEY)
SEEDS = (GENUINE.encode(), GENUINE[:-3].encode(), b"https://example.org", b"VG1.AAAAAAAA")


def target(data: bytes) -> None:
    """The bytes as a code's text, as they are and behind our prefix."""
    text = data.decode(errors="replace")
    for shown in (text, PREFIX + text):
        if isinstance(verify(shown, KEYS, START), Refusal) is (shown == GENUINE):
            raise AssertionError("taken though never signed, or signed and not taken")
