"""The connections of one call: the one in use, and the one being tried while nothing comes.

aiortc has no ICE restart: to recover, a new peer connection is offered within the same ticket. The
old one is kept until the new one delivers, for the line may come back to it first.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog
from aiortc.exceptions import InvalidStateError

from kiosk.calls.ice import IceLadder
from kiosk.calls.media import CallMedia
from kiosk.calls.peer import Peer
from kiosk.calls.sdp import DescriptionError
from kiosk.link.messages import Answer, Candidate, Offer, SignalBody

log = structlog.get_logger(__name__)

SILENCE_S = 2.0
"""Without any packet for this long the call is slowed and another connection is tried."""
RESEND_OFFER_S = 1.0
"""Signals are not kept by the broker: one that fell into a gap is sent again."""
UNANSWERED_S = 8.0
"""Life of an offer that nobody answers; after it our own addresses may have changed."""
UNCONNECTED_S = 3.0
"""Life of an answered attempt without media: checks of a young attempt follow each other quickly,
those of an old one seconds apart, and the picture must be back 3 s after the network."""
AFTER_FAILURE_S = 0.5
"""Shortest life of an attempt that failed outright: a wrong setting must not spin."""
TICK_S = 0.2
BRISK_TICK_S = 0.02
"""Before the first packet of a call: the resident waits for it, and it comes within 0.1 s on one
network."""

Send = Callable[[SignalBody], Awaitable[None]]


class Attempts:
    """Makes, watches and closes the peers of one call; lives on the loop."""

    def __init__(self, media: CallMedia, ladder: IceLadder, send: Send) -> None:
        self._media = media
        self._ladder = ladder
        self._send = send
        self._number = 0
        self._page: str | None = None
        self._current: Peer | None = None
        self._trying: Peer | None = None
        self._offer: Offer | None = None
        self._offering: asyncio.Task[None] | None = None
        self._offered_at = float("-inf")
        self._closing: set[asyncio.Task[None]] = set()
        self._closed = False
        self._dropped_before = 0

    @property
    def current(self) -> Peer | None:
        """The peer that delivers or delivered last."""
        return self._current

    @property
    def dropped(self) -> int:
        """Packets that the peers of this call have thrown away, those given up included."""
        peers = [peer for peer in (self._current, self._trying) if peer is not None]
        return self._dropped_before + sum(peer.dropped for peer in peers)

    @property
    def last_media_at(self) -> float | None:
        """Monotonic time of the newest packet of the peer in use."""
        return None if self._current is None else self._current.last_media_at

    def slowed(self, now: float) -> bool:
        """Whether media has come once and then not for two seconds."""
        last = self.last_media_at
        return last is not None and now - last >= SILENCE_S

    @property
    def tick_s(self) -> float:
        """How soon `tick` should be called again."""
        return BRISK_TICK_S if self._current is None else TICK_S

    def begin(self) -> None:
        """Make the first connection ready, before the page asks."""
        self._renew("first")

    async def page_ready(self, page: str) -> None:
        """The page says that it is there; a page of another name has lost the old connection."""
        if self._page is not None and page != self._page:
            if self._current is not None:
                # Its far end went with the page: packets still on their way are no return.
                self._current.failed = True
            self._renew("page reloaded")
        self._page = page
        self._offered_at = float("-inf")
        await self._offer_if_due(time.monotonic())

    async def answer(self, body: Answer) -> None:
        """Take an answer; one of another attempt is late and is ignored."""
        peer = self._trying
        if peer is None or body.attempt != peer.attempt:
            return
        try:
            await peer.take_answer(body.sdp)
        except DescriptionError as error:
            log.warning("answer dropped", attempt=body.attempt, reason=str(error))

    def candidate(self, body: Candidate) -> None:
        """Take a candidate of the page."""
        for peer in (self._trying, self._current):
            if peer is not None and peer.attempt == body.attempt:
                try:
                    peer.take_candidate(body)
                except DescriptionError as error:
                    log.warning("candidate dropped", attempt=body.attempt, reason=str(error))

    async def tick(self, now: float) -> None:
        """Look after the attempts; call every `tick_s`."""
        self._settle(now)
        if self._trying is not None:
            if self._worn_out(self._trying, now):
                self._ladder.failed()
                self._renew("no media")
        elif self._current is not None and (self.slowed(now) or self._current.failed):
            self._renew("silence")
        await self._offer_if_due(now)

    async def close(self) -> None:
        """Close every peer; when this returns none is left."""
        self._closed = True
        if self._offering is not None:
            self._offering.cancel()
        for peer in (self._current, self._trying):
            self._drop(peer)
        self._current = self._trying = None
        while self._closing:
            await asyncio.wait(self._closing)

    def _settle(self, now: float) -> None:
        """Go over to the peer being tried when it delivers; drop it when the old one is back."""
        trying, current = self._trying, self._current
        if trying is None:
            return
        if trying.last_media_at is not None:
            log.info("connected", attempt=trying.attempt)
            self._drop(current)
            self._current, self._trying, self._offer = trying, None, None
        elif (
            current is not None
            and not current.failed
            and trying.answered_at is None
            and current.last_media_at is not None
            and current.last_media_at > trying.begun_at
            and not self.slowed(now)
        ):
            log.info("old connection is back", attempt=current.attempt)
            self._drop(trying)
            self._trying = self._offer = None

    def _worn_out(self, peer: Peer, now: float) -> bool:
        if peer.failed:
            return now - peer.begun_at > AFTER_FAILURE_S
        if peer.answered_at is not None:
            return now - peer.answered_at > UNCONNECTED_S
        return self._offer is not None and now - peer.begun_at > UNANSWERED_S

    def _renew(self, why: str) -> None:
        """Begin the next attempt in place of the one being tried."""
        if self._closed:
            return
        self._drop(self._trying)
        if self._offering is not None:
            self._offering.cancel()
        self._number += 1
        self._offer = None
        self._trying = Peer(self._number, self._media, self._ladder)
        log.info("connecting", attempt=self._number, reason=why)
        self._offering = asyncio.create_task(self._prepare(self._trying))

    async def _prepare(self, peer: Peer) -> None:
        try:
            sdp = await peer.make_offer()
        except (OSError, ValueError, InvalidStateError) as error:
            log.warning("no offer", attempt=peer.attempt, error=type(error).__name__)
            peer.failed = True
            return
        if peer is self._trying:
            self._offer = Offer(attempt=peer.attempt, sdp=sdp)
            self._offered_at = float("-inf")
            await self._offer_if_due(time.monotonic())

    async def _offer_if_due(self, now: float) -> None:
        if (
            self._offer is None
            or self._page is None
            or self._trying is None
            or self._trying.answered_at is not None
            or now - self._offered_at < RESEND_OFFER_S
        ):
            return
        self._offered_at = now
        await self._send(self._offer)

    def _drop(self, peer: Peer | None) -> None:
        if peer is not None:
            self._dropped_before += peer.dropped
            task = asyncio.create_task(peer.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
