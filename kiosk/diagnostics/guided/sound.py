"""The guided tests of microphone and loudspeaker, each open only while it is tested."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable

from devices.device import Device
from devices.sound.interface import SAMPLE_RATE_HZ, MicrophoneFigures, Sound
from devices.status import DeviceKind
from kiosk.diagnostics.chirp import Chirp
from kiosk.diagnostics.french import decibels, milliseconds
from kiosk.diagnostics.guided.framework import Fault, GuidedStep, Live, ready
from kiosk.diagnostics.rehearsal.limits import ECHO_DB
from kiosk.diagnostics.rehearsal.marked_sound import (
    PIECE_SAMPLES,
    PLAYED_S,
    MarkedSound,
    RoomEcho,
)

SPEECH_DBFS = -45.0
"""A voice at one metre is well above in every microphone that an agent understands."""
SPEECH_S = 0.6
SPEAK_WITHIN_S = 12.0
QUIET_S = 3.0
NOISE_DBFS = -30.0
"""A room louder than this covers a resident's voice."""
FLOOR_DBFS = -60.0
"""The bar's left end; its right end is full scale."""
LOOK_S = 0.1
EVERY_S = 1.5
LIFTED = (
    "Le combiné est décroché : il remplace micro et haut-parleur. Raccrochez-le et recommencez."
)
LISTENS = 3
"""A voice or a slammed door may cover one sweep; a loudspeaker that is not heard covers none."""


class MicrophoneTest:
    """Level, clipping, silence."""

    def __init__(self, sound: Sound, lifted: Callable[[], bool]) -> None:
        """Open nothing yet; `lifted` tells of the handset, whose sound is not what is tested."""
        self._sound = sound
        self._lifted = lifted
        self.steps = (
            GuidedStep(
                "Parlez normalement, à un mètre de la borne, jusqu’à ce que l’étape soit réussie.",
                "Vérifiez que le micro est branché et qu’aucun bouton ne le coupe ; parlez plus "
                "près, et montez son niveau si la barre bouge à peine.",
                self._speech,
            ),
            GuidedStep(
                "Taisez-vous trois secondes : le bruit de la pièce est mesuré.",
                "Éloignez la borne du ventilateur ou de la porte, ou baissez le niveau du micro.",
                self._quiet,
            ),
            GuidedStep(
                "Parlez et taisez-vous : la barre suit-elle votre voix ?",
                "Si elle bouge pour un autre bruit, ce n’est pas le bon micro : voyez [sound] "
                "microphone dans kiosk.toml.",
                self._bar,
                asks_person=True,
            ),
        )

    async def open(self) -> None:
        """Open the sound, as a call does."""
        await self._sound.start(lambda _: None)

    async def close(self) -> None:
        """Close it."""
        await self._sound.stop()

    async def _speech(self, live: Live) -> None:
        await self._ready()
        clock = asyncio.get_running_loop().time
        until, heard_s = clock() + SPEAK_WITHIN_S, 0.0
        while heard_s < SPEECH_S:
            figures = await self._shown(live)
            if figures.level_dbfs > SPEECH_DBFS:
                heard_s += LOOK_S
            if figures.silent:
                raise Fault(
                    "Le micro ne donne rien : il est coupé (un bouton ?), ou débranché au boîtier."
                )
            if clock() > until:
                raise Fault(f"Aucune voix n’a été entendue. {self.steps[0].hint}")
        if self._sound.microphone_figures.clipping:
            raise Fault("Le micro sature : baissez son niveau, ou éloignez-le de la bouche.")

    async def _quiet(self, live: Live) -> None:
        await self._ready()
        looks = range(round(QUIET_S / LOOK_S))
        levels = [(await self._shown(live)).level_dbfs for _ in looks]
        # A cough may not spoil it: the quietest tenth is the room.
        noise = sorted(levels)[len(levels) // 10]
        live.show(("Bruit de la pièce", decibels(noise)), level=_bar(noise))
        if noise > NOISE_DBFS:
            raise Fault(f"La pièce est bruyante ({decibels(noise)}). {self.steps[1].hint}")

    async def _bar(self, live: Live) -> None:
        await self._ready()
        while True:
            await self._shown(live)

    async def _shown(self, live: Live) -> MicrophoneFigures:
        await asyncio.sleep(LOOK_S)
        figures = self._sound.microphone_figures
        shown = [("Niveau", decibels(figures.level_dbfs))]
        if figures.overruns:
            shown.append(("Coupures", str(figures.overruns)))
        live.show(*shown, level=_bar(figures.level_dbfs))
        return figures

    async def _ready(self) -> None:
        hung_up(self._lifted)
        await ready(device_of(self._sound, DeviceKind.MICROPHONE))


class LoudspeakerTest:
    """A sweep that a person hears, and that the microphone hears back."""

    def __init__(self, sound: Sound, lifted: Callable[[], bool]) -> None:
        """Open nothing yet; `lifted` tells of the handset, whose sound is not what is tested."""
        self._sound = MarkedSound(sound)
        self._lifted = lifted
        self.steps = (
            GuidedStep(
                "Écoutez : entendez-vous un son qui monte, clair et sans grésillement ?",
                "Montez le volume, vérifiez que le haut-parleur est allumé et branché ; voyez "
                "[sound] loudspeaker dans kiosk.toml.",
                self._sweeps,
                asks_person=True,
            ),
            GuidedStep(
                "Silence, s’il vous plaît : la borne écoute son propre haut-parleur.",
                "Montez le volume ; le micro et le haut-parleur sont-ils bien ceux de la borne ?",
                self._heard_back,
            ),
            GuidedStep(
                "Silence encore : la borne mesure l’écho qu’entendrait l’agent.",
                "Éloignez le micro du haut-parleur, ou baissez le volume.",
                self._echo,
            ),
        )

    async def open(self) -> None:
        """Open the sound, as a call does."""
        await self._sound.start(lambda _: None)

    async def close(self) -> None:
        """Close it."""
        await self._sound.stop()

    async def _sweeps(self, live: Live) -> None:
        hung_up(self._lifted)
        await ready(device_of(self._sound, DeviceKind.LOUDSPEAKER))
        while True:
            await sweep(self._sound)
            figures = self._sound.loudspeaker_figures
            if figures.device_underruns:
                live.show(("Coupures", str(figures.device_underruns)))
            await asyncio.sleep(EVERY_S)

    async def _heard_back(self, live: Live) -> None:
        await self._both_ready()
        room = await self._listened()
        if room.loop_s is None:
            raise Fault(f"Le micro n’entend pas le haut-parleur. {self.steps[1].hint}")
        live.show(
            ("Affaiblissement", decibels(room.raw_db)),
            ("Délai du haut-parleur au micro", milliseconds(room.loop_s)),
        )

    async def _echo(self, live: Live) -> None:
        await self._both_ready()
        room = await self._listened()
        if room.loop_s is None:
            raise Fault("Le micro n’entend pas le haut-parleur : l’écho ne peut être mesuré.")
        live.show(("Écho restant, au plus", decibels(room.sent_db)))
        if room.sent_db > ECHO_DB:
            raise Fault(f"L’agent s’entendrait ({decibels(room.sent_db)}). {self.steps[2].hint}")

    async def _listened(self) -> RoomEcho:
        for _ in range(LISTENS - 1):
            room = await self._sound.echo()
            if room.loop_s is not None:
                return room
        return await self._sound.echo()

    async def _both_ready(self) -> None:
        hung_up(self._lifted)
        await ready(device_of(self._sound, DeviceKind.LOUDSPEAKER))
        await ready(device_of(self._sound, DeviceKind.MICROPHONE))


def hung_up(lifted: Callable[[], bool]) -> None:
    """Go on only where sound goes through the booth's own devices.

    Raises:
        Fault: the handset is lifted; what it plays and hears says nothing of them.
    """
    if lifted():
        raise Fault(LIFTED)


async def sweep(sound: Sound) -> None:
    """Play one sweep, at the pace at which a call plays."""
    samples = Chirp(PLAYED_S).samples
    clock = asyncio.get_running_loop().time
    due = clock()
    for start in range(0, len(samples), PIECE_SAMPLES):
        sound.play(samples[start : start + PIECE_SAMPLES])
        due += PIECE_SAMPLES / SAMPLE_RATE_HZ
        await asyncio.sleep(max(0.0, due - clock()))


def device_of(sound: Sound, kind: DeviceKind) -> Device:
    """Return the microphone or the loudspeaker itself."""
    return next(device for device in sound.devices if device.kind is kind)


def _bar(level_dbfs: float) -> float:
    return (level_dbfs - FLOOR_DBFS) / -FLOOR_DBFS if math.isfinite(level_dbfs) else 0.0
