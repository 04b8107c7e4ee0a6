"""Turns the picture of a slip into ESC/POS, in pieces between which the printer can be asked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from escpos.printer import Dummy
from PIL import Image, ImageChops

from devices.status import DeviceError, DeviceState

PIECE_BYTES = 4096
"""The receive buffer of the smallest printers: a piece fits, also when the paper stands still."""
QUIET_ROWS = 6
"""This many white rows in a row end a band: the header of the next one costs 8 bytes."""
_REAL_TIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")
"""DLE EOT, DLE ENQ, DLE DC4: obeyed wherever they stand, in the middle of a picture too."""


class Commands:
    """Writes slips for one model of printer."""

    def __init__(self, profile: str) -> None:
        """`profile` is the name of one of python-escpos' printer profiles.

        Raises:
            DeviceError: there is no such profile.
        """
        try:
            self._escpos = Dummy(profile=profile)
        except KeyError as error:
            raise DeviceError(
                DeviceState.USER_ERROR,
                f"no printer profile {profile}",
                hint="see kiosk.toml",
                permanent=True,
            ) from error

    @property
    def cuts(self) -> bool:
        """Whether the profile has a cutter."""
        supports = self._escpos.profile.supports
        return bool(supports("paperFullCut") or supports("paperPartCut"))

    def pieces(self, picture: Image.Image) -> list[bytes]:
        """Whole commands of at most `PIECE_BYTES` each: reset, `picture` in bands, feed and cut.

        Raises:
            DeviceError: the profile's paper is narrower than the picture.
        """
        width = self._escpos.profile.profile_data["media"]["width"]["pixels"]
        if isinstance(width, int) and picture.width > width:
            raise DeviceError(
                DeviceState.USER_ERROR,
                f"the profile's paper has {width} dots, width_dots says {picture.width}",
                hint="see kiosk.toml",
            )
        self._escpos.clear()
        self._escpos.hw("INIT")
        pieces = [self._escpos.output]
        # python-escpos prints a remark for every picture where a profile knows no width.
        with contextlib.redirect_stdout(None):
            pieces += [self._raster(band) for band in _bands(picture)]
        self._escpos.clear()
        self._escpos.cut()
        return [*pieces, self._escpos.output]

    def _raster(self, band: Image.Image) -> bytes:
        self._escpos.clear()
        self._escpos.image(band, impl="bitImageRaster", fragment_height=band.height)
        return disarm(self._escpos.output)


def disarm(raster: bytes) -> bytes:
    """One `GS v 0` command without anything in it that looks like a real-time command.

    A dot more here and there is not seen. The header (ESC/POS reference: 1D 76 30 m xL xH yL yH)
    is never touched: no picture of ours is 4 × 256 bytes wide or rows high, so that no second byte
    of a pair stands in it.
    """
    for pair in _REAL_TIME:
        raster = raster.replace(pair, bytes((0x30, pair[1])))
    return raster


def _bands(picture: Image.Image) -> Iterator[Image.Image]:
    """Runs of white and of inked rows in turn, each cut off right of its ink, small enough.

    White rows go as a picture one byte wide: every printer feeds exactly these, whatever its
    motion units.
    """
    for top, bottom, inked in _runs(picture):
        right = 8
        if inked:
            box = ImageChops.invert(picture.crop((0, top, picture.width, bottom))).getbbox()
            right = box[2] if box else 8
        rows = (PIECE_BYTES - 8) // ((right + 7) // 8)
        for start in range(top, bottom, rows):
            yield picture.crop((0, start, right, min(bottom, start + rows)))


def _runs(picture: Image.Image) -> Iterator[tuple[int, int, bool]]:
    """Rows from top to bottom as (first, end, inked); short white runs count as inked."""
    row_bytes = (picture.width + 7) // 8
    data = picture.tobytes()
    blank = Image.new("1", (picture.width, 1), 1).tobytes()
    start = ink_end = 0
    for row in range(picture.height):
        if data[row * row_bytes : (row + 1) * row_bytes] == blank:
            continue
        if row - ink_end >= QUIET_ROWS:
            if ink_end > start:
                yield start, ink_end, True
            yield ink_end, row, False
            start = row
        ink_end = row + 1
    if ink_end > start:
        yield start, ink_end, True
    if ink_end < picture.height:
        yield ink_end, picture.height, False
