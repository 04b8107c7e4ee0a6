"""Draws a slip as the printer will burn it: one black and white picture.

Letters are drawn here and not by the printer, whose code pages differ from one firmware to the
next (decision 0015): what is on the paper is what is in the slip, accents and quotes included.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont
from PIL.ImageFont import FreeTypeFont
from qrcode.exceptions import DataOverflowError

from devices.ticket_printer.interface import Slip

TITLE_DOTS = 48
"""Letter sizes are em heights at 8 dots/mm (203 dpi): 6 mm, 17 points."""
BODY_DOTS = 34
"""4.2 mm, 12 points: what EN 301 549 and large-print guides take as the least for a paper."""
CODE_DOTS = 88
"""11 mm, 31 points: read at arm's length, and over the telephone."""
LINE_HEIGHT = 1.3
"""Of the em: from one base line to the next."""
GAP_DOTS = 16
"""2 mm between two parts of the slip."""
QR_MIN_MODULE_DOTS = 4
"""0.5 mm at 203 dpi: below, a phone's camera at reading distance fails."""
QR_MAX_MODULE_DOTS = 8
"""1 mm: more only costs paper."""
QR_SIZE_DOTS = 304
"""38 mm, where the code allows it: a hand's breadth away it fills a phone's picture."""
QR_BORDER_MODULES = 4
"""The quiet zone that ISO/IEC 18004 asks for."""
INK = 128
"""Grey values below this are burnt."""
_STAND_INS = str.maketrans({"\u202f": "\u00a0", "\u2011": "-", "№": "n°"})
"""French typography that the font lacks and would draw as boxes: the narrow no-break space…"""


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The booth's own font in the sizes of a slip."""

    title: FreeTypeFont
    body: FreeTypeFont
    code: FreeTypeFont

    @classmethod
    def load(cls) -> Typefaces:
        """Read Atkinson Hyperlegible from its package.

        Raises:
            FileNotFoundError: the package is not installed.
        """
        spec = find_spec("fontpkg_atkinson_hyperlegible")
        if spec is None or spec.origin is None:
            raise FileNotFoundError("package fontpkg-atkinson-hyperlegible is not installed")
        folder = Path(spec.origin).parent / "files"
        bold = str(folder / "AtkinsonHyperlegible-Bold.ttf")
        regular = str(folder / "AtkinsonHyperlegible-Regular.ttf")
        return cls(
            title=_face(bold, TITLE_DOTS),
            body=_face(regular, BODY_DOTS),
            code=_face(bold, CODE_DOTS),
        )


def draw(slip: Slip, width_dots: int, faces: Typefaces) -> Image.Image:
    """The slip as a picture of mode `1`, `width_dots` wide, 255 where the paper stays white.

    Raises:
        ValueError: its QR code holds too much to be read from paper this narrow.
    """
    parts = [_paragraph(slip.title, width_dots, faces.title)]
    parts += [_paragraph(line, width_dots, faces.body) for line in slip.lines]
    if slip.code is not None:
        parts.append(_paragraph(slip.code, width_dots, faces.code))
    if slip.qr is not None:
        parts.append(_qr(slip.qr, width_dots))
    height = sum(part.height for part in parts) + GAP_DOTS * len(parts)
    page = Image.new("L", (width_dots, height), 255)
    top = 0
    for part in parts:
        page.paste(part, (0, top))
        top += part.height + GAP_DOTS
    return page.point(lambda grey: 255 if grey >= INK else 0).convert("1")


def wrap(text: str, width_dots: int, face: FreeTypeFont) -> list[str]:
    """Lines of `text` that fit, broken at spaces, inside a word only where one alone is wider.

    No-break spaces stay: « and the word after it are not torn apart.
    """
    lines: list[str] = []
    line = ""
    for word in filter(None, text.split(" ")):
        longer = f"{line} {word}" if line else word
        if face.getlength(longer) <= width_dots:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, width_dots, face)
        lines += whole
    return [*lines, line] if line else lines


def _broken(word: str, width_dots: int, face: FreeTypeFont) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and face.getlength(pieces[-1] + letter) > width_dots:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _face(path: str, dots: int) -> FreeTypeFont:
    # The other layout engine fails on odd characters, and is not in every build of Pillow.
    return ImageFont.truetype(path, dots, layout_engine=ImageFont.Layout.BASIC)


def _paragraph(text: str, width_dots: int, face: FreeTypeFont) -> Image.Image:
    lines = wrap(_printable(text), width_dots, face)
    pitch = round(face.size * LINE_HEIGHT)
    picture = Image.new("L", (width_dots, max(1, pitch * len(lines))), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((0, number * pitch + face.getmetrics()[0]), line, font=face, fill=0, anchor="ls")
    return picture


def _printable(text: str) -> str:
    """Composed letters, one space for anything between words but a no-break space."""
    composed = unicodedata.normalize("NFC", text).translate(_STAND_INS)
    shown = (" " if letter.isspace() and letter != "\u00a0" else letter for letter in composed)
    return "".join(letter for letter in shown if letter.isprintable() or letter == "\u00a0")


def _qr(text: str, width_dots: int) -> Image.Image:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QR_BORDER_MODULES)
    code.add_data(text)
    try:
        code.make()
    except (DataOverflowError, ValueError) as error:
        raise ValueError("too much for a QR code") from error
    modules = code.modules_count + 2 * QR_BORDER_MODULES
    largest = min(QR_SIZE_DOTS // modules, QR_MAX_MODULE_DOTS)
    module = max(largest, QR_MIN_MODULE_DOTS)
    if modules * module > width_dots:
        raise ValueError(f"a QR code of {code.modules_count} modules is too wide for the paper")
    matrix = code.get_matrix()
    small = Image.new("L", (modules, modules), 255)
    small.putdata([0 if dark else 255 for row in matrix for dark in row])
    return small.resize((modules * module, modules * module), Image.Resampling.NEAREST)
