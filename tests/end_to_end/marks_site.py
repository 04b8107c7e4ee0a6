"""A demonstration in which a resident leaves marks, and the search for them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.diagnostics.black_box.wipes import kept_wipes
from kiosk.settings import ENVIRONMENT_PREFIX
from kiosk.visit.receipts import Receipts
from kiosk.visit.wipe import Receipt
from kiosk.visit.wiper import OPEN_FILE
from tests.end_to_end import marked_demo
from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.eyes import display_of
from tests.end_to_end.marks import Marks, document, write_camera, write_desk
from tests.end_to_end.marks_agent import MarkedAgent
from tests.end_to_end.marks_caller import Caller
from tests.end_to_end.marks_forms import Seeker
from tests.end_to_end.marks_resident import HOME_WITHIN_S, Resident
from tests.end_to_end.marks_search import SHARED_MEMORY, Finding, search
from tests.end_to_end.marks_spool import SOURCE, Spool
from tests.end_to_end.programs import family
from tests.end_to_end.reader import Reader
from tests.end_to_end.waiting import eventually

_SIZE = "1280x800"
"""Of the screen: the width at which its memory is looked at."""
_SEARCHED = ("kiosk", "desk", "broker")
"""Processes; the robot is the agent, who may have what was given."""


@dataclass(frozen=True, slots=True)
class MarkedSite:
    """A demonstration whose booth stands at Home, and its resident."""

    demo: Demo
    marks: Marks
    resident: Resident
    agent: MarkedAgent
    switched_off: Path
    """While this file is there, the stores of `leaky_booth.LEAKS` are not wiped."""
    spool: Spool | None = None
    """What the booth prints through, searched too; a printer that is simulated where there is none.
    """

    @property
    def caller(self) -> Caller:
        """The resident, beside a call."""
        return Caller(self.resident)

    @property
    def booth_state(self) -> Path:
        """The booth's own state folder."""
        return self.demo.state_folder / "kiosk"

    def held(self) -> list[Finding]:
        """Return what the booth's own processes hold of the marks in files without a name."""
        return search(Seeker(self.marks.words), (), family(self.demo.pid_of("kiosk")))

    def spooled(self) -> list[Finding]:
        """Return what of the marks lies in the print server's folder."""
        folders = () if self.spool is None else (self.spool.folder,)
        return search(Seeker(self.marks.words), folders, ())

    def found(self) -> list[Finding]:
        """Return what is left of the marks, and where."""
        processes = [one for part in _SEARCHED for one in family(self.demo.pid_of(part))]
        folders = [self.demo.log.parent, SHARED_MEMORY]
        if self.spool is not None:
            folders.append(self.spool.folder)
        return search(Seeker(self.marks.words), folders, processes)

    @property
    def wipes(self) -> int:
        """How many receipts the booth has signed."""
        return Receipts(self.booth_state).last_number() or 0

    def wiped(self, number: int) -> Receipt:
        """Wait for a receipt of at least that number after which nothing is open; return it."""

        def last() -> Receipt | None:
            receipt = kept_wipes(self.booth_state).last
            closed = not (self.booth_state / OPEN_FILE).exists()
            return receipt if receipt is not None and receipt.number >= number and closed else None

        return eventually(last, within_s=HOME_WITHIN_S, what=f"wipe receipt {number}")

    @property
    def receipts_missing(self) -> int:
        """How many numbers of receipts are left out, or whether the last is not the booth's own."""
        kept = kept_wipes(self.booth_state)
        return kept.missing + (not kept.genuine)

    def cut_off(self, part: str, how: signal.Signals = signal.SIGKILL) -> None:
        """End a part as a power cut does, and wait for the one that comes in its place."""
        before = self.demo.pid_of(part)
        os.kill(before, how)
        eventually(
            lambda: self.demo.pid_of(part) != before, within_s=HOME_WITHIN_S, what=f"a new {part}"
        )


@contextmanager
def marked_site(
    folder: Path,
    session: AccessibleSession,
    settings: Mapping[str, str] | None = None,
    spool: Spool | None = None,
) -> Iterator[MarkedSite]:
    """A site of its own in `folder`.

    `settings` are the booth's, as its environment has them, without the prefix.
    """
    marks = Marks()
    planted, site = folder / "planted", folder / "site"
    for made in (planted, site):
        made.mkdir()
    given = planted / f"{marks.given}.pdf"
    given.write_bytes(document(marks.given))
    asked = {
        "DOCUMENT_CAMERA__SOURCE": str(write_desk(planted / "desk.jpg", marks.scanned)),
        # The booth's own camera has to look: its reader's memory is searched.
        "CODE_READER__SOURCE": "camera",
        **({} if spool is None else {"DOCUMENT_PRINTER__SOURCE": SOURCE}),
        **(settings or {}),
    }
    away, switched_off = folder / "agent-is-away", folder / "wipes-are-switched-off"
    environment = {
        **session.environment,
        **{f"{ENVIRONMENT_PREFIX}{key}": value for key, value in asked.items()},
        marked_demo.AWAY: str(away),
        marked_demo.CUPS: "" if spool is None else str(spool.socket),
        marked_demo.GIVEN: str(given),
        marked_demo.NOTED: marks.noted,
        marked_demo.SWITCHED_OFF: str(switched_off),
    }
    camera = str(write_camera(planted / "camera.mjpeg", marks.seen))
    program = [sys.executable, "-m", marked_demo.MODULE]
    options = ["--size", _SIZE, "--camera", camera]
    with (
        Demo(site, environment, options, program) as demo,
        Reader(session.environment) as booth,
    ):
        resident = Resident(booth, display_of(demo.pid_of("kiosk")), marks)
        resident.home()
        yield MarkedSite(demo, marks, resident, MarkedAgent(demo, away), switched_off, spool)
