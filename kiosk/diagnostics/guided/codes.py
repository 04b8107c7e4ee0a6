"""The guided test of the code reader: a code is shown, and read in time."""

from __future__ import annotations

import asyncio
import time

from devices.camera.interface import Camera
from devices.code_reader.interface import Code, CodeReader
from devices.picture import Picture, PictureSink
from kiosk.diagnostics.guided.framework import Fault, GuidedStep, Live, Relay, ready
from kiosk.diagnostics.view import Surface
from kiosk.settings.booth import CallSettings

READ_WITHIN_S = 30.0


class CodeReaderTest:
    """Opens the camera too: a reader without eyes of its own looks through it."""

    def __init__(
        self,
        reader: CodeReader,
        camera: Camera,
        settings: CallSettings,
        preview: PictureSink,
        relay: Relay,
    ) -> None:
        """`relay` tells of codes; the live picture goes to `preview`."""
        self._reader = reader
        self._camera = camera
        self._settings = settings
        self._preview = preview
        self._relay = relay
        self._codes: asyncio.Queue[Code] = asyncio.Queue()
        self.steps = (
            GuidedStep(
                "Montrez un code QR à dix centimètres du lecteur : celui d’un ticket d’essai, ou "
                "tout autre, sur votre téléphone.",
                "Tenez le code bien à plat, sans reflet ; nettoyez la vitre du lecteur ou "
                "l’objectif de la caméra ; montez la lumière du téléphone.",
                self._read,
                surface=Surface.PICTURE,
            ),
        )

    async def open(self) -> None:
        """Listen to the reader, and let the camera look."""
        self._relay.listen(self._heard)
        self._reader.retry()
        settings = self._settings
        await self._camera.start(
            self._seen, width=settings.width, height=settings.height, rate=settings.rate
        )

    async def close(self) -> None:
        """Listen no more, and close the camera."""
        self._relay.listen(None)
        await self._camera.stop()

    def _seen(self, picture: Picture) -> None:
        self._preview(picture)
        self._reader.look(picture)

    def _heard(self, event: object) -> None:
        if isinstance(event, Code) and self._codes.empty():
            self._codes.put_nowait(event)

    async def _read(self, live: Live) -> None:
        begun = time.monotonic()
        while not self._codes.empty():
            self._codes.get_nowait()  # Of an attempt before this one.
        await ready(self._reader)
        try:
            async with asyncio.timeout(READ_WITHIN_S):
                code = await self._codes.get()
        except TimeoutError:
            raise Fault(f"Aucun code n’a été lu. {self.steps[0].hint}") from None
        live.show(
            ("Code", code.symbology),
            ("Longueur", f"{len(code.text)} caractères"),
            ("Lu après", f"{max(0.0, code.read_at - begun):.1f} s".replace(".", ",")),
        )
