"""Reads what a PC/SC card answers: its answer to reset, and its UID. All of it is hostile input."""

from __future__ import annotations

from collections.abc import Sequence

GET_UID = (0xFF, 0xCA, 0x00, 0x00, 0x00)
"""PC/SC part 3, 3.2.2.1.3: Get Data; the reader answers it, the card is not asked."""
_OK = (0x90, 0x00)
_LONGEST_ANSWER = 64
"""A UID has 10 bytes at most, some readers pad it; the rest is somebody's experiment."""
_CONTACTLESS_TD = (0x80, 0x01)


def contactless(atr: Sequence[int]) -> bool:
    """Whether the answer to reset is one that readers make up for contactless cards.

    PC/SC part 3, 3.1.3.2.3: `3B 8n 80 01`, then n historical bytes and a check byte. A contact
    card has no UID to be asked for, and `FF` is no class that it must understand (ISO/IEC 7816-3,
    10.3.2): a resident's health or bank card is never spoken to.
    """
    if len(atr) < 5 or atr[0] != 0x3B or atr[1] & 0xF0 != 0x80:
        return False
    return tuple(atr[2:4]) == _CONTACTLESS_TD and len(atr) == 5 + (atr[1] & 0x0F)


def uid_in(answer: Sequence[int]) -> bytes | None:
    """Return the UID in the answer to `GET_UID`, or None where there is none."""
    if not 2 < len(answer) <= _LONGEST_ANSWER or tuple(answer[-2:]) != _OK:
        return None
    try:
        return bytes(answer[:-2])
    except ValueError:
        return None
