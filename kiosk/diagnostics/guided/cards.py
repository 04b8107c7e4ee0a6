"""The guided test of the card reader: a card is presented, and taken away."""

from __future__ import annotations

import asyncio

from devices.card_reader.interface import CardKind, CardReader
from kiosk.diagnostics.guided.framework import Fault, GuidedStep, Live, Relay, ready

MOVE_WITHIN_S = 25.0
_KINDS = {
    CardKind.TECHNICIAN: "de technicien",
    CardKind.MEDIATOR: "de médiateur",
    CardKind.RESIDENT: "inconnue de la borne (comme celle d’un usager)",
}


class CardReaderTest:
    """The reader is watched all day; nothing is opened here."""

    def __init__(self, reader: CardReader, relay: Relay) -> None:
        """`relay` tells of cards that come and go."""
        self._reader = reader
        self._relay = relay
        self._changed = asyncio.Event()
        self.steps = (
            GuidedStep(
                "Présentez une carte au lecteur, et laissez-la.",
                "Essayez une autre carte ; débranchez et rebranchez le lecteur ; le service pcscd "
                "est-il en marche ?",
                self._comes,
            ),
            GuidedStep(
                "Retirez la carte.",
                "Débranchez et rebranchez le lecteur : il ne voit pas que la carte est partie.",
                self._goes,
            ),
        )

    async def open(self) -> None:
        """Listen to the reader, and look at once for one that was lost."""
        self._relay.listen(lambda _event: self._changed.set())
        self._reader.retry()

    async def close(self) -> None:
        """Listen no more."""
        self._relay.listen(None)

    async def _comes(self, live: Live) -> None:
        await ready(self._reader)
        await self._until(present=True, hint=f"Aucune carte n’a été vue. {self.steps[0].hint}")
        card = self._reader.cards[0] if self._reader.cards else None
        if card is not None:
            live.show(("Carte", _KINDS[card.kind]), ("Lecteur", card.reader))

    async def _goes(self, live: Live) -> None:
        await ready(self._reader)
        await self._until(present=False, hint=f"La carte est toujours vue. {self.steps[1].hint}")
        live.show(("Carte", "retirée"))

    async def _until(self, *, present: bool, hint: str) -> None:
        try:
            async with asyncio.timeout(MOVE_WITHIN_S):
                while bool(self._reader.cards) is not present:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise Fault(hint) from None
