"""The guided tests of all devices, one at a time: `kiosk.diagnostics.ports.Guided`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import assert_never

from devices.picture import PictureSink
from devices.status import DeviceKind
from kiosk.diagnostics.guided.framework import DeviceTest, Relay
from kiosk.diagnostics.guided.session import Session, Touch
from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.ports import Changed, NotNow
from kiosk.diagnostics.readiness import words
from kiosk.diagnostics.view import GuidedView
from kiosk.hardware import Devices
from kiosk.settings.booth import KioskSettings

Record = Callable[[DeviceKind, Outcome], None]


class GuidedTests:
    """Lives on the loop."""

    def __init__(
        self,
        settings: KioskSettings,
        devices: Callable[[], Devices],
        record: Record,
        preview: PictureSink,
    ) -> None:
        """`record` is told how each test ended; live pictures go to `preview`, from any thread."""
        self._settings = settings
        self._devices = devices
        self._record = record
        self._preview = preview
        self._listeners: list[Changed] = []
        self._relays: dict[DeviceKind, Relay] = {}
        self._session: Session | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def view(self) -> GuidedView | None:
        """The step that the technician is at; None while no test is shown."""
        return None if self._session is None else self._session.view

    def on_change(self, listener: Changed) -> None:
        """Call `listener` whenever `view` has changed."""
        self._listeners.append(listener)

    async def begin(self, kind: str) -> None:
        """Abort what runs, and begin the test of a device (a `DeviceKind` value).

        Raises:
            NotNow: there is no such device here.
        """
        await self.abort()
        if kind not in tuple(DeviceKind):
            raise NotNow("Cet appareil n’a pas de test.")
        device = DeviceKind(kind)
        test = self._test_of(device)
        if test is None:
            raise NotNow(f"{words.NAMES[device]} : non installé, rien à tester.")
        self._session = Session(device, test, self._tell)
        self._running = asyncio.create_task(self._run(device, self._session), name="guided test")
        self._tell()

    def confirm(self) -> None:
        """« Oui, ça marche », or « Continuer »."""
        self._touch(Touch.CONFIRM)

    def fails(self) -> None:
        """« Ça ne marche pas »."""
        self._touch(Touch.FAILS)

    def again(self) -> None:
        """Try the present step once more."""
        self._touch(Touch.AGAIN)

    def surface_done(self, good: bool) -> None:
        """The touch grid or the colours were gone through, or left."""
        self._touch(Touch.SURFACE_GOOD if good else Touch.SURFACE_BAD)

    async def abort(self) -> None:
        """Leave: an unfinished test is aborted, not failed; when this returns no device is held."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        if self._session is not None:
            self._session = None
            self._tell()

    async def _run(self, kind: DeviceKind, session: Session) -> None:
        outcome = Outcome.ABORTED
        try:
            outcome = await session.run()
        finally:
            self._record(kind, outcome)

    def _touch(self, touch: Touch) -> None:
        if self._session is not None:
            self._session.touch(touch)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _relay(self, kind: DeviceKind, subscribe: Callable[[Relay], None]) -> Relay:
        relay = self._relays.get(kind)
        if relay is None:
            relay = self._relays[kind] = Relay()
            subscribe(relay)
        return relay

    def _test_of(self, kind: DeviceKind) -> DeviceTest | None:
        from kiosk.diagnostics.guided import cards, documents, picture, printers, sound  # noqa: PLC0415
        from kiosk.diagnostics.guided.codes import CodeReaderTest  # noqa: PLC0415
        from kiosk.diagnostics.guided.handset import HandsetTest  # noqa: PLC0415
        from kiosk.diagnostics.guided.screen import ScreenTest  # noqa: PLC0415

        found, settings, preview = self._devices(), self._settings, self._preview
        test: DeviceTest | None = None
        match kind:
            case DeviceKind.CAMERA:
                test = picture.CameraTest(found.camera, settings.call, preview)
            case DeviceKind.MICROPHONE:
                test = sound.MicrophoneTest(found.sound)
            case DeviceKind.LOUDSPEAKER:
                test = sound.LoudspeakerTest(found.sound)
            case DeviceKind.SCREEN:
                test = ScreenTest()
            case DeviceKind.HANDSET:
                if (handset := found.handset) is not None:
                    relay = self._relay(kind, handset.on_hook)
                    test = HandsetTest(handset, found.sound, relay)
            case DeviceKind.DOCUMENT_CAMERA:
                if found.document_camera is not None:
                    test = documents.DocumentCameraTest(found.document_camera, preview)
            case DeviceKind.DOCUMENT_PRINTER:
                if found.document_printer is not None:
                    test = printers.DocumentPrinterTest(found.document_printer, settings.booth)
            case DeviceKind.TICKET_PRINTER:
                if found.ticket_printer is not None:
                    test = printers.TicketPrinterTest(found.ticket_printer)
            case DeviceKind.CARD_READER:
                if (reader := found.card_reader) is not None:
                    test = cards.CardReaderTest(reader, self._relay(kind, reader.on_card))
            case DeviceKind.CODE_READER:
                if (codes := found.code_reader) is not None:
                    relay = self._relay(kind, codes.on_code)
                    test = CodeReaderTest(codes, found.camera, settings.call, preview, relay)
            case _:
                assert_never(kind)
        return test
