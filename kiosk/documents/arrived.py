"""What the agent's document really is: found from its bytes, checked, and made a PDF."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass

from devices.pdf import PdfRefused, Refusal
from devices.pdf.reader import bind, check, clean, render, sift
from kiosk.link.papers import MOST_BYTES, Kind, Media, Offer, Reason, Removal

_INLINE_BYTES = 1 << 20
"""Hashing a megabyte takes 1 ms; more is done beside the loop."""
_HEADER_WITHIN_BYTES = 1024
"""Where readers look for `%PDF-` (ISO 32000-1, annex H, note 13)."""
_PNG = b"\x89PNG\r\n\x1a\n"
"""PNG, 5.2."""
_JPEG = b"\xff\xd8\xff"
"""ITU-T T.81, B.1.1.3: the image's start, and the marker of the first segment."""
_PROOF_PX = 200
MOST_HELD_BYTES = 60 * 1024 * 1024
"""Of the agent's documents in one visit: three of the largest."""
_REASONS = {
    Refusal.NOT_A_PDF: Reason.NOT_SUPPORTED,
    Refusal.ENCRYPTED: Reason.ENCRYPTED,
    Refusal.BROKEN: Reason.BROKEN,
    Refusal.TOO_LARGE: Reason.TOO_LARGE,
    Refusal.TOO_MANY_PAGES: Reason.TOO_MANY_PAGES,
    Refusal.PAGE_TOO_LARGE: Reason.PAGE_TOO_LARGE,
    Refusal.TOO_SLOW: Reason.TOO_SLOW,
    Refusal.TOO_HUNGRY: Reason.TOO_HUNGRY,
    Refusal.HOSTILE: Reason.HOSTILE,
    Refusal.DYNAMIC_FORM: Reason.DYNAMIC_FORM,
}


class NotTaken(Exception):
    """A document is refused; `reason` is for the agent."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that may be shown, printed and taken away."""

    pdf: bytes
    pages: int
    removed: tuple[Removal, ...] = ()
    """What it had when it came, and has not any more."""


def refusal(offer: Offer, held_bytes: int) -> Reason | None:
    """Why an offer is not even begun; `held_bytes`: of what is here and expected already."""
    if offer.kind is not Kind.DOCUMENT or offer.media is Media.SEALED:
        return Reason.NOT_SUPPORTED
    if offer.size > MOST_BYTES:
        return Reason.TOO_LARGE
    if held_bytes + offer.size > MOST_HELD_BYTES:
        return Reason.TOO_MANY
    return None


def media_of(data: bytes) -> Media | None:
    """What the bytes are, from the first of them; None for what is not taken."""
    if data.startswith(_PNG):
        return Media.PNG
    if data.startswith(_JPEG):
        return Media.JPEG
    return Media.PDF if b"%PDF-" in data[:_HEADER_WITHIN_BYTES] else None


def reason_of(refused: PdfRefused) -> Reason:
    """The same for the agent."""
    return _REASONS[refused.reason]


async def checked(offer: Offer, data: bytes) -> Checked:
    """Look at all that has come of an offer.

    Raises:
        NotTaken: it is not what was offered, or not to be shown.
    """
    digest = _digest(data) if len(data) <= _INLINE_BYTES else await asyncio.to_thread(_digest, data)
    if len(data) != offer.size or not hmac.compare_digest(digest, offer.sha256):
        raise NotTaken(Reason.DAMAGED)
    media = media_of(data)
    if media is None:
        raise NotTaken(Reason.NOT_SUPPORTED)
    try:
        pdf, removed = await _harmless(data, media)
        pages = (await check(pdf)).pages
        # Some are found out only in drawing.
        await render(pdf, 0, _PROOF_PX)
        return Checked(pdf, pages, removed)
    except PdfRefused as refused:
        raise NotTaken(reason_of(refused)) from refused


async def _harmless(data: bytes, media: Media) -> tuple[bytes, tuple[Removal, ...]]:
    if media is not Media.PDF:
        return await bind(data), ()
    cleaned = await clean(data)
    if cleaned.removed:
        # The child that cleaned had the hostile document open: another one looks at what it made.
        await sift(cleaned.pdf)
    return cleaned.pdf, tuple(Removal(kind.value) for kind in sorted(cleaned.removed))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
