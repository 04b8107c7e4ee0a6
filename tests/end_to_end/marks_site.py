"""A demonstration in which a resident leaves marks, and the search for them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.diagnostics.black_box.wipes import kept_wipes
from kiosk.visit.receipts import Receipts
from kiosk.visit.wipe import Receipt
from kiosk.visit.wiper import OPEN_FILE
from tests.end_to_end import marked_demo
from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.eyes import display_of
from tests.end_to_end.marks import Marks, document, write_camera, write_desk
from tests.end_to_end.marks_forms import Seeker
from tests.end_to_end.marks_resident import HOME_WITHIN_S, Resident
from tests.end_to_end.marks_search import SHARED_MEMORY, Finding, search
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

    @property
    def booth_state(self) -> Path:
        """The booth's own state folder."""
        return self.demo.state_folder / "kiosk"

    def found(self) -> list[Finding]:
        """Return what is left of the marks, and where."""
        processes = [one for part in _SEARCHED for one in family(self.demo.pid_of(part))]
        folders = (self.demo.log.parent, SHARED_MEMORY)
        return search(Seeker(self.marks.words), folders, processes)

    @property
    def wipes(self) -> int:
        """How many receipts the booth has signed."""
        return Receipts(self.booth_state).last_number() or 0

    def wiped(self, number: int) -> Receipt:
        """Wait for the receipt of that number, the last that there is, and return it."""

        def last() -> Receipt | None:
            receipt = kept_wipes(self.booth_state).last
            closed = not (self.booth_state / OPEN_FILE).exists()
            return receipt if receipt is not None and receipt.number == number and closed else None

        return eventually(last, within_s=HOME_WITHIN_S, what=f"wipe receipt {number}")

    def cut_off(self, part: str) -> None:
        """End a part as a power cut does, and wait for the one that comes in its place."""
        before = self.demo.pid_of(part)
        os.kill(before, signal.SIGKILL)
        eventually(
            lambda: self.demo.pid_of(part) != before, within_s=HOME_WITHIN_S, what=f"a new {part}"
        )


@contextmanager
def marked_site(
    folder: Path, session: AccessibleSession, leaks: Sequence[str] = ()
) -> Iterator[MarkedSite]:
    """A site of its own in `folder`; of the booth's wipes, those of `leaks` do nothing."""
    marks = Marks()
    planted, site = folder / "planted", folder / "site"
    for made in (planted, site):
        made.mkdir()
    given = planted / f"{marks.given}.pdf"
    given.write_bytes(document(marks.given))
    environment = {
        **session.environment,
        "VISIO_GUICHET_DOCUMENT_CAMERA__SOURCE": str(
            write_desk(planted / "desk.jpg", marks.scanned)
        ),
        marked_demo.GIVEN: str(given),
        marked_demo.NOTED: marks.noted,
        marked_demo.LEAKS: ",".join(leaks),
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
        yield MarkedSite(demo, marks, resident)
