"""Several pages as one PDF, each at its true size on A4."""

from __future__ import annotations

from collections.abc import Sequence

from devices.document_camera.interface import Page

MAX_PAGES = 50
"""A file of this many pages is 15 MB: what an agency takes."""
_POINTS_PER_INCH = 72.0
_A4_PT = (595.276, 841.89)
"""210 × 297 mm."""
_FILLS = 0.94
"""A page that is nearly as large as A4 is A4: it fills the sheet."""


def make_pdf(pages: Sequence[Page]) -> bytes:
    """A PDF of the pages, in their order; pure, and quick enough for any thread but the loop's.

    Raises:
        ValueError: no page, more than 50, or one that is no JPEG.
    """
    import img2pdf  # noqa: PLC0415 - a heavy import, and only for a document that is sent.

    if not 1 <= len(pages) <= MAX_PAGES:
        raise ValueError(f"{len(pages)} pages")
    remaining = iter(pages)

    def layout(width: int, height: int, _density: object) -> tuple[float, float, float, float]:
        return page_layout(width, height, next(remaining).dpi)

    try:
        made = img2pdf.convert(
            [page.jpeg for page in pages],
            layout_fun=layout,
            engine=img2pdf.Engine.internal,
            nodate=True,
        )
    except (img2pdf.ImageOpenError, img2pdf.JpegColorspaceError) as error:
        raise ValueError("a page that is no JPEG") from error
    return bytes(made)


def page_layout(width: int, height: int, dpi: int) -> tuple[float, float, float, float]:
    """Width and height of the PDF's page, then of the picture on it, in points.

    A4, on its side for a picture that is wider than high.
    """
    across, down = _A4_PT if height >= width else _A4_PT[::-1]
    image = (width / dpi * _POINTS_PER_INCH, height / dpi * _POINTS_PER_INCH)
    fitting = min(across / image[0], down / image[1])
    scale = fitting if fitting < 1 or fitting * _FILLS <= 1 else 1.0
    return across, down, image[0] * scale, image[1] * scale
