"""A thermal printer for the tests: obeys ESC/POS, answers status queries, burns onto a picture."""

from __future__ import annotations

from PIL import Image

READY = 0x12


class UnknownCommand(Exception):
    """Bytes that no printer can be relied on to understand."""


class Paper:
    """What comes out: strict, so that a byte too many or too few is a failure, not a smudge."""

    def __init__(self, width_dots: int) -> None:
        self._width = width_dots
        self._rows: list[Image.Image] = []
        self._buffer = bytearray()
        self.slips: list[Image.Image] = []
        """Cut off, oldest first."""
        self.cleared = 0
        """How often the buffers were cleared."""
        self.commands = 0

    @property
    def rows(self) -> int:
        """Burnt since the last cut."""
        return sum(row.height for row in self._rows)

    def feed(self, data: bytes) -> list[int]:
        """Take bytes; returns which queries of DLE EOT are to be answered, 0 for GS r."""
        self._buffer += data
        queries: list[int] = []
        while (used := self._command(queries)) > 0:
            del self._buffer[:used]
            self.commands += 1
        return queries

    def _command(self, queries: list[int]) -> int:
        """Obey the first command; returns its length, 0 while it is not whole."""
        used = 0
        match list(self._buffer[:4]):
            case [0x10, 0x04, n, *_]:
                queries.append(n)
                used = 3
            case [0x1D, 0x72, 1, *_]:
                queries.append(0)
                used = 3
            case [0x10, 0x14, 8, *_]:
                used = self._clear()
            case [0x1B, 0x40, *_]:
                used = 2
            case [0x1B, 0x64, n, *_]:
                self._rows.append(Image.new("1", (self._width, 24 * n), 1))
                used = 3
            case [0x1D, 0x56, 0 | 1, *_]:
                self._cut()
                used = 3
            case [0x1D, 0x76, 0x30, 0]:
                used = self._raster()
            case start if not any(known.startswith(bytes(start)) for known in _KNOWN):
                raise UnknownCommand(bytes(start).hex(" "))
        return used

    def _clear(self) -> int:
        if len(self._buffer) < 10:
            return 0
        if self._buffer[:10] != b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08":
            raise UnknownCommand("DLE DC4 8 without its parameters")
        self.cleared += 1
        return len(self._buffer)

    def _cut(self) -> None:
        slip = Image.new("1", (self._width, self.rows), 1)
        top = 0
        for row in self._rows:
            slip.paste(row, (0, top))
            top += row.height
        self.slips.append(slip)
        self._rows.clear()

    def _raster(self) -> int:
        if len(self._buffer) < 8:
            return 0
        across = self._buffer[4] + 256 * self._buffer[5]
        down = self._buffer[6] + 256 * self._buffer[7]
        end = 8 + across * down
        if len(self._buffer) < end:
            return 0
        dots = bytes(byte ^ 0xFF for byte in self._buffer[8:end])
        row = Image.new("1", (self._width, down), 1)
        row.paste(Image.frombytes("1", (across * 8, down), dots), (0, 0))
        self._rows.append(row)
        return end


_KNOWN = (b"\x10\x04", b"\x10\x14\x08", b"\x1dr\x01", b"\x1b@", b"\x1bd", b"\x1dV", b"\x1dv0\x00")
