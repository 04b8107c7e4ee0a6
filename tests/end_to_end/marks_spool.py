"""A CUPS for marked visits, with a printer behind it, whose spool can be searched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.devices.document_printer.cups import QUEUE, cups
from tests.devices.document_printer.eve import EvePrinter, neighbourhood

SOURCE = f"ipp://localhost:631/printers/{QUEUE}"
"""As a booth names a queue of its own machine, which it reaches through CUPS's socket."""


@dataclass(frozen=True, slots=True)
class Spool:
    """Where the booth prints."""

    socket: Path
    """In place of the machine's own CUPS."""
    folder: Path
    """All that this CUPS writes: spool, cache, state and logs."""


@contextmanager
def spool(folder: Path) -> Iterator[Spool]:
    """A print server before a printer that never ends a job by itself."""
    bus, machine = folder / "bus", folder / "printer"
    for made in (bus, machine):
        made.mkdir()
    with neighbourhood(bus) as environment:
        printer = EvePrinter(machine, environment)
        try:
            printer.switch_on()
            with cups(environment, printer.uri) as server:
                yield Spool(server.socket, server.socket.parent)
        finally:
            printer.close()
