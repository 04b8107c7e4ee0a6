"""Fuzzes the decoding of a document camera's pictures: sizes are bounded before pixels are made."""

from __future__ import annotations

import base64

from devices.document_camera.find import MAX_PIXELS
from devices.document_camera.stills import decode

_TINY_PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SEEDS = (base64.b64decode(_TINY_PNG), b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(40))


def target(data: bytes) -> None:
    """One packet from a camera, or one file."""
    picture = decode(data)
    if picture is not None and picture.shape[0] * picture.shape[1] > MAX_PIXELS:
        raise AssertionError("a picture larger than allowed")
