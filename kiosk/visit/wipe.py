"""What remembers something of a visit, and answers for having forgotten it."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class StoreName(StrEnum):
    """Everything in which something of a visit can stay; each answers in the wipe receipt."""

    VISIT = "visit"
    """The visit's own object."""
    DOCUMENTS = "documents"
    """Scanned and received, whole or in part."""
    TEXT = "text"
    FORMS = "forms"
    """First name, telephone number, code, survey."""
    PRINT_JOBS = "print_jobs"
    """At the printer and in its queue."""
    TICKETS = "tickets"
    """The last slip, for printing it again."""
    DOWNLOADS = "downloads"
    """Deposited at the desk and not taken."""
    PICTURES = "pictures"
    """Frames of cameras and pages, in the interface and the drivers."""
    CLIPBOARD = "clipboard"
    KEYBOARD = "keyboard"
    """What the on-screen keyboard has learnt."""
    FIELDS = "fields"
    """Texts in the interface's fields and models."""
    CARDS = "cards"
    """Digests of cards presented."""
    FILES = "files"
    """Whatever lies in the booth's temporary folders."""


class Store(Protocol):
    """One of them."""

    @property
    def name(self) -> StoreName:
        """Which."""

    async def wipe(self) -> int:
        """Erase what the visit left, and return how many things that were; safe to call twice."""

    async def left(self) -> int:
        """Return how many things are still there: 0 after `wipe`, or it has failed."""
