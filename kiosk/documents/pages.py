"""The pages that the resident has kept, and how far each is on its way to the agent."""

from __future__ import annotations

import hashlib
import secrets

from kiosk.documents.outgoing import Outgoing, Sender
from kiosk.documents.view import SentPage
from kiosk.link.papers import MOST_BYTES, MOST_PAGES, Kind, Media, Offer

MOST_PAGE_BYTES = 1 << 20
"""Three times what a page of the document camera has; it gives none that is larger."""


class Pages:
    """All of one visit, kept until its end: a page that the agent reloads gets them again."""

    def __init__(self, sender: Sender) -> None:
        """`sender` offers them as soon as somebody is there."""
        self._sender = sender
        self._kept: list[Outgoing] = []
        self._counted = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def full(self) -> bool:
        """Whether no more are taken."""
        size = sum(page.offer.size for page in self._kept)
        return len(self._kept) >= MOST_PAGES or size > MOST_BYTES - MOST_PAGE_BYTES

    @property
    def handed_over(self) -> int:
        """How many the agent has, or has had."""
        return sum(page.arrived for page in self._kept)

    def news(self) -> bool:
        """Whether the agent has one more than at the last asking."""
        before, self._counted = self._counted, self.handed_over
        return self._counted > before

    def keep(self, jpeg: bytes) -> None:
        """Offer one more."""
        offer = Offer(
            id=secrets.token_hex(16),
            kind=Kind.PAGE,
            media=Media.JPEG,
            size=len(jpeg),
            sha256=hashlib.sha256(jpeg).hexdigest(),
            number=len(self._kept) + 1,
        )
        self._kept.append(self._sender.add(offer, jpeg))

    def view(self, *, waiting: bool) -> tuple[SentPage, ...]:
        """For the screen; `waiting`: there is nobody to send them to."""
        return tuple(
            SentPage(page.offer.number, page.percent, waiting=waiting and not page.arrived)
            for page in self._kept
        )

    def clear(self) -> None:
        """Forget them."""
        self._kept.clear()
