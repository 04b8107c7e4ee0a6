"""Downloads for the resident's telephone: sealed here, deposited by the agent's page, taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.documents.outgoing import Outgoing, Sender, Standing
from kiosk.documents.parcel import Parcel, seal
from kiosk.documents.shelf import Received
from kiosk.documents.view import TakeAwayView
from kiosk.link.papers import Deposited

STALLED_S = 30.0
"""Without a byte of it on its way: a call that broke is back by then, or it is not coming."""


@dataclass(eq=False, slots=True)
class Download:
    """One document that is to be fetched."""

    document: Received
    parcel: Parcel
    deadline: float
    """When it is given up, or has expired at the gateway; monotonic seconds."""
    address: str = ""
    taken: bool = False
    expired: bool = False
    """It is not at the gateway any more; what was shown of it stays on the screen."""

    @property
    def waits(self) -> bool:
        """Whether it can still be taken, or will be."""
        return not self.taken and not self.expired

    @property
    def view(self) -> TakeAwayView:
        """For the screen."""
        if not self.address:
            return TakeAwayView()
        return TakeAwayView(self.address, self.parcel.pin, self.deadline, self.taken)


class TakingAway:
    """All downloads of a visit; one is shown."""

    def __init__(
        self,
        sender: Sender,
        desk_address: str,
        take_away_s: int,
        *,
        on_change: Callable[[], None],
        on_failed: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_failed`: the one that is shown could not be deposited, or is over."""
        self._sender = sender
        self._desk_address = desk_address
        self._take_away_s = take_away_s
        self._on_change = on_change
        self._on_failed = on_failed
        self._clock = clock
        self._downloads: dict[str, Download] = {}
        self._shown = ""
        self._sealing: Received | None = None

    @property
    def possible(self) -> bool:
        """Whether telephones reach the desk at all."""
        return bool(self._desk_address)

    @property
    def view(self) -> TakeAwayView:
        """Of the one that is shown."""
        shown = self._downloads.get(self._shown)
        return TakeAwayView() if shown is None else shown.view

    @property
    def waiting(self) -> int:
        """How many have been prepared and not taken."""
        return sum(download.waits for download in self._downloads.values())

    async def prepare(self, document: Received) -> None:
        """Show a code for the document; one that is still good is shown again.

        Who asks for a code while one is shown wants another: after five wrong numbers the gateway
        has erased what this one leads to.
        """
        for parcel, download in tuple(self._downloads.items()):
            if download.document is not document or not download.waits:
                continue
            if parcel != self._shown:
                self._shown = parcel
                self._on_change()
                return
            if not download.address:
                return  # It is on its way.
            del self._downloads[parcel]
            self._sender.withdraw(parcel)
        if self._sealing is not None:
            return
        self._sealing, self._shown = document, ""
        self._on_change()
        sealed = await asyncio.to_thread(seal, document.pdf, self._take_away_s)
        if self._sealing is not document:
            return  # Nobody wants it any more.
        self._sealing, self._shown = None, sealed.offer.id
        due = self._clock() + STALLED_S
        self._downloads[self._shown] = Download(document, sealed, due)
        self._sender.add(sealed.offer, sealed.content, once=True)
        self._on_change()

    def hide(self) -> None:
        """The code is not on the screen any more; what is deposited can still be fetched."""
        self._shown, self._sealing = "", None

    def progressed(self, outgoing: Outgoing) -> None:
        """More of a parcel is there, or it is refused."""
        download = self._downloads.get(outgoing.offer.id)
        if download is None or download.address:
            return
        if outgoing.standing is Standing.REFUSED:
            self._drop(outgoing.offer.id)
        else:
            download.deadline = self._clock() + STALLED_S

    def deposited(self, told: Deposited) -> Received | None:
        """It can be fetched from now on; returns whose parcel it is."""
        download = self._downloads.get(told.id)
        # The telephone opens it by the id under which it was sealed.
        if download is None or download.address or told.path != f"/t/{told.id}":
            return None
        download.address = f"{self._desk_address}{told.path}#{download.parcel.secret}"
        download.deadline = self._clock() + min(told.expires_s, self._take_away_s)
        self._on_change()
        return download.document

    def taken(self, parcel: str) -> Received | None:
        """It has been fetched; returns which document, the first time."""
        download = self._downloads.get(parcel)
        if download is None or not download.address or download.taken:
            return None
        download.taken = True
        self._on_change()
        return download.document

    def look_at_the_clock(self) -> None:
        """Give up what stalls, forget what has expired; to be called every second or so."""
        now = self._clock()
        for parcel, download in tuple(self._downloads.items()):
            if not download.waits or now < download.deadline:
                continue
            if download.address:
                download.expired = True
                self._sender.withdraw(parcel)
                self._on_change()
            else:
                self._drop(parcel)

    def forget(self, document: Received) -> None:
        """Take back whatever is prepared of a document."""
        if self._sealing is document:
            self._sealing = None
        for parcel, download in tuple(self._downloads.items()):
            if download.document is document:
                self._drop(parcel)

    def clear(self) -> None:
        """Forget all codes, and what was sealed."""
        for parcel in self._downloads:
            self._sender.withdraw(parcel)
        self._downloads.clear()
        self.hide()

    def _drop(self, parcel: str) -> None:
        del self._downloads[parcel]
        self._sender.withdraw(parcel)
        if parcel == self._shown:
            self._shown = ""
            self._on_failed()
        self._on_change()
