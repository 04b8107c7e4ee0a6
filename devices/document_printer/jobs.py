"""This booth's jobs at a printer: how they are named, how they are known again and cancelled."""

from __future__ import annotations

import asyncio
import hashlib
import platform
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.document_printer.facts import JobFacts, PrinterFacts
    from devices.document_printer.queue import Queue

_MACHINE_ID = Path("/etc/machine-id")
_LOOK_AGAIN_S = 0.25
"""A printer that is drawing a sheet ends it within seconds."""


class Names:
    """Names for jobs: of this booth, of no person, and none twice."""

    def __init__(self, machine: str) -> None:
        """`machine` tells booths apart that share a printer; only a digest of it is shown."""
        self._prefix = f"visio-guichet {hashlib.sha256(machine.encode()).hexdigest()[:8]} "

    @classmethod
    def of_this_machine(cls) -> Names:
        """The same after a restart, so that what a crash left behind is found."""
        try:
            return cls(_MACHINE_ID.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            return cls(platform.node())

    def new(self) -> str:
        """A name for the next job."""
        return self._prefix + secrets.token_hex(4)

    def ours(self, job: JobFacts) -> bool:
        """Whether a job is of this booth."""
        return job.name.startswith(self._prefix)


async def cancel_all(
    queue: Queue, facts: PrinterFacts, names: Names, *, spare: Collection[str], wait: bool
) -> None:
    """Cancel every job of this booth but those in `spare`; CUPS forgets also those that are over.

    With `wait` it returns when the printer lists none of them as unfinished; the caller bounds the
    time.

    Raises:
        IppLost: contact was lost.
        IppRefused: the printer does not let us.
    """

    def doomed(job: JobFacts) -> bool:
        return names.ours(job) and job.name not in spare

    while ours := [job for job in await queue.jobs() if doomed(job)]:
        for job in ours:
            await queue.cancel(job.number, forget=facts.is_cups)
        if not wait:
            break
        await asyncio.sleep(_LOOK_AGAIN_S)
    if facts.is_cups:
        for job in await queue.jobs(over=True):
            if doomed(job):
                await queue.cancel(job.number, forget=True)
