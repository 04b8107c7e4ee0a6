"""The guided test of the camera: the live picture, its rate, its sharpness and its light."""

from __future__ import annotations

import asyncio
import time

import numpy as np

from devices.camera.interface import Camera
from devices.picture import Picture, PictureSink
from kiosk.diagnostics.french import decimal
from kiosk.diagnostics.guided.framework import Fault, GuidedStep, Live, ready
from kiosk.diagnostics.view import Surface
from kiosk.settings.booth import CallSettings

MEASURE_S = 3.0
FRAMES_PER_SECOND = 20.0
"""EN 301 549 v3.2.1, 6.5.3: sign language."""
DARKEST, LIGHTEST = 45.0, 205.0
"""Mean of luma, 16 to 235: a face is told from its background in between."""
SHARPEST_BLUR = 12.0
"""Variance of the Laplacian of luma: a lens out of focus, or with a film on it, stays below; a face
before a plain wall has 40 and more."""
LOOK_S = 0.25
STEP_PX = 2
"""Every second row and column is looked at: a quarter of the work, and less noise."""


class CameraTest:
    """Opens the camera as a call does."""

    def __init__(self, camera: Camera, settings: CallSettings, preview: PictureSink) -> None:
        """The live picture goes to `preview`."""
        self._camera = camera
        self._settings = settings
        self._preview = preview
        self._frames = 0
        self._newest: Picture | None = None
        self.steps = (
            GuidedStep(
                "Regardez l’image : vous y voyez-vous, droit, en couleurs et en mouvement ?",
                "Ôtez le cache de l’objectif et nettoyez-le ; débranchez et rebranchez la caméra, "
                "sur un autre port USB si l’image saute.",
                self._live,
                asks_person=True,
                surface=Surface.PICTURE,
            ),
            GuidedStep(
                "La borne compte les images pendant trois secondes.",
                "Branchez la caméra directement sur la borne, sans concentrateur, et allumez la "
                "lumière : dans l’obscurité une caméra ralentit.",
                self._rate,
                surface=Surface.PICTURE,
            ),
            GuidedStep(
                "Placez-vous devant la borne, à un mètre : netteté et lumière sont mesurées.",
                "Nettoyez l’objectif, réglez la mise au point, et éclairez le visage plutôt que "
                "le mur derrière lui.",
                self._sharpness,
                surface=Surface.PICTURE,
            ),
        )

    async def open(self) -> None:
        """Open the camera."""
        settings = self._settings
        await self._camera.start(
            self._seen, width=settings.width, height=settings.height, rate=settings.rate
        )

    async def close(self) -> None:
        """Close it."""
        await self._camera.stop()
        self._newest = None

    def _seen(self, picture: Picture) -> None:
        self._frames += 1
        self._newest = picture
        self._preview(picture)

    async def _live(self, live: Live) -> None:
        await ready(self._camera)
        while True:
            live.show(*self._figures(await self._rate_over(1.0)))

    async def _rate(self, live: Live) -> None:
        await ready(self._camera)
        rate = await self._rate_over(MEASURE_S)
        live.show(*self._figures(rate))
        if rate < FRAMES_PER_SECOND:
            raise Fault(
                f"{decimal(rate)} images par seconde : il en faut "
                f"{decimal(FRAMES_PER_SECOND, 0)} pour la langue des signes. {self.steps[1].hint}"
            )

    async def _sharpness(self, live: Live) -> None:
        await ready(self._camera)
        until = time.monotonic() + MEASURE_S
        sharpness = light = 0.0
        while time.monotonic() < until:
            await asyncio.sleep(LOOK_S)
            if (picture := self._newest) is None:
                continue
            sharpness, light = await asyncio.to_thread(look, picture)
            live.show(
                ("Netteté", decimal(sharpness, 0)),
                ("Lumière", f"{decimal((light - 16) / 219 * 100, 0)} sur 100"),
            )
        if self._newest is None:
            raise Fault("Aucune image ne vient de la caméra.")
        if light < DARKEST:
            raise Fault("L’image est trop sombre : éclairez le visage de l’usager.")
        if light > LIGHTEST:
            raise Fault("L’image est trop claire : une lampe ou une fenêtre éblouit la caméra.")
        if sharpness < SHARPEST_BLUR:
            raise Fault("L’image est floue : ôtez le film de l’objectif, nettoyez-le, réglez-le.")

    async def _rate_over(self, duration_s: float) -> float:
        before, begun = self._frames, time.monotonic()
        await asyncio.sleep(duration_s)
        return (self._frames - before) / (time.monotonic() - begun)

    def _figures(self, rate: float) -> tuple[tuple[str, str], ...]:
        shown = [("Images par seconde", decimal(rate))]
        if (picture := self._newest) is not None:
            shown.append(("Taille", f"{picture.width} × {picture.height}"))
        return tuple(shown)


def look(picture: Picture) -> tuple[float, float]:
    """Return the variance of the Laplacian and the mean of luma, of every second pixel."""
    plane = picture.planes[0]
    rows = np.frombuffer(plane.data, np.uint8, plane.stride * picture.height)
    whole = rows.reshape(picture.height, plane.stride)[:, : picture.width]
    luma = whole[::STEP_PX, ::STEP_PX].astype(np.float32)
    middle = luma[1:-1, 1:-1]
    round_it = luma[:-2, 1:-1] + luma[2:, 1:-1] + luma[1:-1, :-2] + luma[1:-1, 2:]
    return float((round_it - 4 * middle).var()), float(luma.mean())
