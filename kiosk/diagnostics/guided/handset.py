"""The guided test of the handset: lifted, listened to, hung up."""

from __future__ import annotations

import asyncio

from devices.handset.interface import Handset
from devices.sound.interface import Sound
from kiosk.diagnostics.guided.framework import Fault, GuidedStep, Live, Relay, ready
from kiosk.diagnostics.guided.sound import EVERY_S, sweep

MOVE_WITHIN_S = 25.0
"""To read the sentence, reach for the handset, and be told if nothing was noticed."""
SHARED_DEVICES = 2
"""Microphone and loudspeaker of the booth; the handset's own come after them."""


class HandsetTest:
    """The hook is watched all day; sound is open only while somebody listens."""

    def __init__(self, handset: Handset, sound: Sound, relay: Relay) -> None:
        """`relay` tells of the hook's changes."""
        self._handset = handset
        self._sound = sound
        self._relay = relay
        self._moved = asyncio.Event()
        listen = GuidedStep(
            "Écoutez dans le combiné : le son y est-il, et le haut-parleur est-il muet ?",
            "Vérifiez la fiche du combiné, et [handset] loudspeaker dans kiosk.toml.",
            self._listened,
            asks_person=True,
        )
        lift = GuidedStep(
            "Décrochez le combiné et gardez-le en main.",
            "Vérifiez le câble du crochet, et [handset] line et lifted_when dans kiosk.toml : la "
            "borne croit peut-être le contraire.",
            lambda live: self._becomes(live, lifted=True),
        )
        hang = GuidedStep(
            "Raccrochez le combiné.",
            "Le crochet remonte-t-il ? Nettoyez-le ; sinon vérifiez lifted_when dans kiosk.toml.",
            lambda live: self._becomes(live, lifted=False),
        )
        private = len(sound.devices) > SHARED_DEVICES
        self.steps = (lift, listen, hang) if private else (lift, hang)

    async def open(self) -> None:
        """Listen to the hook, and look at once for one that was lost."""
        self._relay.listen(lambda _event: self._moved.set())
        self._handset.retry()

    async def close(self) -> None:
        """Listen no more."""
        self._relay.listen(None)
        await self._sound.stop()

    async def _becomes(self, live: Live, *, lifted: bool) -> None:
        await ready(self._handset)
        try:
            async with asyncio.timeout(MOVE_WITHIN_S):
                while self._handset.lifted is not lifted:
                    self._moved.clear()
                    self._show(live)
                    await self._moved.wait()
        except TimeoutError:
            step = self.steps[0] if lifted else self.steps[-1]
            raise Fault(f"La borne n’a rien remarqué. {step.hint}") from None
        self._show(live)

    async def _listened(self, live: Live) -> None:
        self._show(live)
        await self._sound.start(lambda _: None)
        try:
            while True:
                await sweep(self._sound)
                await asyncio.sleep(EVERY_S)
        finally:
            await self._sound.stop()

    def _show(self, live: Live) -> None:
        live.show(("Combiné", "décroché" if self._handset.lifted else "raccroché"))
