"""Prints for a visit: slips on the ticket printer, sheets on the printer for documents."""

from __future__ import annotations

from devices.document_printer.interface import DocumentPrinter, JobState
from devices.status import DeviceError, DeviceState
from devices.ticket_printer.interface import Paper, Printed, Slip, TicketPrinter
from kiosk.outfit import Outfit


class BoothSlips:
    """`kiosk.appointments.ports.Slips` on whatever ticket printer the booth has."""

    def __init__(self, outfit: Outfit) -> None:
        self._outfit = outfit

    @property
    def possible(self) -> bool:
        """Whether a slip can be printed now."""
        printer = self._printer
        if printer is None or printer.paper is Paper.EMPTY:
            return False
        return printer.status.state in (DeviceState.ONLINE, DeviceState.DEVICE_BUSY)

    async def print(self, slip: Slip) -> Printed:
        """Print it.

        Raises:
            DeviceError: there is no printer, or it did not come out.
        """
        printer = self._printer
        if printer is None:
            raise DeviceError(DeviceState.NO_DEVICE, "no ticket printer")
        return await printer.print(slip)

    @property
    def _printer(self) -> TicketPrinter | None:
        return None if self._outfit.known is None else self._outfit.known.devices.ticket_printer


class BoothSheets:
    """`kiosk.visit.farewell.Sheets` on whatever printer for documents the booth has."""

    def __init__(self, outfit: Outfit) -> None:
        self._outfit = outfit

    @property
    def possible(self) -> bool:
        """Whether a sheet can be printed now."""
        printer = self.printer
        return printer is not None and printer.status.state in (
            DeviceState.ONLINE,
            DeviceState.DEVICE_BUSY,
        )

    async def print(self, pdf: bytes) -> Printed:
        """Print one copy.

        Raises:
            DeviceError: it is not there, refuses, or has said that it did not come out.
        """
        printer = self.printer
        if printer is None:
            raise DeviceError(DeviceState.NO_DEVICE, "no printer for documents")
        ended = await printer.print(pdf, on_progress=lambda _: None)
        match ended.state:
            case JobState.COMPLETED:
                return Printed.PRINTED
            case JobState.UNKNOWN:
                return Printed.UNCONFIRMED
            case state:
                raise DeviceError(DeviceState.HARDWARE_ERROR, f"the job has ended: {state}")

    @property
    def printer(self) -> DocumentPrinter | None:
        """The printer; None where the booth has none, or its devices are not yet known."""
        return None if self._outfit.known is None else self._outfit.known.devices.document_printer
