"""The sender's half of a document's way: offers, sends what is wanted, and begins again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from pydantic import BaseModel

from kiosk.documents.chunks import pack
from kiosk.link.papers import CHUNK_BYTES, WANT_EVERY_BYTES, WINDOW_BYTES, Offer, Reason, Withdrawn

_MOST_BACKLOG_BYTES = 4 * WINDOW_BYTES
"""Who asks for the same again and again must not fill the memory; honest ones never come so far."""
_LITTLE_BACKLOG_BYTES = 8 * 1024
"""What waits here holds up the text that is typed meanwhile: on a poor line no more than this..."""
_LEAST_AHEAD_BYTES = WANT_EVERY_BYTES + CHUNK_BYTES
"""...and what it takes for the next `want` to come."""
Send = Callable[[str | bytes], None]
"""Hands a message to the channel that is open; lost when none is."""


class Standing(Enum):
    """How far the other side is with a document."""

    OFFERED = auto()
    HELD = auto()
    REFUSED = auto()


@dataclass(eq=False, slots=True)
class Outgoing:
    """One document of ours."""

    offer: Offer
    content: bytes
    once: bool
    """It is not offered again to a page that has lost it."""
    standing: Standing = Standing.OFFERED
    arrived: bool = False
    """The other side had it at some time."""
    reason: Reason | None = None
    """Of a refusal."""
    acknowledged: int = 0
    """Bytes that the other side has said it has."""
    sent: int = 0
    farthest: int = 0
    """What was ever sent, on any channel: nobody can have more."""

    @property
    def percent(self) -> int:
        """Of its bytes that are there; 100 only once they are checked."""
        if self.standing is Standing.HELD:
            return 100
        return min(99, self.acknowledged * 100 // self.offer.size)


class Sender:
    """All documents of ours; pure: it is told what happens, and answers through `send`."""

    def __init__(
        self, send: Send, on_change: Callable[[Outgoing], None], *, backlog: Callable[[], int]
    ) -> None:
        """Call `on_change` when the standing or the percentage of a document has changed.

        `backlog`: bytes that wait on this machine.
        """
        self._send = send
        self._backlog = backlog
        self._on_change = on_change
        self._documents: dict[str, Outgoing] = {}
        self._wanted: dict[str, Outgoing] = {}
        """In the order of asking, on this channel."""
        self._greeted = False

    @property
    def documents(self) -> tuple[Outgoing, ...]:
        """In the order in which they were added."""
        return tuple(self._documents.values())

    def add(self, offer: Offer, content: bytes, *, once: bool = False) -> Outgoing:
        """Offer a document now, or as soon as somebody is there."""
        document = self._documents[offer.id] = Outgoing(offer, content, once)
        if self._greeted:
            self._say(offer)
        return document

    def withdraw(self, document: str) -> None:
        """Take a document back; the other side is told, where it may know of it."""
        self._wanted.pop(document, None)
        if self._documents.pop(document, None) is not None and self._greeted:
            self._say(Withdrawn(id=document))

    def clear(self) -> None:
        """Forget every document, without a word."""
        self._documents.clear()
        self._wanted.clear()

    def opened(self) -> None:
        """A new channel: what was on its way over the old one may be lost."""
        self._greeted = False
        self._wanted.clear()

    def greeted(self, held: tuple[str, ...]) -> None:
        """The other side has said which documents it has: offer it the others."""
        self._greeted = True
        for document in self.documents:
            if document.offer.id in held:
                self.done(document.offer.id)
            elif document.standing is Standing.OFFERED:
                self._say(document.offer)
            elif document.standing is Standing.HELD and not document.once:
                document.standing, document.acknowledged = Standing.OFFERED, 0
                self._on_change(document)
                self._say(document.offer)

    def wanted(self, document: str, offset: int) -> None:
        """The other side has `offset` bytes and asks for more."""
        wanted = self._documents.get(document)
        if wanted is None or wanted.standing is not Standing.OFFERED or offset > wanted.farthest:
            return
        before = wanted.percent
        # Back to where it is: on the first word of a channel, and when something was lost.
        if document not in self._wanted or offset < wanted.acknowledged or offset > wanted.sent:
            wanted.sent = offset
        self._wanted[document] = wanted
        wanted.acknowledged = offset
        if wanted.percent != before:
            self._on_change(wanted)
        self._go_on()

    def done(self, document: str) -> None:
        """The other side has it, checked."""
        self._settle(document, Standing.HELD)

    def refused(self, document: str, reason: Reason) -> None:
        """The other side will not have it."""
        self._settle(document, Standing.REFUSED, reason)

    def _settle(self, name: str, standing: Standing, reason: Reason | None = None) -> None:
        self._wanted.pop(name, None)
        document = self._documents.get(name)
        if document is not None and document.standing is not standing:
            document.standing, document.reason = standing, reason
            document.arrived = document.arrived or standing is Standing.HELD
            if document.once:
                document.content = b""
            self._on_change(document)
        self._go_on()

    def _go_on(self) -> None:
        """Send what may be sent: one document at a time, in the order of asking."""
        if self._backlog() > _MOST_BACKLOG_BYTES:
            return
        for document in tuple(self._wanted.values()):
            size, content = document.offer.size, memoryview(document.content)
            most = min(size, document.acknowledged + WINDOW_BYTES)
            while document.sent < most and self._may_send(document):
                end = min(most, document.sent + CHUNK_BYTES)
                self._send(pack(document.offer.id, document.sent, content[document.sent : end]))
                document.sent = end
            document.farthest = max(document.farthest, document.sent)
            if document.sent < size:
                return

    def _may_send(self, document: Outgoing) -> bool:
        ahead = document.sent - document.acknowledged
        return ahead < _LEAST_AHEAD_BYTES or self._backlog() < _LITTLE_BACKLOG_BYTES

    def _say(self, frame: BaseModel) -> None:
        self._send(frame.model_dump_json())
