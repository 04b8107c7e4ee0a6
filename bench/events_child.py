"""A booth or a desk that counts until it is killed; `bench.events` starts it, and kills it.

It reads a line of JSON: a `Child`.

A booth writes into its ledger what it means to count (`?`), puts it, and once that is on disk says
so (`!`). A desk writes what it has booked (`?`), and tells the last of it again whenever it starts.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from kiosk.link.event_stream import EventSender, letter_of
from kiosk.link.events import Event, EventKind, booth_events, new_event_id
from kiosk.link.line import Line
from kiosk.link.outbox import Outbox

if TYPE_CHECKING:
    from desk.records import AppointmentChange

#: Seconds between two events: a booth's day in a second.
_EVERY_S: Final = 0.005

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
    from desk.records import AppointmentChange, ChangeKind  # noqa: PLC0415

    return AppointmentChange(
        kind=ChangeKind.BOOKED,
        appointment=number,
        agency=agency,
        kiosk="mairie-a",
        subject=None,
        starts_at=0,
    )


async def _booth(child: Child, line: Line, ledger: TextIO) -> None:
    outbox = Outbox(child.outbox)
    sender = EventSender(line, outbox, booth_events(child.name))
    sender.start()
    if child.drain:
        _say("told")
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


async def _desk(child: Child, line: Line, ledger: TextIO) -> None:
    # Loaded here: a booth starts in half the time without it.
    from desk.records import AppointmentRecords  # noqa: PLC0415

    records = AppointmentRecords(Path(child.folder), line, child.name)
    if not child.drain:
        records.start()
    for _, number in child.told()[-_TOLD_AGAIN:]:
        records.changed(booking(child.name, number))
    if child.drain:
        await records.close()
        _say("told")
        records = AppointmentRecords(Path(child.folder), line, child.name)
        records.start()
    while not child.drain:
        number = new_event_id()
        ledger.write(f"? {number}\n")
        records.changed(booking(child.name, number))
        await asyncio.sleep(_EVERY_S)
    await asyncio.Event().wait()


async def _live(child: Child) -> None:
    _say("begun")
    line = await Line.connect(child)
    with child.ledger.open("a", buffering=1) as ledger:
        # A line that was half written when its process was killed ends here.
        ledger.write("\n")
        await (_booth if child.role == "booth" else _desk)(child, line, ledger)


def _say(word: str) -> None:
    print(word, flush=True)


def main() -> None:
    """Count until killed."""
    asyncio.run(_live(Child(**json.loads(sys.stdin.readline()))))
