"""An appointment that was made: shown, and printed by itself on the ticket printer."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace

import structlog

from devices.status import DeviceError
from devices.ticket_printer.interface import Printed, Slip
from kiosk.appointments.means import Means
from kiosk.appointments.ports import Slips
from kiosk.appointments.view import AppointmentView, TicketState
from kiosk.appointments.words import in_pairs, when
from kiosk.link.errands import Appointment, LinkCard, Outcome
from kiosk.link.events import EventKind
from kiosk.link.line import LineDown

#: What is hashed with a card's digest, so that the mark serves here alone.
_CARD_DOMAIN = b"visio-guichet appointment card\0"

_log = structlog.get_logger(__name__)


def told(means: Means, known: Appointment) -> AppointmentView:
    """Return an appointment in words, without the code that opens it."""
    words = means.site.agencies.get(known.agency)
    return AppointmentView(
        agency_name=words.name if words is not None else known.agency,
        subject_name=known.subject_name,
        when=when(known.starts_at, words.zone) if words is not None else "",
        place_name=known.place_name,
    )


def slip(view: AppointmentView) -> Slip:
    """Return the paper of an appointment: nothing on it tells who comes."""
    return Slip(
        # What is looked for on it stands in the larger letters.
        title=f"Rendez-vous {view.when}",
        lines=(
            view.agency_name,
            view.subject_name,
            view.place_name,
            "Présentez ce code à la borne, à partir de 10 minutes avant.",
        ),
        qr=view.qr,
        code=view.code,
    )


def card_mark(digest: str, agency: str) -> str:
    """Return what an agency may know a card by: 64 hexadecimal digits, another for each agency."""
    return hashlib.sha256(_CARD_DOMAIN + agency.encode() + b"\0" + digest.encode()).hexdigest()


class PaperTicket:
    """The appointment just made, its paper, and the card that may stand for it."""

    def __init__(self, means: Means, slips: Slips, known: Appointment) -> None:
        self.appointment = known
        self._means = means
        self._slips = slips
        self._view = replace(told(means, known), code=in_pairs(known.code), qr=known.pass_text)
        self._printing: asyncio.Task[None] | None = None
        self._linking: asyncio.Task[None] | None = None

    @property
    def view(self) -> AppointmentView:
        """What the screen shows."""
        can_link = not self._view.card_linked and self._means.readers.cards()
        return replace(self._view, can_link=can_link)

    def print(self) -> None:
        """Print in the background, unless it is being printed."""
        if self._view.ticket is TicketState.PRINTING:
            return
        self._show(TicketState.PRINTING)
        self._printing = asyncio.create_task(self._print(), name="appointment-slip")

    def link(self, digest: str) -> None:
        """Let this card stand for the appointment, if the agency takes it."""
        if self._linking is None or self._linking.done():
            mark = card_mark(digest, self.appointment.agency)
            self._linking = asyncio.create_task(self._link(mark), name="appointment-card")

    def close(self) -> None:
        """The visit is over: what the printer has begun it ends by itself."""
        for task in (self._printing, self._linking):
            if task is not None:
                task.cancel()

    async def _print(self) -> None:
        if not self._slips.possible:
            self._show(TicketState.FAILED)
            return
        try:
            printed = await self._slips.print(slip(self._view))
        except DeviceError as error:
            _log.info("appointment's slip not printed", reason=error.state.value)
            self._show(TicketState.FAILED)
        except Exception:  # noqa: BLE001
            # Whatever is wrong there, the appointment stands and its code is on the screen.
            _log.exception("appointment's slip not printed")
            self._show(TicketState.FAILED)
        else:
            if printed is Printed.UNCONFIRMED:
                self._show(TicketState.UNCONFIRMED)
                return
            self._means.happened(EventKind.PRINTED, self.appointment.agency)
            self._show(TicketState.PRINTED)

    async def _link(self, mark: str) -> None:
        body = LinkCard(appointment=self.appointment.appointment, card=mark)
        try:
            answer = await self._means.desks.ask(self.appointment.agency, body)
        except LineDown:
            return
        if answer.outcome is Outcome.DONE:
            self._view = replace(self._view, card_linked=True)
            self._means.changed()

    def _show(self, state: TicketState) -> None:
        self._view = replace(self._view, ticket=state)
        self._means.changed()
