"""Cuts what a serial scanner sends into lines; the far end may send anything."""

from __future__ import annotations

from devices.code_reader.interface import MAX_CODE_CHARACTERS

MAX_LINE_BYTES = 4 * MAX_CODE_CHARACTERS
"""UTF-8 takes up to four bytes a character."""
PAUSE_S = 0.3
"""A scanner without a suffix sends a code in one go; then this pause ends it."""
_FRAMING = "\x02\x03\x04"
"""STX, ETX, EOT: what some scanners put around a code."""


class Lines:
    """Gathers bytes into lines that end with CR, LF or a pause."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._too_long = False

    @property
    def begun(self) -> bool:
        """Whether part of a line has come: then a pause ends it."""
        return bool(self._line) or self._too_long

    def feed(self, data: bytes) -> list[str]:
        """The lines that end in `data`; one that is too long or not UTF-8 is dropped whole."""
        lines: list[str] = []
        for byte in data:
            if byte in b"\r\n":
                lines += self.pause()
            elif len(self._line) < MAX_LINE_BYTES:
                self._line.append(byte)
            else:
                self._too_long = True
        return lines

    def pause(self) -> list[str]:
        """The line that a pause or its end-of-line ends, if it is one."""
        line, self._line = bytes(self._line), bytearray()
        too_long, self._too_long = self._too_long, False
        try:
            text = line.decode().strip(_FRAMING)
        except UnicodeDecodeError:
            return []
        return [text] if text and not too_long else []
