"""The binary messages of the papers' channel: a piece of a document, and where it belongs."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from kiosk.link.papers import CHUNK_BYTES

_HEAD = struct.Struct(">16sQ")
"""The document's id and the offset of the first byte, as `kiosk.link.papers` has it."""
MOST_MESSAGE_BYTES = _HEAD.size + CHUNK_BYTES


@dataclass(frozen=True, slots=True)
class Chunk:
    """At least one byte of a document."""

    document: str
    """Its id, 32 hexadecimal digits."""
    offset: int
    data: memoryview


def pack(document: str, offset: int, data: memoryview) -> bytes:
    """The message that carries `data`, at most `CHUNK_BYTES` of it."""
    return _HEAD.pack(bytes.fromhex(document), offset) + data


def unpack(message: bytes) -> Chunk | None:
    """The piece in a message; None for what is too short or too long to be one."""
    if not _HEAD.size < len(message) <= MOST_MESSAGE_BYTES:
        return None
    document, offset = _HEAD.unpack_from(message)
    return Chunk(document.hex(), offset, memoryview(message)[_HEAD.size :])
