"""What is known of a PDF, why one is refused, and how much one may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

POINTS_PER_MM = 72 / 25.4
"""A PDF's unit is 1/72 inch (ISO 32000-1, 8.3.2.3)."""
TALLEST = 4
"""A page drawn at a width is at most so many times as high: a till's receipt, not a paper roll."""


class Refusal(StrEnum):
    """Why a document is neither shown nor printed."""

    NOT_A_PDF = "not-a-pdf"
    ENCRYPTED = "encrypted"
    """It opens with a password only."""
    BROKEN = "broken"
    """Its structure can't be followed, it has no page, or drawing it ended in a crash."""
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    PAGE_TOO_LARGE = "page-too-large"
    TOO_SLOW = "too-slow"
    TOO_HUNGRY = "too-hungry"
    """It asks for more memory than any honest document."""
    HOSTILE = "hostile"
    """It carries a program, an attachment, or a form that calls elsewhere, not taken out of it."""
    DYNAMIC_FORM = "dynamic-form"
    """Its pages are made by an XFA program, and say only that another reader is needed."""


class Removal(StrEnum):
    """What is not in a cleaned document any more."""

    SCRIPT = "script"
    ACTION = "action"
    """It would start a program, lead to another file, or do something when opened."""
    SENDING = "sending"
    """A form would send what was typed, or fetch data."""
    ATTACHMENT = "attachment"
    MEDIA = "media"
    """Films, sounds, three dimensions; the picture that stands for them is kept."""
    XFA = "xfa"
    """A form's second description of itself; the one on its pages is kept."""
    SIGNATURE = "signature"
    """Good for the original alone; what it looks like is kept."""
    LOCK = "lock"
    """An encryption that opened without a password."""
    DAMAGE = "damage"
    """Its table of contents was wrong, as every reader mends it."""


class PdfRefused(Exception):
    """A document is not taken; `reason` says why, and no more is told of it."""

    def __init__(self, reason: Refusal) -> None:
        """`reason` is the whole message: a document's own words never come with it."""
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may ask for; more is refused."""

    size_bytes: int = 20 * 1024 * 1024
    """The largest file that a call's data channel carries."""
    pages: int = 30
    """What a resident waits for: a booth's printer gives about 20 pages a minute."""
    side_mm: int = 5080
    """14,400 units, a PDF's largest page (ISO 32000-1, annex C.2): shown and printed shrunk."""
    memory_bytes: int = 640 * 1024 * 1024
    """Address space of the child: itself 130 MB, 26 MB for an A4 page at 300 dpi, and as much for
    every layer of transparency on it."""
    image_pixels: int = 60_000_000
    """Of a photograph or scan that is to become a page: A4 at 800 dpi."""
    cpu_s: int = 60
    """Two seconds for each of 30 pages: ten times what dense ones took (decision 0014)."""
    page_s: float = 20.0
    """Until the next page, by the clock: a call on both processors slows the child down."""


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What a check has found."""

    sizes_mm: tuple[tuple[float, float], ...]
    """Width and height of each page as it is looked at, in millimetres."""

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self.sizes_mm)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document out of which was taken what it could do besides being read."""

    pdf: bytes
    """As it came, to the byte, where nothing had to be taken out."""
    removed: frozenset[Removal] = frozenset()


@dataclass(frozen=True, slots=True)
class Pixels:
    """A page as drawn: rows from the top, three bytes a pixel (red, green, blue), no padding."""

    width: int
    height: int
    data: bytes
