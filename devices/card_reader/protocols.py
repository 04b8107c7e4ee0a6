"""The two protocols of serial readers, as parsers that take any bytes in any pieces.

Line protocol: a card's UID in hexadecimal, 4 to 10 bytes, ended by CR, LF or both; spaces, colons
and hyphens between the digits are allowed. A line of one hyphen says that the card is gone.

Framed protocol, binary: STX (02), n, n bytes of UID, checksum, ETX (03), where n is 4 to 10, or 0
when the card is gone, and the checksum is the exclusive or of n and of the bytes after it.
"""

from __future__ import annotations

import functools
import operator
import re
from typing import Protocol

from devices.card_reader.identity import LONGEST_UID, SHORTEST_UID

GONE = b""
"""What a parser returns in a UID's place when the reader says that the card has left."""
STX = 0x02
ETX = 0x03
LONGEST_LINE = 64
"""Ten bytes in hexadecimal with a separator between them are 29 characters."""
_SEPARATORS = re.compile(rb"[ :-]")
_UID_LINE = re.compile(rb"(?:[0-9A-Fa-f]{2}){%d,%d}" % (SHORTEST_UID, LONGEST_UID))
_FRAME_EXTRA = 4
"""STX, length, checksum, ETX."""


class Parser(Protocol):
    """Finds UIDs in a stream of bytes; keeps a bounded rest."""

    def feed(self, data: bytes) -> list[bytes]:
        """Return the UIDs, or `GONE`, that are complete with `data`; never raises."""

    def silence(self) -> list[bytes]:
        """Nothing came for longer than a pause inside a message: what was begun is given up."""


def parser(protocol: str) -> Parser:
    """Return the parser of `line` or `framed`."""
    return FramedParser() if protocol == "framed" else LineParser()


class LineParser:
    """The line protocol; a line that is too long or is no UID is left out."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._too_long = False

    def feed(self, data: bytes) -> list[bytes]:
        """Return the UIDs of the lines that end in `data`."""
        found = []
        for byte in data:
            if byte in b"\r\n":
                uid = None if self._too_long else _of_line(bytes(self._line))
                if uid is not None:
                    found.append(uid)
                self._line.clear()
                self._too_long = False
            elif len(self._line) < LONGEST_LINE:
                self._line.append(byte)
            else:
                self._too_long = True
        return found

    def silence(self) -> list[bytes]:
        """A reader may send its digits slowly, and noise is no line: nothing is given up."""
        return []


class FramedParser:
    """The framed protocol; after anything wrong it looks for the next STX, byte by byte."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Return the UIDs of the frames that end in `data`."""
        self._rest += data
        return self._frames()

    def silence(self) -> list[bytes]:
        """Give up the frame that was begun: a good one may stand in what was taken for its data."""
        del self._rest[:1]
        found = self._frames()
        self._rest.clear()
        return found

    def _frames(self) -> list[bytes]:
        found = []
        rest = self._rest
        while rest:
            if rest[0] != STX or (len(rest) > 1 and not _possible(rest[1])):
                del rest[:1]
                continue
            if len(rest) < 2 or len(rest) < (size := rest[1] + _FRAME_EXTRA):
                break
            uid = _of_frame(bytes(rest[:size]))
            if uid is None:
                del rest[:1]
                continue
            found.append(uid)
            del rest[:size]
        return found


def checksum(data: bytes) -> int:
    """Return the exclusive or of the length and of all bytes."""
    return functools.reduce(operator.xor, data, len(data))


def _possible(length: int) -> bool:
    return length == 0 or SHORTEST_UID <= length <= LONGEST_UID


def _of_frame(frame: bytes) -> bytes | None:
    uid = frame[2:-2]
    return uid if frame[-1] == ETX and frame[-2] == checksum(uid) else None


def _of_line(line: bytes) -> bytes | None:
    line = line.strip()
    if line == b"-":
        return GONE
    digits = _SEPARATORS.sub(b"", line)
    return bytes.fromhex(digits.decode("ascii")) if _UID_LINE.fullmatch(digits) else None
