"""What a printer tells of itself and of a job, as far as it can be believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from devices.document_printer.reasons import PrinterState, Reason
from devices.status import Capabilities

A4 = "iso_a4_210x297mm"
"""PWG 5101.1."""
CUPS_GET_DEFAULT = 0x4001
"""An operation that only CUPS has (CUPS Implementation of IPP)."""
CUPS_SOCKET = Path("/run/cups/cups.sock")
"""Where CUPS listens for its own machine: there it believes who we are, so that a queue may be
resumed without a password."""
SPOKEN_TO = frozenset({"ipp", "ipps"})
_FORMATS = frozenset({"application/pdf", "image/pwg-raster", "image/urf", "image/jpeg"})
"""Those of driverless printing; CUPS would list fifty."""


class IppJobState(IntEnum):
    """`job-state` (RFC 8011, 5.3.7)."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class PrinterFacts:
    """A printer or queue at one moment."""

    state: int = PrinterState.IDLE
    reasons: tuple[Reason, ...] = ()
    accepting: bool = True
    message: str = ""
    """In the printer's own words and language."""
    make_and_model: str = ""
    formats: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    media_ready: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    colour_modes: tuple[str, ...] = ()
    colour: bool = False
    copies: int = 1
    """Most of one document that it makes by itself."""
    operations: frozenset[int] = frozenset()
    device_uri: str = ""
    """Of a CUPS queue: what is behind it."""

    @property
    def is_cups(self) -> bool:
        """Whether it is a queue of CUPS (which has operations of its own), not a printer."""
        return CUPS_GET_DEFAULT in self.operations

    @property
    def names(self) -> tuple[str, ...]:
        """The reasons, without their severity."""
        return tuple(reason.name for reason in self.reasons)

    @property
    def hears_of_the_end(self) -> bool:
        """Whether anybody can say that a job was really printed.

        CUPS only hands it over to all but IPP printers.
        """
        scheme = self.device_uri.partition(":")[0]
        return not self.is_cups or scheme in SPOKEN_TO or "._ipp" in self.device_uri

    @property
    def capabilities(self) -> Capabilities:
        """For the readiness report."""
        return {
            "make_and_model": self.make_and_model,
            "colour": self.colour,
            "duplex": any(side.startswith("two-sided") for side in self.sides),
            "media_ready": ", ".join(self.media_ready),
            "formats": ", ".join(name for name in self.formats if name in _FORMATS),
            "confirms_end": self.hears_of_the_end,
        }


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A job at one moment."""

    number: int
    state: int = IppJobState.PENDING
    name: str = ""
    reasons: tuple[str, ...] = field(default=())
    impressions: int = 0
    """Sides printed so far, of all copies."""
