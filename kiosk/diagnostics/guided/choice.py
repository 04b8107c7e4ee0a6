"""Which guided test belongs to which device; none for a device that is not installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from devices.picture import PictureSink
from devices.status import DeviceKind
from kiosk.diagnostics.guided.cards import CardReaderTest
from kiosk.diagnostics.guided.codes import CodeReaderTest
from kiosk.diagnostics.guided.documents import DocumentCameraTest
from kiosk.diagnostics.guided.framework import DeviceTest, Relay
from kiosk.diagnostics.guided.handset import HandsetTest
from kiosk.diagnostics.guided.picture import CameraTest
from kiosk.diagnostics.guided.printers import DocumentPrinterTest, TicketPrinterTest
from kiosk.diagnostics.guided.screen import ScreenTest
from kiosk.diagnostics.guided.sound import LoudspeakerTest, MicrophoneTest
from kiosk.hardware import Devices
from kiosk.settings.booth import KioskSettings


class Choice:
    """Makes a device's test; lives as long as the devices, whose events it passes on."""

    def __init__(self, settings: KioskSettings, devices: Devices, preview: PictureSink) -> None:
        """Live pictures go to `preview`."""
        self._settings = settings
        self._devices = devices
        self._preview = preview
        self._relays: dict[DeviceKind, Relay] = {}
        self.makers: Mapping[DeviceKind, Callable[[], DeviceTest | None]] = {
            DeviceKind.CAMERA: lambda: CameraTest(devices.camera, settings.call, preview),
            DeviceKind.MICROPHONE: lambda: MicrophoneTest(devices.sound, self._lifted),
            DeviceKind.LOUDSPEAKER: lambda: LoudspeakerTest(devices.sound, self._lifted),
            DeviceKind.HANDSET: self._handset,
            DeviceKind.DOCUMENT_CAMERA: self._document_camera,
            DeviceKind.DOCUMENT_PRINTER: self._document_printer,
            DeviceKind.TICKET_PRINTER: self._ticket_printer,
            DeviceKind.CARD_READER: self._card_reader,
            DeviceKind.CODE_READER: self._code_reader,
            DeviceKind.SCREEN: ScreenTest,
        }

    def _lifted(self) -> bool:
        handset = self._devices.handset
        return handset is not None and handset.lifted

    def _handset(self) -> DeviceTest | None:
        handset = self._devices.handset
        if handset is None:
            return None
        relay = self._relay(DeviceKind.HANDSET, handset.on_hook)
        return HandsetTest(handset, self._devices.sound, relay)

    def _document_camera(self) -> DeviceTest | None:
        camera = self._devices.document_camera
        return None if camera is None else DocumentCameraTest(camera, self._preview)

    def _document_printer(self) -> DeviceTest | None:
        printer = self._devices.document_printer
        return None if printer is None else DocumentPrinterTest(printer, self._settings.booth)

    def _ticket_printer(self) -> DeviceTest | None:
        printer = self._devices.ticket_printer
        return None if printer is None else TicketPrinterTest(printer)

    def _card_reader(self) -> DeviceTest | None:
        reader = self._devices.card_reader
        if reader is None:
            return None
        return CardReaderTest(reader, self._relay(DeviceKind.CARD_READER, reader.on_card))

    def _code_reader(self) -> DeviceTest | None:
        reader = self._devices.code_reader
        if reader is None:
            return None
        relay = self._relay(DeviceKind.CODE_READER, reader.on_code)
        camera, call = self._devices.camera, self._settings.call
        return CodeReaderTest(reader, camera, call, self._preview, relay)

    def _relay(self, kind: DeviceKind, subscribe: Callable[[Relay], None]) -> Relay:
        relay = self._relays.get(kind)
        if relay is None:
            relay = self._relays[kind] = Relay()
            subscribe(relay)
        return relay
