"""Fuzzes both protocols of serial card readers, in pieces and with pauses."""

from __future__ import annotations

from devices.card_reader.identity import LONGEST_UID, SHORTEST_UID
from devices.card_reader.protocols import FramedParser, LineParser

SEEDS = (
    b"\x08\x02\x04\xa1\xb2\xc3\xd4\x00\x03",
    b"\x03\x02\x00\x00\x03\x02\x0a\x02\x04\xa1\xb2\xc3\xd4\x00\x03",
    b"\x1004:A1:B2:C3:D4:E5:F6\r\n-\r\n",
)


def target(data: bytes) -> None:
    """The first byte is the size of the pieces; the rest comes over the line."""
    size = data[0] % 32 + 1 if data else 1
    pieces = [data[start : start + size] for start in range(1, len(data), size)]
    for parser in (FramedParser(), LineParser()):
        whole = type(parser)().feed(data[1:])
        found = [uid for piece in pieces for uid in parser.feed(piece)]
        if found != whole:
            raise AssertionError("the pieces change what is found")
        for uid in found + parser.silence():
            if uid and not SHORTEST_UID <= len(uid) <= LONGEST_UID:
                raise AssertionError("a UID of the wrong length")
