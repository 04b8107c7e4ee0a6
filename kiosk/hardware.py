"""All devices of the booth, opened from its settings; nothing else knows which are real."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.status import DeviceKind

if TYPE_CHECKING:
    from devices.camera.interface import Camera
    from devices.card_reader.interface import CardReader
    from devices.code_reader.interface import CodeReader
    from devices.device import Device
    from devices.document_camera.interface import DocumentCamera
    from devices.document_printer.interface import DocumentPrinter
    from devices.handset.interface import Handset

    from devices.screen.interface import Screen
    from devices.sound.interface import Sound
    from devices.ticket_printer.interface import TicketPrinter


@dataclass(frozen=True, slots=True)
class Hardware:
    """The devices; None for one that is not meant to be there."""

    camera: Camera
    sound: Sound
    screen: Screen
    handset: Handset | None = None
    document_camera: DocumentCamera | None = None
    document_printer: DocumentPrinter | None = None
    ticket_printer: TicketPrinter | None = None
    card_reader: CardReader | None = None
    code_reader: CodeReader | None = None
    expected: frozenset[DeviceKind] = frozenset()
    """Those that the settings name, and those without which no booth is complete."""
