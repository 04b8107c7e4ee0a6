"""The robot's end of a call's papers: takes every page, gives its sample, deposits parcels."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from pydantic import BaseModel

from desk.robot.lane import Send
from desk.robot.sample import NAME, document
from kiosk.link.papers import (
    CHUNK_BYTES,
    MOST_DOCUMENTS,
    Deposited,
    Done,
    Hello,
    Kind,
    MalformedFrame,
    Media,
    Notes,
    Offer,
    Reason,
    Refused,
    Taken,
    Want,
    Withdrawn,
    decode_frame,
)

CHUNK_HEAD = struct.Struct(">16sQ")
"""A document's id and the chunk's offset."""
WINDOW_BYTES = 24 * 1024
"""On its way at most: what a robot gives is small, and its line is good."""
NOTES = Notes(missing=("Justificatif de domicile",), next="Rappel par le conseiller sous 48 heures")

DepositParcel = Callable[[Offer, bytes], Awaitable[int | None]]
"""Lay a parcel down at the gateway; gives the seconds that it is kept for, None when it is not."""


@dataclass(slots=True)
class _Coming:
    offer: Offer
    kept: bytearray = field(default_factory=bytearray)


@dataclass(slots=True)
class _Given:
    offer: Offer
    content: bytes
    wanted: int = -1
    sent: int = 0


class RobotPapers:
    """The documents of one call, across its connections; lives on the loop."""

    def __init__(self, deposit: DepositParcel) -> None:
        self._deposit = deposit
        self._send: Send | None = None
        self._coming: dict[str, _Coming] = {}
        """As offered: the first is being fetched, the others wait."""
        self._held: list[str] = []
        self._given: dict[str, _Given] = {}
        self._noted = False
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, send: Send) -> None:
        """A channel is open: `send` is used from now on."""
        self._send = send
        for given in self._given.values():
            given.wanted, given.sent = -1, 0
        self._tell(Hello(held=tuple(self._held)))
        if self._noted:
            self._tell(NOTES)

    def give(self) -> None:
        """Offer the sample, and say what the booth's summary is to name."""
        if len(self._given) >= MOST_DOCUMENTS:
            return
        content = document()
        offer = Offer(
            id=secrets.token_hex(16),
            kind=Kind.DOCUMENT,
            media=Media.PDF,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            name=NAME,
        )
        self._given[offer.id] = _Given(offer, content)
        self._noted = True
        self._tell(offer)
        self._tell(NOTES)

    def taken(self, parcel: str) -> None:
        """The gateway says that somebody has fetched this parcel."""
        if parcel in self._held:
            self._tell(Taken(id=parcel))

    def take(self, data: str | bytes) -> None:
        """Take what came over the channel; what is malformed is dropped."""
        if isinstance(data, bytes):
            self._take_chunk(data)
            return
        try:
            frame = decode_frame(data)
        except MalformedFrame:
            return
        match frame:
            case Hello():
                for given in self._given.values():
                    if given.offer.id not in frame.held:
                        self._tell(given.offer)
            case Offer():
                self._offered(frame)
            case Want():
                self._send_from(frame)
            case Withdrawn():
                self._coming.pop(frame.id, None)
                self._fetch()
            case Refused():
                self._given.pop(frame.id, None)
            case _:
                pass  # What the booth tells of itself is for a person to read.

    def close(self) -> None:
        """Deposit nothing more."""
        for task in self._tasks:
            task.cancel()

    def _offered(self, offer: Offer) -> None:
        if offer.id in self._held:
            self._tell(Done(id=offer.id))
            return
        if offer.kind is Kind.DOCUMENT:
            return
        if offer.id not in self._coming:
            if len(self._coming) + len(self._held) >= MOST_DOCUMENTS:
                self._tell(Refused(id=offer.id, reason=Reason.TOO_MANY))
                return
            self._coming[offer.id] = _Coming(offer)
        if next(iter(self._coming)) == offer.id:
            self._fetch()

    def _fetch(self) -> None:
        """Ask for the first that is not here yet, from where it broke off."""
        for coming in self._coming.values():
            self._want(coming)
            return

    def _want(self, coming: _Coming) -> None:
        self._tell(Want(id=coming.offer.id, offset=len(coming.kept)))

    def _take_chunk(self, data: bytes) -> None:
        if not CHUNK_HEAD.size < len(data) <= CHUNK_HEAD.size + CHUNK_BYTES:
            return
        name, offset = CHUNK_HEAD.unpack_from(data)
        coming = self._coming.get(name.hex())
        if coming is None or offset != len(coming.kept):
            return
        coming.kept += data[CHUNK_HEAD.size :]
        if len(coming.kept) >= coming.offer.size:
            self._arrived(coming)
        else:
            self._want(coming)

    def _arrived(self, coming: _Coming) -> None:
        offer = coming.offer
        del self._coming[offer.id]
        content = bytes(coming.kept)
        if len(content) != offer.size or hashlib.sha256(content).hexdigest() != offer.sha256:
            self._tell(Refused(id=offer.id, reason=Reason.DAMAGED))
        else:
            self._held.append(offer.id)
            self._tell(Done(id=offer.id))
            if offer.kind is Kind.PARCEL:
                task = asyncio.create_task(self._lay_down(offer, content))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        self._fetch()

    async def _lay_down(self, offer: Offer, content: bytes) -> None:
        expires_s = await self._deposit(offer, content)
        if expires_s is None:
            self._tell(Refused(id=offer.id, reason=Reason.NO_PLACE))
        else:
            self._tell(Deposited(id=offer.id, path=f"/t/{offer.id}", expires_s=expires_s))

    def _send_from(self, want: Want) -> None:
        given = self._given.get(want.id)
        if given is None or self._send is None:
            return
        # What is wanted once more is sent once more; else on from where the last window ended.
        start = want.offset if want.offset <= given.wanted else max(given.sent, want.offset)
        given.wanted = want.offset
        given.sent = end = min(len(given.content), want.offset + WINDOW_BYTES)
        name = bytes.fromhex(want.id)
        for offset in range(start, end, CHUNK_BYTES):
            chunk = given.content[offset : min(offset + CHUNK_BYTES, end)]
            self._send(CHUNK_HEAD.pack(name, offset) + chunk)

    def _tell(self, frame: BaseModel) -> None:
        if self._send is not None:
            self._send(frame.model_dump_json())
