"""The agent's documents from the first byte to the shelf: refused, or checked and kept."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.documents.arrived import NotTaken, checked, refusal
from kiosk.documents.incoming import Incoming, Receiver
from kiosk.documents.scanning import StartTask
from kiosk.documents.shelf import Received, Shelf
from kiosk.documents.view import ReceivedDocument
from kiosk.link.papers import Offer, Reason
from kiosk.log import get_logger

log = get_logger(__name__)


class Arrivals:
    """Stands between a `Receiver` and the `Shelf`."""

    def __init__(
        self,
        shelf: Shelf,
        start: StartTask,
        *,
        on_change: Callable[[], None],
        on_refused: Callable[[], None],
    ) -> None:
        """`on_refused`: something that the agent sent cannot be shown."""
        self._shelf = shelf
        self._start = start
        self._on_change = on_change
        self._on_refused = on_refused
        self._receiver: Receiver | None = None

    def attach(self, receiver: Receiver) -> None:
        """Use this receiver, which in turn asks us."""
        self._receiver = receiver

    @property
    def coming(self) -> tuple[Incoming, ...]:
        """What is on its way, or being checked."""
        return () if self._receiver is None else self._receiver.coming

    @property
    def view(self) -> tuple[ReceivedDocument, ...]:
        """For the screen: what is here, then what is coming."""
        here = tuple(one.view for one in self._shelf.documents if not one.declined)
        return here + tuple(
            ReceivedDocument(one.offer.id, one.offer.name, percent=one.percent)
            for one in self.coming
            if one.offered or one.whole
        )

    def refusal(self, offer: Offer) -> Reason | None:
        """Why an offer is not even begun; what the agent's page has forgotten makes room."""
        reason = refusal(offer, self._bytes())
        if reason is Reason.TOO_MANY and self._receiver is not None:
            self._receiver.forsake()
            reason = refusal(offer, self._bytes())
        if reason is not None:
            self._keep_refused(offer, reason)
        return reason

    def lost(self, giving: tuple[str, ...] | None) -> tuple[Offer, ...]:
        """Drop and return what was begun, and what the agent's page does not have to give any more.

        None: it does not say what it has.
        """
        if self._receiver is None or giving is None:
            return ()
        lost = self._receiver.forsake(giving)
        if lost:
            self._on_change()
        return lost

    def whole(self, document: Incoming) -> None:
        """All bytes of it are here."""
        self._start(self._check(document), "check")

    async def _check(self, document: Incoming) -> None:
        receiver, offer = self._receiver, document.offer
        if receiver is None:
            return
        try:
            found = await checked(offer, bytes(document.data))
        except NotTaken as error:
            if document in receiver.coming:
                receiver.reject(offer.id, error.reason)
                self._keep_refused(offer, error.reason)
            return
        if document in receiver.coming:  # Not taken back meanwhile.
            self._shelf.put(
                Received(offer.id, offer.name, found.pdf, found.pages, removed=found.removed)
            )
            receiver.accept(offer.id)
            self._on_change()

    def _keep_refused(self, offer: Offer, reason: Reason) -> None:
        log.info("document refused", reason=reason.value, size=offer.size)
        self._shelf.put(Received(offer.id, offer.name, refused=True))
        self._on_refused()
        self._on_change()

    def _bytes(self) -> int:
        expected = 0 if self._receiver is None else self._receiver.expected_bytes
        return self._shelf.size + expected
