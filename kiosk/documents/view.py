"""What the screen is told of a visit's papers: immutable values, made anew at each change.

The pictures themselves (the camera's preview, the page just taken, the page of a document) go to
the paper sink as `devices.picture.Picture`, newest only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

OPENING: Final = "opening"
"""Beside the values of `Advice`: the document camera has shown nothing yet."""
NEXT_PAGE: Final = "next_page"
"""Beside them: what lies there is kept already; another page may be laid down."""


class PapersStep(StrEnum):
    """What the resident is doing with papers; one thing at a time."""

    NONE = "none"
    PROPOSED = "proposed"
    """The agent asks for a paper; the resident accepts or not."""
    SCANNING = "scanning"
    """The document camera's preview, with what to do in words."""
    REVIEWING = "reviewing"
    """The page that was taken, large: keep it, take it again, or drop it."""
    READING = "reading"
    """A document of the agent's, page by page: print it, take it away, or refuse it."""
    PRINTING = "printing"
    TAKING_AWAY = "taking_away"
    """A code for the resident's telephone, and a PIN."""


class PapersTrouble(StrEnum):
    """What the resident has to know, with what to do instead; the interface has the words."""

    NONE = "none"
    NO_CAMERA = "no_camera"
    """There is no document camera: hold the paper before the camera of the call."""
    CAMERA_LOST = "camera_lost"
    """It was unplugged while scanning; pages taken so far are kept."""
    TOO_MANY_PAGES = "too_many_pages"
    NO_PRINTER = "no_printer"
    """Print elsewhere: take it away, or ask for it by post."""
    ANOTHER_PRINTS = "another_prints"
    """One document at a time: this one is printed when the other's job has ended."""
    DOCUMENT_REFUSED = "document_refused"
    """What the agent sent cannot be shown; they have been told why."""
    CODE_FAILED = "code_failed"
    """The download could not be prepared."""


@dataclass(frozen=True, slots=True)
class SentPage:
    """One scanned page on its way."""

    number: int
    percent: int = 0
    """Of its bytes that the agent's page has; 100 once it is there and checked."""
    waiting: bool = False
    """There is nobody yet to send it to: it goes when an agent answers."""


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """One document of the agent's."""

    document: str
    """Its id."""
    name: str
    pages: int = 0
    percent: int = 0
    """Of its bytes that are here; 100 once it may be looked at."""
    refused: bool = False
    printed: bool = False
    """It came out once: printing again asks for a second confirmation."""
    taken_away: bool = False
    job: str = ""
    """While it is being printed: a `devices.document_printer.interface.JobState` value."""


@dataclass(frozen=True, slots=True)
class PrintView:
    """A print job, as the printer tells of it."""

    state: str = "sending"
    """A `devices.document_printer.interface.JobState` value."""
    copies: int = 1
    pages: int = 0
    """Of all copies."""
    pages_printed: int = 0
    reasons: tuple[str, ...] = ()
    """IPP `printer-state-reasons`, such as `media-empty`; the interface has the words."""


@dataclass(frozen=True, slots=True)
class TakeAwayView:
    """A download that waits for the resident's telephone."""

    address: str = ""
    """What the code says; empty while the document is being handed to the gateway."""
    pin: str = ""
    """Six digits, shown here alone."""
    expires_at: float | None = None
    """`time.monotonic()`."""
    taken: bool = False


@dataclass(frozen=True, slots=True)
class PapersView:
    """All of it."""

    step: PapersStep = PapersStep.NONE
    trouble: PapersTrouble = PapersTrouble.NONE
    scan_possible: bool = False
    print_possible: bool = False
    take_away_possible: bool = False
    advice: str = "no_page"
    """While scanning: a `devices.document_camera.interface.Advice` value, or one of those above."""
    corners: tuple[tuple[float, float], ...] = ()
    """Of the page in the preview, 0 to 1 of its width and height; none or four."""
    steadying: float = 0.0
    """How near it is to being taken by itself, 0 to 1."""
    picture_aspect: float = 0.0
    """Width by height of the page shown; 0 when none is."""
    taken: int = 0
    """Pages kept in this visit."""
    sent: tuple[SentPage, ...] = ()
    received: tuple[ReceivedDocument, ...] = ()
    document: str = ""
    """Id of the one that is read, printed or taken away."""
    page: int = 1
    """Which page of it is shown."""
    printing: PrintView = field(default_factory=PrintView)
    take_away: TakeAwayView = field(default_factory=TakeAwayView)

    @property
    def prints(self) -> bool:
        """Whether sheets of a document may still come out."""
        return any(one.job for one in self.received)
