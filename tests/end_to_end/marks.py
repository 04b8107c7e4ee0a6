"""What is planted along a visit, to be searched for afterwards: words, numbers, codes to be seen.

Every word is made anew for each run, so that what another run left is never found.
"""

from __future__ import annotations

import io
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
import qrcode
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter

_LETTERS = "bcdfghjklmnpqrstvwxz"
"""No vowels: no word of any language, and none that a spelling aid would change."""
_PAGE = (1_650, 2_333)
"""A4 at 200 dpi, pixels."""
_DESK = (2_592, 1_944)
"""A document camera of 5 megapixels."""
_SHEET = (1_670, 2_362)
"""The same page there, on its side: 202 dpi, of the 200 that are asked for."""
_CAMERA = (1_280, 720)
_FRAMES = 30


def _word() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(14))


@dataclass(frozen=True, slots=True)
class Marks:
    """The words of one run; each stands for one way in."""

    typed: str = field(default_factory=_word)
    """Written to the agent, and echoed by them."""
    given: str = field(default_factory=_word)
    """In the agent's document: its name, its text, and the code in its picture."""
    noted: str = field(default_factory=_word)
    """What the agent puts on the summary."""
    scanned: str = field(default_factory=_word)
    """In the code on the paper under the document camera."""
    seen: str = field(default_factory=_word)
    """In the code that is held before the booth's camera."""
    named: str = field(default_factory=_word)
    """The first name of an appointment."""
    pasted: str = field(default_factory=_word)
    """In the clipboard."""
    survey: str = field(default_factory=_word)
    """In a few words, without a name."""
    telephone: str = field(default_factory=lambda: f"6{secrets.randbelow(10**8):08}")
    """Of a call-back, without the leading zero: the country's number may stand in its place."""

    @property
    def words(self) -> dict[str, str]:
        """All of them, by what they stand for."""
        return {name: getattr(self, name) for name in self.__slots__}


def code(word: str, size: int) -> Image.Image:
    """Return a QR code of the word, `size` pixels wide with its quiet zone."""
    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=4)
    made.add_data(word)
    return made.make_image().convert("RGB").resize((size, size), Image.Resampling.NEAREST)


def paper(word: str) -> Image.Image:
    """Return a page of paper with a code and lines on it."""
    page = Image.new("RGB", _PAGE, "white")
    draw = ImageDraw.Draw(page)
    page.paste(code(word, 900), (375, 250))
    for line in range(18):
        top = 1_300 + line * 50
        draw.rectangle((150, top, 1_500 - (line * 97) % 500, top + 16), fill="black")
    return page


def write_desk(path: Path, word: str) -> Path:
    """Write what a document camera sees of that paper on a dark desk."""
    desk = Image.new("RGB", _DESK, (92, 66, 48))
    sheet = paper(word).resize(_SHEET, Image.Resampling.LANCZOS)
    sheet = Image.eval(sheet, lambda level: int(level * 0.92) + 8).rotate(90, expand=True)
    desk.paste(sheet, ((_DESK[0] - _SHEET[1]) // 2, (_DESK[1] - _SHEET[0]) // 2))
    turned = desk.rotate(2, Image.Resampling.BICUBIC, fillcolor=(92, 66, 48))
    turned.filter(ImageFilter.GaussianBlur(0.6)).save(path, "JPEG", quality=92)
    return path


def document(name: str) -> bytes:
    """Return a PDF of one page with the word in its text, its title, and a picture of its code."""
    picture = io.BytesIO()
    code(name, 600).save(picture, "JPEG", quality=85)
    pdf = FPDF(format="A4")
    pdf.set_title(name)
    pdf.add_page()
    pdf.set_font("Helvetica", size=24)
    pdf.cell(0, 20, f"Attestation {name}", new_x="LMARGIN", new_y="NEXT")
    pdf.image(picture, w=120)
    return bytes(pdf.output())


def write_camera(path: Path, word: str) -> Path:
    """Write a second of somebody who holds that code before the camera, as Motion JPEG."""
    width, height = _CAMERA
    shown = Image.new("RGB", _CAMERA, (70, 110, 90))
    shown.paste(code(word, 560), (360, 80))
    rows = np.asarray(shown)
    with av.open(str(path), "w", format="mjpeg") as file:
        stream = file.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuvj420p"
        stream.options = {"q": "4"}
        for _ in range(_FRAMES):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(rows).reformat(format="yuvj420p")))
        file.mux(stream.encode(None))
    return path
