"""What one RTP payload of VP8 (RFC 7741) or H.264 (RFC 6184) carries of a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from aiortc.codecs.h264 import H264PayloadDescriptor

_H264_SPS = 7
"""NAL unit type of a sequence parameter set: every encoder opens a key frame with one."""


class Piece(NamedTuple):
    """A part of an encoded frame."""

    data: bytes
    opens_key_frame: bool
    """Decoding can begin here."""


PayloadParser = Callable[[bytes], Piece]
"""Raises ValueError for a payload that is not of its codec."""


def parse_vp8(payload: bytes) -> Piece:
    """Return the part of a VP8 frame in `payload`, without its descriptor (RFC 7741, 4.2).

    Raises:
        ValueError: the descriptor is truncated.
    """
    if not payload:
        return Piece(b"", False)
    first = payload[0]
    position = 1
    try:
        if first & 0x80:
            extensions = payload[1]
            position = 2
            if extensions & 0x80:
                position += 2 if payload[position] & 0x80 else 1
            if extensions & 0x40:
                position += 1
            if extensions & 0x30:
                position += 1
    except IndexError:
        raise ValueError("VP8 payload descriptor is truncated") from None
    data = payload[position:]
    opens = bool(first & 0x10) and not first & 0x07
    return Piece(data, opens and len(data) > 0 and not data[0] & 0x01)


def parse_h264(payload: bytes) -> Piece:
    """Return the part of an H.264 access unit in `payload`, in Annex B form.

    Raises:
        ValueError: a NAL unit is truncated or of a kind that is not negotiated.
    """
    if not payload:
        return Piece(b"", False)
    data = H264PayloadDescriptor.parse(payload)[1]
    opens = data.startswith(b"\x00\x00\x00\x01") and len(data) > 4 and data[4] & 0x1F == _H264_SPS
    return Piece(data, opens)


def parser_for(codec_name: str) -> PayloadParser:
    """Return the parser of the codec named as in SDP.

    Raises:
        ValueError: a codec that is never offered.
    """
    match codec_name.upper():
        case "VP8":
            return parse_vp8
        case "H264":
            return parse_h264
        case other:
            raise ValueError(f"no video codec {other[:20]!r}")
