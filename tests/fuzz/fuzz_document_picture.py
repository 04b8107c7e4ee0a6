"""Fuzzes the decoding of a document camera's pictures: sizes are bounded before pixels are made."""

from __future__ import annotations

import struct
import zlib

from devices.document_camera.find import MAX_PIXELS
from devices.document_camera.stills import decode


def _tiny_png() -> bytes:
    """One grey pixel (ISO/IEC 15948)."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x80")),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


SEEDS = (_tiny_png(), b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(40))


def target(data: bytes) -> None:
    """One packet from a camera, or one file."""
    picture = decode(data)
    if picture is not None and picture.shape[0] * picture.shape[1] > MAX_PIXELS:
        raise AssertionError("a picture larger than allowed")
