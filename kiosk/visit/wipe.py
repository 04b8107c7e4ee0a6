"""What remembers something of a visit, and answers for having forgotten it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class StoreName(StrEnum):
    """Everything in which something of a visit can stay; each answers in the wipe receipt."""

    VISIT = "visit"
    """The visit's own object."""
    DOCUMENTS = "documents"
    """Scanned and received, whole or in part."""
    TEXT = "text"
    """Typed beside the call."""
    FORMS = "forms"
    """First name, telephone number, code."""
    FAREWELL = "farewell"
    """Summary and survey."""
    PRINT_JOBS = "print_jobs"
    """At the printer and in its queue."""
    TICKETS = "tickets"
    """The last slip, for printing it again."""
    DOWNLOADS = "downloads"
    """Deposited at the desk and not taken: they die there with the visit's ticket."""
    FILES = "files"
    """Whatever lies in the booth's temporary folder."""
    PICTURES = "pictures"
    """Frames and pages in the interface."""
    CLIPBOARD = "clipboard"
    KEYBOARD = "keyboard"
    """What the on-screen keyboard has learnt."""
    FIELDS = "fields"
    """Texts in the interface's fields and models."""


class Ending(StrEnum):
    """How the visit that is wiped has ended."""

    LEFT = "left"
    """By a touch, by nobody touching, or by the last screen's clock."""
    FAULT = "fault"
    STOPPED = "stopped"
    """The booth was told to stop."""
    INTERRUPTED = "interrupted"
    """The booth's process was killed, or the power cut: wiped at the next start."""


class Store(Protocol):
    """One of them."""

    @property
    def name(self) -> StoreName:
        """Which."""

    async def wipe(self) -> int:
        """Erase what the visit left, and return how many things that were; safe to call twice."""

    async def left(self) -> int:
        """Return how many things are still there: 0 after `wipe`, or it has failed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one store answered."""

    store: StoreName
    erased: int = 0
    left: int = 0
    answered: bool = True
    """False: it broke, or took too long; what is left there is not known."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a visit was wiped; nothing of what it was."""

    day: int
    """Days since 1970, in the booth's own zone."""
    number: int
    """Counts receipts of this booth since its state folder was made: one missing shows."""
    ending: Ending
    answers: tuple[Answer, ...]
    signature: str = ""
    """Ed25519 (RFC 8032) of the booth's receipt key, hexadecimal; `kiosk.visit.receipts`."""

    @property
    def clean(self) -> bool:
        """Whether every store answered, and that nothing is left."""
        return all(answer.answered and answer.left == 0 for answer in self.answers)
