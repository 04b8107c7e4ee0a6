"""Two ends of the papers' channel, over a line that a test can cut at any message."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable

from kiosk.documents.incoming import Incoming
from kiosk.documents.outgoing import Outgoing
from kiosk.documents.transfer import Transfer
from kiosk.link.papers import AnyFrame, Kind, Media, Offer, Reason

MEDIA = {Kind.PAGE: Media.JPEG, Kind.DOCUMENT: Media.PDF, Kind.PARCEL: Media.SEALED}


def offer_of(content: bytes, kind: Kind = Kind.DOCUMENT, name: str = "") -> Offer:
    """What announces these bytes."""
    return Offer(
        id=secrets.token_hex(16),
        kind=kind,
        media=MEDIA[kind],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        name=name,
    )


class End:
    """One end of the line, which believes whatever arrives whole with the right digest."""

    def __init__(
        self,
        on_frame: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Call `on_frame` whenever something was said or has come."""
        self._on_frame = on_frame
        self.got: dict[str, bytes] = {}
        self.frames: list[AnyFrame] = []
        self.refusal: Reason | None = None
        self.sent: list[Outgoing] = []
        self.offers: list[Offer] = []
        self.transfer = Transfer(
            refusal=self._refuse,
            on_sent=self._told_of,
            on_received=lambda _: self._on_frame(),
            on_whole=self._whole,
            on_frame=self._hear,
            on_greeted=lambda _: None,
            clock=clock,
        )

    def give(
        self, content: bytes, kind: Kind = Kind.PAGE, *, name: str = "", once: bool = False
    ) -> Outgoing:
        """Offer these bytes."""
        return self.transfer.sender.add(offer_of(content, kind, name), content, once=once)

    def _told_of(self, outgoing: Outgoing) -> None:
        self.sent.append(outgoing)
        self._on_frame()

    def _refuse(self, offer: Offer) -> Reason | None:
        self.offers.append(offer)
        return self.refusal

    def _hear(self, frame: AnyFrame) -> None:
        self.frames.append(frame)
        self._on_frame()

    def _whole(self, document: Incoming) -> None:
        data = bytes(document.data)
        if hashlib.sha256(data).hexdigest() != document.offer.sha256:
            self.transfer.receiver.reject(document.offer.id, Reason.DAMAGED)
            return
        self.got[document.offer.id] = data
        self.transfer.receiver.accept(document.offer.id)
        self._on_frame()


class Line:
    """Messages both ways between two lanes, one at a time; after `cut` those on it are lost."""

    def __init__(self, one: Transfer, two: Transfer) -> None:
        self.ends = (one, two)
        self.queues: tuple[deque[str | bytes], deque[str | bytes]] = (deque(), deque())
        self.pipes = (_Pipe(self.queues[1]), _Pipe(self.queues[0]))
        self.most = 0
        for end, pipe in zip(self.ends, self.pipes, strict=True):
            end.open(pipe)

    def step(self, end: int) -> bool:
        """Deliver the next message to an end; False when none is on its way there."""
        if not self.queues[end]:
            return False
        self.most = max(self.most, self.pipes[1 - end].buffered)
        self.ends[end].take(self.queues[end].popleft())
        return True

    def run(self) -> None:
        """Deliver all, and whatever is said to it."""
        while self.step(0) or self.step(1):
            pass

    def cut(self) -> None:
        """Lose what is on its way, and close both channels."""
        for end, pipe, queue in zip(self.ends, self.pipes, self.queues, strict=True):
            pipe.is_open = False
            queue.clear()
            end.closed(pipe)


class _Pipe:
    def __init__(self, queue: deque[str | bytes]) -> None:
        self._queue = queue
        self.is_open = True

    @property
    def buffered(self) -> int:
        return sum(len(message) for message in self._queue)

    def send(self, data: str | bytes) -> None:
        if self.is_open:
            self._queue.append(data)
