"""The guided test of the document camera, on the page that the A4 printer's test prints."""

from __future__ import annotations

import asyncio

from devices.document_camera.interface import Advice, DocumentCamera, Look, PageRefused
from devices.picture import PictureSink
from kiosk.diagnostics.french import decimal
from kiosk.diagnostics.guided.framework import Fault, GuidedStep, Live, ready
from kiosk.diagnostics.view import Surface

GOOD_WITHIN_S = 45.0
"""To fetch the page, lay it down and straighten it."""
LEAST_DPI = 150
"""Below, small print is lost; documents are sent at 200."""

ADVICE = {
    Advice.GOOD: "C’est net.",
    Advice.NO_PAGE: "Posez la feuille sous la caméra.",
    Advice.CLOSER: "Rapprochez la feuille de la caméra.",
    Advice.WHOLE_PAGE: "Montrez la feuille entière, les quatre coins.",
    Advice.HOLD_STILL: "Ne touchez plus la feuille.",
    Advice.SHARPER: "L’image est floue : nettoyez l’objectif, réglez la mise au point.",
    Advice.GLARE: "Une lampe se reflète sur la feuille : déplacez-la.",
    Advice.LIGHT: "Il fait trop sombre : allumez la lampe.",
}


class DocumentCameraTest:
    """Opens the camera as a visit does."""

    def __init__(self, camera: DocumentCamera, preview: PictureSink) -> None:
        """The live picture goes to `preview`."""
        self._camera = camera
        self._preview = preview
        self._look = Look(Advice.NO_PAGE)
        self._looked = asyncio.Event()
        self.steps = (
            GuidedStep(
                "Posez une main sous la caméra à documents : la voyez-vous, entière et nette ?",
                "Débranchez et rebranchez la caméra à documents ; si l’image est celle de l’autre "
                "caméra, voyez [document_camera] source dans kiosk.toml.",
                self._live,
                asks_person=True,
                surface=Surface.PICTURE,
            ),
            GuidedStep(
                "Posez la page d’essai de l’imprimante (ou une lettre), et lâchez-la.",
                "Posez la feuille à plat sur un fond sombre, entière dans l’image, sans reflet.",
                self._page,
                surface=Surface.PICTURE,
            ),
        )

    async def open(self) -> None:
        """Open it."""
        await self._camera.start(self._preview, self._seen)

    async def close(self) -> None:
        """Close it."""
        await self._camera.stop()

    def _seen(self, look: Look) -> None:
        self._look = look
        self._looked.set()

    async def _live(self, live: Live) -> None:
        await ready(self._camera)
        while True:
            await self._next(live)

    async def _page(self, live: Live) -> None:
        await ready(self._camera)
        try:
            async with asyncio.timeout(GOOD_WITHIN_S):
                while (await self._next(live)).advice is not Advice.GOOD:
                    continue
                page = await self._camera.take()
        except TimeoutError:
            raise Fault(f"{ADVICE[self._look.advice]} {self.steps[1].hint}") from None
        except PageRefused as refusal:
            raise Fault(ADVICE[refusal.advice]) from None
        live.show(
            ("Page", f"{page.width} × {page.height} pixels"),
            ("Finesse", f"{page.dpi} points par pouce"),
            ("Rendu", "couleurs" if page.colour else "gris"),
        )
        if page.dpi < LEAST_DPI:
            raise Fault(f"{page.dpi} points par pouce ne suffisent pas : {ADVICE[Advice.CLOSER]}")

    async def _next(self, live: Live) -> Look:
        self._looked.clear()
        await self._looked.wait()
        look = self._look
        live.show(
            ("Conseil", ADVICE[look.advice]), ("Netteté", f"{decimal(look.sharpness * 100, 0)} %")
        )
        return look
