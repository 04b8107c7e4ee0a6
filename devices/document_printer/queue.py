"""A printer or CUPS queue in IPP's operations; every answer becomes facts of known kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pyipp.enums import IppOperation, IppStatus, IppTag

from devices.document_printer.client import (
    CUPS_PORT,
    IppClient,
    Place,
)
from devices.document_printer.errors import IppLost, IppRefused
from devices.document_printer.facts import (
    A4,
    CUPS_GET_DEFAULT,
    CUPS_SOCKET,
    IppJobState,
    JobFacts,
    PrinterFacts,
)
from devices.document_printer.message import MAX_TEXT, Answer, Group, Written
from devices.document_printer.reasons import PrinterState, parse

USER = "visio-guichet"
"""Whose jobs they are, for the printer: nobody's in person."""
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_MAX_JOB = 2**31 - 1
_MAX_IMPRESSIONS = 100_000
_MOST_COPIES = 1000
_PRINTER_ATTRIBUTES = """
    printer-state printer-state-reasons printer-state-message printer-is-accepting-jobs
    printer-make-and-model document-format-supported media-supported media-ready sides-supported
    print-color-mode-supported color-supported copies-supported operations-supported device-uri
""".split()
_JOB_ATTRIBUTES = """
    job-id job-name job-state job-state-reasons job-impressions-completed
    job-media-sheets-completed
""".split()


@dataclass(frozen=True, slots=True)
class Queue:
    """One printer that can be asked and given jobs; each call raises `IppLost`, `IppRefused`."""

    client: IppClient
    place: Place

    async def printer(self) -> PrinterFacts:
        """How it is now, and what it can do."""
        wanted: Written = ("requested-attributes", IppTag.KEYWORD, _PRINTER_ATTRIBUTES)
        told = await self._ask(IppOperation.GET_PRINTER_ATTRIBUTES, (wanted,))
        facts = printer_facts(told.first(IppTag.PRINTER))
        if facts is None:
            raise IppLost("tells nothing of its state", sent=True)
        return facts

    async def print(self, document: bytes, name: str, copies: int, can: PrinterFacts) -> int:
        """Hand over a PDF for A4, one side; returns the job's number."""
        template: list[Written] = [("copies", IppTag.INTEGER, copies)]
        # Only what it knows: some refuse a job for a word that they don't.
        if A4 in can.media:
            template.append(("media", IppTag.KEYWORD, A4))
        if "one-sided" in can.sides:
            template.append(("sides", IppTag.KEYWORD, "one-sided"))
        if "auto" in can.colour_modes:
            template.append(("print-color-mode", IppTag.KEYWORD, "auto"))
        about: tuple[Written, ...] = (
            ("job-name", IppTag.NAME, name),
            ("document-format", IppTag.MIME_TYPE, "application/pdf"),
        )
        told = await self._ask(IppOperation.PRINT_JOB, about, template, document)
        number = told.first(IppTag.JOB).number("job-id", 1, _MAX_JOB)
        if number is None:
            raise IppLost("a job without a number", sent=True)
        return number

    async def job(self, number: int) -> JobFacts | None:
        """How a job stands; None when the printer knows of none with that number."""
        wanted: tuple[Written, ...] = (
            ("job-id", IppTag.INTEGER, number),
            ("requested-attributes", IppTag.KEYWORD, _JOB_ATTRIBUTES),
        )
        try:
            told = await self._ask(IppOperation.GET_JOB_ATTRIBUTES, wanted)
        except IppRefused as refused:
            if refused.status in {IppStatus.ERROR_NOT_FOUND, IppStatus.ERROR_GONE}:
                return None
            raise
        return job_facts(told.first(IppTag.JOB))

    async def jobs(self, *, over: bool = False, everybodys: bool = False) -> tuple[JobFacts, ...]:
        """Those of any booth that are not over yet, or those that are."""
        wanted: tuple[Written, ...] = (
            ("which-jobs", IppTag.KEYWORD, "completed" if over else "not-completed"),
            ("my-jobs", IppTag.BOOLEAN, not everybodys),
            ("requested-attributes", IppTag.KEYWORD, _JOB_ATTRIBUTES),
        )
        told = await self._ask(IppOperation.GET_JOBS, wanted)
        return tuple(filter(None, map(job_facts, told.all(IppTag.JOB))))

    async def outcome(
        self, name: str, facts: PrinterFacts, *, over: bool = True
    ) -> JobFacts | None:
        """What the printer behind this machine's CUPS says of a job that CUPS is done with.

        None when it does not know the job among those that are `over`, or not, or can't be asked.
        """
        if urlsplit(self.place.uri).hostname not in _LOCAL:
            return None
        try:
            printer = named_queue(facts.device_uri)
        except ValueError:
            return None
        try:
            jobs = await printer.jobs(over=over, everybodys=True)
        except (IppLost, IppRefused):
            return None
        finally:
            await printer.close()
        # CUPS gives the job to the printer under the same name.
        return next((job for job in jobs if job.name == name), None)

    async def cancel(self, number: int, *, forget: bool = False) -> bool:
        """Cancel a job, and return whether that could be; one that is over already is well.

        CUPS can `forget` it altogether, the document in its spool included, which else it keeps
        for a day (`PreserveJobFiles`, cupsd.conf(5)).
        """
        which: tuple[Written, ...] = (("job-id", IppTag.INTEGER, number),)
        if forget:
            which = (*which, ("purge-job", IppTag.BOOLEAN, True))
        try:
            await self._ask(IppOperation.CANCEL_JOB, which)
        except IppRefused as refused:
            over = {IppStatus.ERROR_NOT_POSSIBLE, IppStatus.ERROR_NOT_FOUND, IppStatus.ERROR_GONE}
            if refused.status not in over:
                raise
            return False
        return True

    async def resume(self) -> None:
        """Let a paused queue go on."""
        await self._ask(IppOperation.RESUME_PRINTER, ())

    async def close(self) -> None:
        """Hang up."""
        await self.client.close()

    async def _ask(
        self,
        operation: IppOperation,
        attributes: tuple[Written, ...],
        job: list[Written] | None = None,
        document: bytes | None = None,
    ) -> Answer:
        target: tuple[Written, ...] = (("printer-uri", IppTag.URI, self.place.uri),)
        # RFC 8011, 4.1.5: the target first; 4.3.2: a job's number next to it.
        if attributes and attributes[0][0] == "job-id":
            target, attributes = (*target, attributes[0]), attributes[1:]
        whose: Written = ("requesting-user-name", IppTag.NAME, USER)
        return await self.client.ask(
            self.place.url, operation, (*target, whose, *attributes), job or (), document
        )


def named_queue(uri: str, cups_socket: Path = CUPS_SOCKET) -> Queue:
    """The printer at `ipp://…` or `ipps://…`.

    Raises:
        ValueError: that is no such address.
    """
    parts = urlsplit(uri)
    sound = parts.scheme in {"ipp", "ipps"} and parts.hostname and not parts.username
    if not sound or len(uri) > MAX_TEXT:
        raise ValueError("no ipp:// or ipps:// address")
    local = parts.hostname in _LOCAL and (parts.port or CUPS_PORT) == CUPS_PORT
    socket = _there(cups_socket) if local and parts.scheme == "ipp" else None
    return Queue(IppClient(socket), Place(uri, socket))


async def default_queue(cups_socket: Path = CUPS_SOCKET) -> Queue | None:
    """The default queue of this machine's CUPS; None when it has none, or there is no CUPS."""
    client = IppClient(_there(cups_socket))
    try:
        wanted: Written = ("requested-attributes", IppTag.KEYWORD, ["printer-name"])
        url = Place(f"ipp://localhost:{CUPS_PORT}/").url
        told = await client.ask(url, IppOperation.CUPS_GET_DEFAULT, (wanted,))
    except (IppLost, IppRefused):
        return None
    finally:
        await client.close()
    name = told.first(IppTag.PRINTER).text("printer-name")
    # CUPS allows no space, slash or number sign in a name (lpadmin(8)).
    if not name or any(sign in name for sign in " /#?%"):
        return None
    return named_queue(f"ipp://localhost:{CUPS_PORT}/printers/{name}", cups_socket)


def _there(socket: Path) -> Path | None:
    return socket if socket.exists() else None


def printer_facts(told: Group) -> PrinterFacts | None:
    """Read a printer's attributes; None when it gives no state, which all must."""
    state = told.number("printer-state", PrinterState.IDLE, PrinterState.STOPPED)
    if state is None:
        return None
    accepting, colour = told.flag("printer-is-accepting-jobs"), told.flag("color-supported")
    copies = told.span("copies-supported") or (1, 1)
    operations = told.numbers("operations-supported")
    ready = told.texts("media-ready", most=8)
    # CUPS knows of a tray only what its description says, not what is in it.
    a4_ready = A4 in ready and CUPS_GET_DEFAULT not in operations
    return PrinterFacts(
        state=state,
        reasons=parse(told.texts("printer-state-reasons"), a4_ready=a4_ready),
        accepting=accepting is not False,
        message=told.text("printer-state-message"),
        make_and_model=told.text("printer-make-and-model"),
        formats=told.texts("document-format-supported"),
        media=told.texts("media-supported", most=500),
        media_ready=ready,
        sides=told.texts("sides-supported"),
        colour_modes=told.texts("print-color-mode-supported"),
        colour=bool(colour),
        copies=max(1, min(copies[1], _MOST_COPIES)),
        operations=operations,
        device_uri=told.text("device-uri"),
    )


def job_facts(told: Group) -> JobFacts | None:
    """Read a job's attributes; None when they do not even tell which, or how it stands."""
    number = told.number("job-id", 1, _MAX_JOB)
    state = told.number("job-state", IppJobState.PENDING, IppJobState.COMPLETED)
    if number is None or state is None:
        return None
    impressions = told.number("job-impressions-completed", 0, _MAX_IMPRESSIONS)
    sheets = told.number("job-media-sheets-completed", 0, _MAX_IMPRESSIONS)
    return JobFacts(
        number,
        state,
        name=told.text("job-name"),
        reasons=told.texts("job-state-reasons", most=16),
        # Printed on one side, sheets and impressions are the same; some printers count only one.
        impressions=max(impressions or 0, sheets or 0),
    )
