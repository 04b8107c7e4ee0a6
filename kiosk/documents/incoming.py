"""The receiver's half of a document's way: asks for one at a time, and puts its bytes together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pydantic import BaseModel

from kiosk.documents.chunks import Chunk
from kiosk.documents.outgoing import Send
from kiosk.link.papers import (
    MOST_DOCUMENTS,
    Done,
    Offer,
    Reason,
    Refused,
    Want,
)


@dataclass(eq=False, slots=True)
class Incoming:
    """One document on its way here."""

    offer: Offer
    data: bytearray = field(default_factory=bytearray)
    offered: bool = True
    """On the channel that is open: else it waits for being offered again."""
    lacking: bool = False
    """Something was lost, and has been asked for once more."""

    @property
    def whole(self) -> bool:
        """Whether all bytes are here; they are not checked yet."""
        return len(self.data) == self.offer.size

    @property
    def percent(self) -> int:
        """Of its bytes that are here; never 100, for they are not checked."""
        return min(99, len(self.data) * 100 // self.offer.size)


class Receiver:
    """All documents of the other side; pure: it is told what comes, and answers through `send`."""

    def __init__(
        self,
        send: Send,
        *,
        refusal: Callable[[Offer], Reason | None],
        on_change: Callable[[Incoming], None],
        on_whole: Callable[[Incoming], None],
    ) -> None:
        """`refusal`: why a new document is not even begun.

        Call `on_change` when more of a document has come, `on_whole` once with each that has all
        its bytes: that one is then checked, and `accept` or `reject` called.
        """
        self._send = send
        self._refusal = refusal
        self._on_change = on_change
        self._on_whole = on_whole
        self._coming: dict[str, Incoming] = {}
        self._held: dict[str, None] = {}
        self._refused: dict[str, Reason] = {}

    @property
    def held(self) -> tuple[str, ...]:
        """What is here and checked, for `hello`."""
        return tuple(self._held)

    @property
    def coming(self) -> tuple[Incoming, ...]:
        """What is not here yet, or not checked."""
        return tuple(self._coming.values())

    @property
    def expected_bytes(self) -> int:
        """What all that is coming will take."""
        return sum(document.offer.size for document in self._coming.values())

    def opened(self) -> None:
        """A new channel: nothing comes before it has been offered there."""
        for document in self._coming.values():
            document.offered = False

    def forsake(self, giving: tuple[str, ...] = ()) -> tuple[Offer, ...]:
        """Drop and return what was begun and is not offered any more; `giving` may be yet."""
        forsaken = tuple(
            document.offer
            for document in self.coming
            if not (document.offered or document.whole or document.offer.id in giving)
        )
        for offer in forsaken:
            del self._coming[offer.id]
        return forsaken

    def clear(self) -> None:
        """Forget everything, without a word."""
        self._coming.clear()
        self._held.clear()
        self._refused.clear()

    def offer(self, offer: Offer) -> None:
        """Something can be had: ask for it, when its turn comes."""
        known = self._coming.get(offer.id)
        if offer.id in self._held:
            self._say(Done(id=offer.id))
        elif offer.id in self._refused:
            self._say(Refused(id=offer.id, reason=self._refused[offer.id]))
        elif known is not None:
            # Another document under the same id is no way to begin.
            if known.offer == offer and not known.whole:
                known.offered = True
                self._ask()
        elif len(self._coming) + len(self._held) + len(self._refused) >= MOST_DOCUMENTS:
            self._say(Refused(id=offer.id, reason=Reason.TOO_MANY))
        elif reason := self._refusal(offer):
            self._refuse(offer.id, reason)
        else:
            self._coming[offer.id] = Incoming(offer)
            self._on_change(self._coming[offer.id])
            self._ask()

    def chunk(self, chunk: Chunk) -> None:
        """Take a piece, where it is the next one; what is here already is not taken twice."""
        document = self._coming.get(chunk.document)
        here = 0 if document is None else len(document.data)
        if document is None or here == document.offer.size:
            return
        if chunk.offset > here:
            if not document.lacking:
                document.lacking = True
                self._want(document)
            return
        new = chunk.data[here - chunk.offset :]
        if not new or here + len(new) > document.offer.size:
            return
        before, document.lacking = document.percent, False
        document.data += new
        if document.whole:
            self._ask()
            self._on_whole(document)
        else:
            self._want(document)
        if document.percent != before:
            self._on_change(document)

    def withdrawn(self, document: str) -> None:
        """It is not to be had any more."""
        gone = self._coming.pop(document, None)
        if gone is not None:
            self._on_change(gone)
            self._ask()

    def accept(self, document: str) -> None:
        """It is what it was said to be: it is held from now on, by whoever was given it."""
        if self._coming.pop(document, None) is not None:
            self._held[document] = None
            self._say(Done(id=document))

    def reject(self, document: str, reason: Reason) -> None:
        """It is not to be taken, now or later."""
        if self._coming.pop(document, None) is not None:
            self._refuse(document, reason)

    def _refuse(self, document: str, reason: Reason) -> None:
        self._refused[document] = reason
        self._say(Refused(id=document, reason=reason))

    def _ask(self) -> None:
        """Ask for the first that is still to come."""
        for document in self._coming.values():
            if document.offered and not document.whole:
                self._want(document)
                return

    def _want(self, document: Incoming) -> None:
        self._say(Want(id=document.offer.id, offset=len(document.data)))

    def _say(self, frame: BaseModel) -> None:
        self._send(frame.model_dump_json())
