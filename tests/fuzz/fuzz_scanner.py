"""Fuzzes what a serial scanner sends, in pieces and with pauses, up to the sieve."""

from __future__ import annotations

from devices.code_reader.interface import MAX_CODE_CHARACTERS
from devices.code_reader.lines import MAX_LINE_BYTES, Lines
from devices.code_reader.sieve import Sieve
from devices.code_reader.wire import codes_of

SEEDS = (b"\x04VG1.AAAA\r\n\x02B\x03\r", b"\x01\xff\xfe\n", b'\x02s[["A", "QRCode"]]\n')


def target(data: bytes) -> None:
    """The first byte is the size of the pieces; the rest comes over the line."""
    size = data[0] % 32 + 1 if data else 1
    lines, sieve = Lines(), Sieve()
    texts = [
        text
        for start in range(1, len(data), size)
        for text in lines.feed(data[start : start + size])
    ]
    whole = Lines()
    if texts + lines.pause() != whole.feed(data[1:]) + whole.pause():
        raise AssertionError("the pieces change what is read")
    for text in texts:
        if len(text.encode()) > MAX_LINE_BYTES:
            raise AssertionError("too long a line")
        code = sieve.take(text, "unknown", 0)
        if code and not (code.text.isprintable() and len(code.text) <= MAX_CODE_CHARACTERS):
            raise AssertionError("a code that should not pass")
    codes_of(data[1:])
