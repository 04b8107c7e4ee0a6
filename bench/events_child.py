"""A booth or a desk that counts until it is killed; `bench.events` starts it, and kills it.

A booth writes into its ledger what it means to count (`?`), puts it, and once that is on disk says
so (`!`). A desk writes what it has booked (`?`), and tells the last of it again whenever it starts.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final, TextIO

import structlog

from desk.records import AppointmentChange, AppointmentRecords, ChangeKind
from kiosk.link.broker_child import dying_with
from kiosk.link.event_stream import EventSender, letter_of
from kiosk.link.events import Event, EventKind, booth_events, new_event_id
from kiosk.link.line import Line
from kiosk.link.outbox import Outbox

Say = Callable[[str], None]
"""Tells whoever started the child how far it is."""

#: Seconds between two events: a booth's day in a second.
_EVERY_S: Final = 0.02

#: Bookings that a desk tells again: more than it writes in its longest life here, of which each
#: may have been killed before its outbox had the last ones.
_TOLD_AGAIN: Final = 200

#: Characters of a whole line of the ledger; the last may be half there.
_LINE: Final = 34


@dataclass(frozen=True, slots=True)
class Child:
    """What a child needs to know (`kiosk.link.line.LineSettings` beside)."""

    role: str
    """`booth` or `desk`."""
    name: str
    url: str
    password: str
    folder: str
    drain: bool = False
    """Count nothing more; send what is left."""

    @property
    def user(self) -> str:
        """At the broker."""
        return f"{'kiosk' if self.role == 'booth' else 'desk'}-{self.name}"

    @property
    def ca_file(self) -> None:
        """Loopback is not encrypted."""

    @property
    def ledger(self) -> Path:
        """What it meant to count."""
        return Path(self.folder) / f"{self.user}.ledger"

    @property
    def outbox(self) -> Path:
        """Where its events wait."""
        name = self.user if self.role == "booth" else f"events-{self.name}"
        return Path(self.folder) / f"{name}.sqlite"

    def told(self) -> list[tuple[str, str]]:
        """Return the ledger's whole lines: the mark, and the number."""
        text = self.ledger.read_text() if self.ledger.exists() else ""
        return [(line[0], line[2:]) for line in text.splitlines() if len(line) == _LINE]


def booking(agency: str, number: str) -> AppointmentChange:
    """Return what a desk tells of an appointment that was made."""
    return AppointmentChange(
        kind=ChangeKind.BOOKED,
        appointment=number,
        agency=agency,
        kiosk="mairie-a",
        subject=None,
        starts_at=0,
    )


async def _booth(child: Child, line: Line, ledger: TextIO, say: Say) -> None:
    outbox = Outbox(child.outbox)
    sender = EventSender(line, outbox, booth_events(child.name))
    sender.start()
    if child.drain:
        say("told")
    while not child.drain:
        number = new_event_id()
        event = Event(
            event=number, kind=EventKind.STARTED, hour=500_000, agency="caf", kiosk=child.name
        )
        ledger.write(f"? {number}\n")
        await asyncio.wrap_future(outbox.put(letter_of(event)))
        ledger.write(f"! {number}\n")
        await asyncio.sleep(_EVERY_S)
    await asyncio.Event().wait()


async def _desk(child: Child, line: Line, ledger: TextIO, say: Say) -> None:
    records = AppointmentRecords(Path(child.folder), line, child.name)
    if not child.drain:
        records.start()
    for _, number in child.told()[-_TOLD_AGAIN:]:
        records.changed(booking(child.name, number))
    if child.drain:
        await records.close()
        say("told")
        records = AppointmentRecords(Path(child.folder), line, child.name)
        records.start()
    while not child.drain:
        number = new_event_id()
        ledger.write(f"? {number}\n")
        records.changed(booking(child.name, number))
        await asyncio.sleep(_EVERY_S)
    await asyncio.Event().wait()


async def _live(child: Child, say: Say) -> None:
    say("begun")
    line = await Line.connect(child)
    with child.ledger.open("a", buffering=1) as ledger:
        # A line that was half written when its process was killed ends here.
        ledger.write("\n")
        await (_booth if child.role == "booth" else _desk)(child, line, ledger, say)


def hush() -> None:
    """Log no warnings: that the broker is gone, and back, is what is tried here."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def live(child: Child, told: Connection) -> None:
    """Count until killed, or until the process that forks children is gone."""
    dying_with(os.getppid())()
    hush()
    asyncio.run(_live(child, told.send))
