"""The guided tests of both printers: a page, or a ticket, followed to its end."""

from __future__ import annotations

import asyncio
from datetime import datetime

from devices.document_printer.interface import DocumentPrinter, JobProgress, JobState
from devices.status import DeviceKind
from devices.ticket_printer.interface import Paper, Printed, Slip, TicketPrinter
from kiosk.diagnostics.guided.framework import (
    Fault,
    GuidedStep,
    Live,
    fault_words,
    ready,
)
from kiosk.diagnostics.printer_words import matters
from kiosk.settings.booth import BoothSettings

PRINTED_WITHIN_S = 120.0
"""A cold laser printer warms up for half a minute; somebody may have to bring paper."""
SLIP_WITHIN_S = 30.0

_STATES = {
    JobState.SENDING: "envoi",
    JobState.PENDING: "en attente",
    JobState.PROCESSING: "impression",
    JobState.STOPPED: "arrêtée",
    JobState.COMPLETED: "terminée",
    JobState.CANCELED: "annulée",
    JobState.ABORTED: "abandonnée par l’imprimante",
    JobState.UNKNOWN: "perdue de vue",
}
_PAPER = {
    Paper.PRESENT: "présent",
    Paper.LOW: "bientôt fini",
    Paper.EMPTY: "fini",
    Paper.UNKNOWN: "l’imprimante ne le dit pas",
}


class DocumentPrinterTest:
    """One A4 page."""

    def __init__(self, printer: DocumentPrinter, booth: BoothSettings) -> None:
        """The place's name is printed on the page."""
        self._printer = printer
        self._booth = booth
        self.steps = (
            GuidedStep(
                "La page d’essai s’imprime ; la borne la suit jusqu’au bout.",
                "Vérifiez le papier, les capots et le câble ou le réseau de l’imprimante.",
                self._print,
            ),
            GuidedStep(
                "Prenez la page : le cadre est-il entier, le texte net, sans trace ni bande ?",
                "Nettoyez l’imprimante ou changez son toner ; un cadre coupé vient d’un mauvais "
                "format de papier dans son réglage.",
                asks_person=True,
            ),
        )

    async def open(self) -> None:
        """The printer is watched all day: look at once for one that was lost."""
        self._printer.retry()

    async def close(self) -> None:
        """Nothing is held; a page that was being printed was cancelled with its step."""

    async def _print(self, live: Live) -> None:
        from kiosk.diagnostics.guided.target_page import draw  # noqa: PLC0415

        await ready(self._printer)
        page = await asyncio.to_thread(draw, self._booth.place_name, datetime.now().astimezone())
        last = JobProgress(JobState.SENDING)

        def show(progress: JobProgress) -> None:
            nonlocal last
            last = progress
            shown = [("État", _STATES[progress.state])]
            if told := ", ".join(matters(progress.reasons)):
                shown.append(("Imprimante", told))
            live.show(*shown)

        try:
            async with asyncio.timeout(PRINTED_WITHIN_S):
                end = await self._printer.print(page, on_progress=show)
        except TimeoutError:
            status = self._printer.status
            raise Fault(
                f"La page n’est pas sortie. {fault_words(DeviceKind.DOCUMENT_PRINTER, status)}"
            ) from None
        if end.state is not JobState.COMPLETED:
            told = ", ".join(matters(end.reasons or last.reasons))
            why = f" ({told})" if told else ""
            raise Fault(f"Impression {_STATES[end.state]}{why}. {self.steps[0].hint}")


class TicketPrinterTest:
    """One slip."""

    def __init__(self, printer: TicketPrinter) -> None:
        """Nothing is printed yet."""
        self._printer = printer
        self.steps = (
            GuidedStep(
                "Un ticket d’essai s’imprime.",
                "Vérifiez le rouleau (la face brillante vers la tête), le capot et le câble.",
                self._print,
            ),
            GuidedStep(
                "Lisez le ticket : les accents (é è ê ç œ €) sont-ils justes, le code QR entier, "
                "le ticket coupé ?",
                "Des accents faux viennent du réglage [ticket_printer] profile ; un code coupé, "
                "de width_dots.",
                asks_person=True,
            ),
        )

    async def open(self) -> None:
        """The printer is watched all day: look at once for one that was lost."""
        self._printer.retry()

    async def close(self) -> None:
        """Nothing is held."""

    async def _print(self, live: Live) -> None:
        await ready(self._printer)
        at = datetime.now().astimezone()
        slip = Slip(
            title="Ticket d’essai",
            lines=(
                f"Imprimé le {at:%d/%m/%Y à %H:%M}.",
                "Accents : é è ê ë à â ç î ï ô œ ù û ü ÿ € « »",
            ),
            qr=f"visio-guichet essai {at:%Y%m%d%H%M}",
            code="AB12",
        )
        try:
            async with asyncio.timeout(SLIP_WITHIN_S):
                printed = await self._printer.print(slip)
        except TimeoutError:
            raise Fault(f"Le ticket n’est pas sorti. {self.steps[0].hint}") from None
        end = "imprimé" if printed is Printed.PRINTED else "envoyé, sans confirmation"
        live.show(("Ticket", end), ("Papier", _PAPER[self._printer.paper]))
