"""What the readers' child processes say: codes that were seen, and signs of life."""

from __future__ import annotations

import json
import struct

from devices.child import MAX_MESSAGE_BYTES

LOOK = struct.Struct("<HH")
"""To the child: a picture of this width and height lies in the shared memory, rows packed."""
SEEN = b"s"
"""Codes as JSON, [text, symbology] each; a shared picture is free for the next one."""
BEAT = b"b"
"""Still here."""
BEAT_S = 1.0


def seen_message(codes: list[tuple[str, str]]) -> bytes:
    """Codes for the booth; none, where they do not fit in a datagram."""
    message = SEEN + json.dumps(codes, ensure_ascii=False).encode(errors="replace")
    return message if len(message) <= MAX_MESSAGE_BYTES else SEEN + b"[]"


def codes_of(message: bytes) -> list[tuple[str, str]]:
    """The codes in a message; none in any other."""
    if message[:1] != SEEN:
        return []
    try:
        return [(str(text), str(symbology)) for text, symbology in json.loads(message[1:])]
    except (ValueError, TypeError):
        return []
