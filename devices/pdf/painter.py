"""The child process that opens one hostile PDF: it gets bytes, gives numbers and pixels, and dies.

`python -m devices.pdf.painter SETTINGS` reads the document on its standard input and writes to its
standard output one line of JSON, then the pictures asked for: a line with width and height, and the
bytes of `Pixels`. Before the document is looked at, the process has given up all that it does not
need: files, the network, children, most of its memory and time.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from devices.pdf.confined import Refuse, give_up_everything, say
from devices.pdf.facts import POINTS_PER_MM, TALLEST, Refusal

A4_PT = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)
_NEARLY = 1.03
"""US Letter is 3 % wider than A4, so it is not; a scanner's A4 is within 1 %."""


def _opened(settings: dict[str, Any]) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
    except pdfium.PdfiumError as error:
        locked = (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY)
        raise Refuse(Refusal.ENCRYPTED if error.err_code in locked else Refusal.BROKEN) from error
    if len(document) > settings["pages"]:
        raise Refuse(Refusal.TOO_MANY_PAGES)
    document.init_forms()  # What was typed into a form's fields is drawn too.
    return document


def _sizes(document: pdfium.PdfDocument, most_pt: float) -> list[tuple[float, float]]:
    sizes = [document.get_page_size(number) for number in range(len(document))]
    if not sizes or min(map(min, sizes)) <= 0:
        raise Refuse(Refusal.BROKEN)
    if max(map(max, sizes)) > most_pt:
        raise Refuse(Refusal.PAGE_TOO_LARGE)
    return sizes


def _on_paper(size: tuple[float, float]) -> tuple[float, int]:
    """Scale and turn for A4: larger pages are shrunk, smaller ones keep their size."""
    turn = 90 if size[0] > size[1] else 0
    width, height = size[::-1] if turn else size
    fits = min(A4_PT[0] / width, A4_PT[1] / height)
    return (fits if fits < _NEARLY else 1.0), turn


def _drawn(document: pdfium.PdfDocument, number: int, scale: float, turn: int) -> pdfium.PdfBitmap:
    page = document[number]
    try:
        bitmap: pdfium.PdfBitmap = page.render(
            scale=scale,
            rotation=turn,
            rev_byteorder=True,
        )
    finally:
        page.close()
    return bitmap


def _rows(bitmap: pdfium.PdfBitmap) -> Iterator[memoryview]:
    pixels, used = memoryview(bitmap.buffer).cast("B"), bitmap.width * 3
    if bitmap.stride == used:
        yield pixels[: used * bitmap.height]
        return
    for row in range(bitmap.height):
        yield pixels[row * bitmap.stride : row * bitmap.stride + used]


def _work(settings: dict[str, Any]) -> None:
    document = _opened(settings)
    sizes = _sizes(document, settings["side_mm"] * POINTS_PER_MM)
    say({"sizes_pt": sizes})
    for number in settings["draw"]:
        size = sizes[number]
        if width_px := settings["width_px"]:
            scale, turn = min(width_px / size[0], width_px * TALLEST / size[1]), 0
        else:
            shrunk, turn = _on_paper(size)
            scale = shrunk * settings["dpi"] / 72
        bitmap = _drawn(document, number, scale, turn)
        say({"width": bitmap.width, "height": bitmap.height})
        for row in _rows(bitmap):
            sys.stdout.buffer.write(row)
        sys.stdout.buffer.flush()
        bitmap.close()


def main() -> None:
    """Do what the settings in the first argument say, then end without ceremony."""
    settings = json.loads(sys.argv[1])
    give_up_everything(settings)
    try:
        _work(settings)
    except Refuse as refused:
        say({"refused": refused.reason.value})
    except MemoryError:
        say({"refused": Refusal.TOO_HUNGRY.value})
    except (pdfium.PdfiumError, ValueError, ArithmeticError):
        say({"refused": Refusal.BROKEN.value})
    # Nothing is left to be put away, and a damaged heap is not worth walking through.
    os._exit(0)


if __name__ == "__main__":
    main()
