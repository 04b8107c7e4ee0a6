"""The sender's half of a document's way: offers, sends what is wanted, and begins again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from pydantic import BaseModel

from kiosk.documents.chunks import pack
from kiosk.documents.send_window import MOST_BYTES as MOST_WINDOW_BYTES
from kiosk.documents.send_window import SendWindow
from kiosk.link.papers import CHUNK_BYTES, MOST_DOCUMENTS, Offer, Reason, Withdrawn

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
        self,
        send: Send,
        on_change: Callable[[Outgoing], None],
        *,
        backlog: Callable[[], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Call `on_change` when the standing or the percentage of a document has changed.

        `backlog`: bytes that wait on this machine; `clock` in seconds.
        """
        self._send = send
        self._backlog = backlog
        self._clock = clock
        self._on_change = on_change
        self._documents: dict[str, Outgoing] = {}
        self._wanted: dict[str, Outgoing] = {}
        """In the order of asking, on this channel."""
        self._window = SendWindow()
        self._greeted = False

    @property
    def documents(self) -> tuple[Outgoing, ...]:
        """In the order in which they were added."""
        return tuple(self._documents.values())

    @property
    def giving(self) -> tuple[str, ...] | None:
        """What is not there yet, for `hello`; None: more than it holds."""
        offered = [one.offer.id for one in self.documents if one.standing is Standing.OFFERED]
        return tuple(offered) if len(offered) <= MOST_DOCUMENTS else None

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
        self._window = SendWindow()

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
            self._window.begin()
        self._wanted[document] = wanted
        wanted.acknowledged = offset
        self._window.reached(offset, self._clock())
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
        # Who asks for the same again and again must not fill the memory; honest ones never come so
        # far.
        if self._backlog() > MOST_WINDOW_BYTES:
            return
        for document in tuple(self._wanted.values()):
            while (end := self._end_of_next(document)) > document.sent:
                data = memoryview(document.content)[document.sent : end]
                self._send(pack(document.offer.id, document.sent, data))
                document.sent = end
                self._window.sent(end, end - document.acknowledged, self._clock())
            document.farthest = max(document.farthest, document.sent)
            if document.sent < document.offer.size:
                return

    def _end_of_next(self, document: Outgoing) -> int:
        """Where the chunk ends that may be sent now; where it begins, if none may."""
        end = min(document.offer.size, document.sent + min(self._window.chunk, CHUNK_BYTES))
        fits = end - document.acknowledged <= self._window.limit
        return end if fits else document.sent

    def _say(self, frame: BaseModel) -> None:
        self._send(frame.model_dump_json())
