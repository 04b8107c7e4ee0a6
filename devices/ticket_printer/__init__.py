"""The booth's printer for tickets: narrow, thermal, ESC/POS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from devices.hotplug import HotPlug
    from devices.ticket_printer.interface import TicketPrinter

NONE = "none"
SIMULATED = "simulated"


def open_ticket_printer(
    source: str, *, baud: int, width_dots: int, profile: str, hotplug: HotPlug | None = None
) -> TicketPrinter | None:
    """The ticket printer that settings ask for; opens nothing until `start`.

    `source` is `auto` (a USB printer that says it speaks ESC/POS), `none`, `simulated`, a device
    node (better `/dev/serial/by-id/…`), `usb:vvvv:pppp` or `tcp://host:9100`.
    """
    # Imported here because this package is also the child process's, which needs other parts.
    from devices.ticket_printer.escpos import EscposPrinter  # noqa: PLC0415
    from devices.ticket_printer.finding import Place  # noqa: PLC0415
    from devices.ticket_printer.simulated import SimulatedTicketPrinter  # noqa: PLC0415

    if source == NONE:
        return None
    if source == SIMULATED:
        return SimulatedTicketPrinter(width_dots)
    return EscposPrinter(
        Place(source), baud=baud, width_dots=width_dots, profile=profile, hotplug=hotplug
    )
