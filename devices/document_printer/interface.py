"""What the booth needs of the printer for documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from devices.device import Device


class JobState(StrEnum):
    """Where a job stands: IPP's `job-state` (RFC 8011, 5.3.7) and what comes before it."""

    SENDING = "sending"
    PENDING = "pending"
    PROCESSING = "processing"
    STOPPED = "processing-stopped"
    """Waiting for somebody: the printer's `reasons` say for what."""
    COMPLETED = "completed"
    """The printer itself has said so."""
    CANCELED = "canceled"
    ABORTED = "aborted"
    UNKNOWN = "unknown"
    """Contact was lost before the end: it may or may not have been printed."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self in (
            JobState.COMPLETED,
            JobState.CANCELED,
            JobState.ABORTED,
            JobState.UNKNOWN,
        )


@dataclass(frozen=True, slots=True)
class JobProgress:
    """One job at one moment."""

    state: JobState
    pages_printed: int = 0
    """Impressions completed, as the printer counts them; 0 when it does not."""
    pages: int = 0
    """Pages of all copies."""
    reasons: tuple[str, ...] = ()
    """The printer's `printer-state-reasons` at this moment, without severity suffix."""


class DocumentPrinter(Device, Protocol):
    """A printer that is watched between `start` and `stop`, all day long."""

    async def start(self) -> None:
        """Begin to watch the printer. Never raises for a missing device: that is a status."""

    async def print(
        self, pdf: bytes, *, copies: int = 1, on_progress: Callable[[JobProgress], None]
    ) -> JobProgress:
        """Print a PDF and follow it to its end, which is returned.

        Cancelling cancels the job; how it has ended all the same, or that nobody can say, is the
        last that `on_progress` is told of it.

        Raises:
            PdfRefused: what it is cannot or must not be printed (`devices.pdf`).
            DeviceError: the printer is not there, or refuses the job.
        """

    async def purge(self) -> None:
        """Cancel and forget every job that this booth sent: the visit is over."""

    @property
    def remaining(self) -> int:
        """Jobs that may still be there: those followed, and one for a purge that is still owed."""
