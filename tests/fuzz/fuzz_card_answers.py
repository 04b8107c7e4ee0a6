"""Fuzzes what a PC/SC card answers: the answer to reset, and the UID."""

from __future__ import annotations

from devices.card_reader.answers import contactless, uid_in
from devices.card_reader.identity import LONGEST_UID, SHORTEST_UID, digest, fixed

SEEDS = (
    bytes.fromhex("3B8F8001804F0CA000000306030001000000006A"),
    bytes.fromhex("04A1B2C3D4E5F69000"),
    bytes.fromhex("080102039000"),
    bytes.fromhex("6A81"),
)


def target(data: bytes) -> None:
    """Whatever comes: no error, and no more than a UID of the right length gets a digest."""
    contactless(data)
    uid = uid_in(list(data))
    if uid is None:
        return
    if data != uid + b"\x90\x00":
        raise AssertionError("more or less than the answer")
    if fixed(uid) and not SHORTEST_UID <= len(uid) <= LONGEST_UID:
        raise AssertionError("a UID of the wrong length")
    digest(bytes(32), uid)
