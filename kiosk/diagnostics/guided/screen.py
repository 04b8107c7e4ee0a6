"""The guided test of the screen: every field touched, every colour seen."""

from __future__ import annotations

from kiosk.diagnostics.guided.framework import GuidedStep
from kiosk.diagnostics.view import Surface


class ScreenTest:
    """The interface does it, and tells of its end with `surface_done`."""

    steps = (
        GuidedStep(
            "Touchez chaque case de la grille ; celles qui restent grises ne répondent pas.",
            "Nettoyez la dalle et ses bords, débranchez et rebranchez le câble USB de l’écran, "
            "puis recommencez.",
            surface=Surface.TOUCH_GRID,
        ),
        GuidedStep(
            "Regardez chaque couleur : aucune tache, aucune ligne, aucun point ne doit rester. "
            "Touchez l’écran pour passer à la suivante.",
            "Vérifiez le câble vidéo ; un point ou une ligne qui reste vient de la dalle, qui est "
            "à remplacer.",
            surface=Surface.COLOURS,
        ),
    )

    async def open(self) -> None:
        """The screen is open already."""

    async def close(self) -> None:
        """It stays so."""
