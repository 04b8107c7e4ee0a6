"""In which forms a mark may lie in some bytes: as text, in streams, as text of a PDF, as pixels."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

_DEEPEST = 3
"""A picture in a stream in a PDF that lies in a compressed stream."""
_MOST_INFLATED = 32_000_000
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|BM....\0\0\0\0|P[56]\n", re.DOTALL)
_MOST_STARTS = 4_000
"""Of streams in one file: a file of random bytes has one in 16,000 bytes."""
_STRIDES = (640, 1_280)
"""Widths of the booth's raw pictures in these tests: document camera's preview, camera, screen."""
_TALL = 1_600
"""Rows looked at in one piece, half of them again in the next."""


def encodings(word: str) -> frozenset[bytes]:
    """Return the word in every way in which it is searched for as text."""
    in_pairs = f"{word[0]} {' '.join(re.findall('..', word[1:]))}"  # As telephone numbers are.
    found = {text.encode() for text in (word.upper(), word.capitalize(), in_pairs)}
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = word.encode(encoding)
        found.add(raw)
        for shift in range(3):
            # What stands before and behind is not known: only whole groups of it are the same.
            groups = base64.b64encode(b"\0" * shift + raw)
            inner = groups[4 if shift else 0 : len(groups) - 4]
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return frozenset(found)


class Seeker:
    """Finds marks in bytes."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """`words` by what they stand for."""
        self._words = dict(words)
        forms = {form: name for name, word in words.items() for form in encodings(word)}
        self._forms = forms

    def in_bytes(self, data: bytes, *, planes: bool = False) -> set[str]:
        """Return which marks are in `data`; with `planes`, also as raw pixels of any width."""
        return self._look(data, 0) | (self._in_planes(data) if planes else set())

    def _look(self, data: bytes, depth: int) -> set[str]:
        found = {name for form, name in self._forms.items() if form in data}
        found |= self._in_pictures(data)
        if b"%PDF-" in data:
            found |= self._in_pdf(data)
        if depth < _DEEPEST:
            for stream in _inflated(data):
                found |= self._look(stream, depth + 1)
        return found

    def _in_pictures(self, data: bytes) -> set[str]:
        found: set[str] = set()
        for start in _starts(_PICTURE, data):
            try:
                with Image.open(io.BytesIO(data[start:])) as picture:
                    found |= self._seen(np.asarray(picture.convert("L")))
            except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
                continue  # It only began like one.
        return found

    def _in_pdf(self, data: bytes) -> set[str]:
        """Text that is drawn with glyphs, and whatever only shows on the page."""
        found: set[str] = set()
        for match in re.finditer(rb"%PDF-", data):
            try:
                with pypdfium2.PdfDocument(data[match.start() :]) as pdf:
                    for page in pdf:
                        text = page.get_textpage().get_text_range()
                        found |= {name for name, word in self._words.items() if word in text}
                        found |= self._seen(
                            np.asarray(page.render(scale=1.5).to_pil().convert("L"))
                        )
            except pypdfium2.PdfiumError:
                continue  # Cut off: what is left of it was looked at stream by stream.
        return found

    def _in_planes(self, data: bytes) -> set[str]:
        whole = np.frombuffer(data, np.uint8)
        if not whole.any():
            return set()
        found: set[str] = set()
        # Luma has one byte for a pixel; of the screen's four, green is enough.
        for plane in (whole, whole[1::4]):
            for width in _STRIDES:
                rows = plane[: len(plane) // width * width].reshape(-1, width)
                for top in range(0, max(1, len(rows)), _TALL // 2):
                    piece = rows[top : top + _TALL]
                    if len(piece) > 60 and piece.any():
                        found |= self._seen(piece)
        return found

    def _seen(self, grey: NDArray[np.uint8]) -> set[str]:
        # A QR code is read whichever way it lies; looked for bright on dark, noise takes minutes.
        codes = zxingcpp.read_barcodes(
            np.ascontiguousarray(grey),
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            try_rotate=False,
            try_invert=False,
        )
        texts = [result.text for result in codes]
        return {name for name, word in self._words.items() if any(word in text for text in texts)}


def _starts(pattern: re.Pattern[bytes], data: bytes) -> Iterable[int]:
    for count, match in enumerate(pattern.finditer(data)):
        if count == _MOST_STARTS:
            return
        yield match.start()


def _inflated(data: bytes) -> Iterator[bytes]:
    view = memoryview(data)
    for start in _starts(_ZLIB, data):
        try:
            stream = zlib.decompressobj().decompress(view[start:], _MOST_INFLATED)
        except zlib.error:
            continue  # It only began like one.
        if stream:
            yield stream
