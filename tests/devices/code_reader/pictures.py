"""Pictures of codes, as a booth's camera would take them."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import zxingcpp
from PIL import Image, ImageFilter

from devices.picture import Picture, Plane

Grey = npt.NDArray[np.uint8]
PASS = "VG1." + "ABCDEFGHIJ234567" * 11
WIDTH, HEIGHT = 1280, 720


def code(text: str, module: int, symbology: str = "QRCode") -> Image.Image:
    """A code, grey, with a quiet zone."""
    made = zxingcpp.create_barcode(text, zxingcpp.barcode_format_from_str(symbology))
    return Image.fromarray(np.array(zxingcpp.write_barcode_to_image(made, scale=module)))


def photograph(
    text: str = PASS,
    *,
    module: int = 6,
    turn: float = 0,
    blur: float = 0,
    light: float = 1,
    tilt: float = 0,
    noise: float = 4,
    seed: int = 1,
    symbology: str = "QRCode",
) -> Grey:
    """A paper with a code before a cluttered room; `tilt` narrows its far edge by this share."""
    rng = np.random.default_rng(seed)
    clutter = Image.fromarray(rng.integers(40, 200, (9, 16), np.uint8))
    room = clutter.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    paper = code(text, module, symbology)
    if tilt:
        wide, high = paper.size
        inset = wide * tilt / 2
        # Solves for the map from the tilted paper back to the flat one.
        corners = ((inset, 0), (wide - inset, 0), (wide, high), (0, high))
        flat = ((0, 0), (wide, 0), (wide, high), (0, high))
        rows = []
        for (x, y), (u, v) in zip(corners, flat, strict=True):
            rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        facts = np.linalg.solve(np.array(rows), np.array(flat).ravel())
        paper = paper.transform(
            paper.size,
            Image.Transform.PERSPECTIVE,
            list(facts),
            Image.Resampling.BICUBIC,
            fillcolor=255,
        )
    mask = Image.new("L", paper.size, 255)
    paper, mask = (
        picture.rotate(turn, Image.Resampling.BICUBIC, expand=True) for picture in (paper, mask)
    )
    room.paste(paper, ((WIDTH - paper.width) // 2, (HEIGHT - paper.height) // 2), mask)
    seen = np.asarray(room.filter(ImageFilter.GaussianBlur(blur)), np.float32)
    grey = 16 + seen * light * 219 / 255 + rng.normal(0, noise, seen.shape)
    return grey.clip(0, 255).astype(np.uint8)


def picture(grey: Grey, padding: int = 0) -> Picture:
    """A frame of the camera with this luma, rows `padding` bytes longer than they need be."""
    height, width = grey.shape
    luma = np.pad(grey, ((0, 0), (0, padding)))
    chroma = np.full(width * height // 4, 128, np.uint8)
    return Picture(
        width,
        height,
        (
            Plane(memoryview(luma.tobytes()), width + padding),
            Plane(memoryview(chroma.tobytes()), width // 2),
            Plane(memoryview(chroma.tobytes()), width // 2),
        ),
        time.monotonic(),
    )
