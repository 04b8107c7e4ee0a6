"""The rehearsal: a whole test call to the robot agent, measured both ways, step by step."""

from __future__ import annotations

import asyncio
import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.diagnostics.french import decibels, decimal, milliseconds, percent, seconds
from kiosk.diagnostics.ports import Changed
from kiosk.diagnostics.rehearsal import limits
from kiosk.diagnostics.steps import LeftOut, Step, SteppedTest, Unfit
from kiosk.hardware import Devices
from kiosk.link.line import Line
from kiosk.link.rehearsal import Ask, Heard
from kiosk.settings.booth import KioskSettings

if TYPE_CHECKING:
    from kiosk.diagnostics.rehearsal.trial_call import TrialCall

LINE_S = 6.0
ANSWER_S = 15.0
"""A robot lets two seconds go by, as a person does; one that is in another call takes longer."""
WATCH_S = 6.0
SETTLE_S = 1.5
"""From the first picture on: encoders and estimates find their rate."""
ECHO_SETTLE_S = 1.0
SWEEPS = 4
FEWEST_PICTURES = 10
_NO_CALL = "L’appel n’a pas eu lieu."
_NO_ECHO = "Le robot n’a rien renvoyé."


@dataclass(frozen=True, slots=True)
class _Delays:
    """One way, seconds; None where nothing came back."""

    picture: float | None
    sound: float | None


class Rehearsal(SteppedTest):
    """`StepList` of a test call; camera and sound are closed when `run` ends, however it ends."""

    def __init__(
        self, settings: KioskSettings, line: Line, devices: Devices, agency: str = ""
    ) -> None:
        """`agency` is that of the settings where none is named."""
        self._settings = settings
        self._line = line
        self._devices = devices
        self._agency = agency or settings.diagnostics.rehearsal_agency
        self._trial: TrialCall | None = None
        self._talking = False
        self._heard: tuple[Heard, Heard] | None = None
        self._delays: _Delays | None = None
        self._loop_s: float | None = None
        steps = (
            Step("line", "Liaison", LINE_S + 1, self._reach),
            Step("agent", "Réponse du robot", ANSWER_S + 2, self._join),
            Step("first_picture", "Première image", 22, self._first_picture),
            Step("path", "Chemin", 2, self._path),
            Step("picture_in", "Image reçue", WATCH_S + 15, self._watch),
            Step("picture_out", "Image envoyée", 1, self._picture_out),
            Step("loss", "Pertes", 1, self._loss),
            Step("round_trip", "Aller-retour du réseau", 1, self._round_trip),
            Step("written", "Messages écrits", 20, self._written),
            Step("picture_delay", "Délai de l’image", 25, self._picture_delay),
            Step("sound_delay", "Délai du son", 8, self._sound_delay),
            Step("lip_sync", "Accord du son et de l’image", 1, self._lip_sync),
            Step("echo", "Écho", 4, self._echo),
        )
        super().__init__([(step,) for step in steps])

    async def run(self, on_change: Changed) -> None:
        """Call, measure, hang up."""
        # Loaded here: it brings the whole of a call's media with it.
        from kiosk.diagnostics.rehearsal.trial_call import TrialCall  # noqa: PLC0415

        self._trial = TrialCall(self._settings, self._line, self._devices, self._agency)
        self._talking, self._heard, self._delays, self._loop_s = False, None, None, None
        try:
            await super().run(on_change)
        finally:
            closing = asyncio.ensure_future(self._trial.close())
            try:
                await asyncio.shield(closing)
            except asyncio.CancelledError:
                await closing
                raise
            finally:
                self._trial = None

    async def _reach(self) -> str:
        up = asyncio.Event()
        forget = self._line.on_state(lambda is_up: up.set() if is_up else None)
        if self._line.up:
            up.set()
        try:
            async with asyncio.timeout(LINE_S):
                await up.wait()
        except TimeoutError:
            raise Unfit(
                "Le serveur des organismes ne répond pas : faites le test réseau."
            ) from None
        finally:
            forget()
        return "Le serveur des organismes répond."

    async def _join(self) -> str:
        if not self._line.up:
            raise LeftOut("Sans liaison, pas d’appel.")
        waited = await self._call.join(ANSWER_S)
        self._talking = True
        self.note(answer_s=round(waited, 2))
        return f"« {self._agency} » a répondu après {seconds(waited)}."

    async def _first_picture(self) -> str:
        self._need_call()
        try:
            taken = await self._call.first_picture()
        except Unfit:
            self._talking = False
            raise
        self.note(first_picture_s=round(taken, 2))
        return _within(taken, limits.FIRST_PICTURE_S, f"{seconds(taken)} après la réponse")

    async def _path(self) -> str:
        self._need_call()
        self.note(candidate_pair=self._call.path)
        return f"Paire de candidats : {self._call.path}."

    async def _watch(self) -> str:
        """Watch both pictures for a while; the next steps judge what was seen."""
        self._need_call()
        await asyncio.sleep(SETTLE_S)
        seen = self._call.pictures
        before, shown, frozen = (await self._call.ask(Ask.REPORT)).heard, seen.frames, seen.freezes
        await asyncio.sleep(WATCH_S)
        after = (await self._call.ask(Ask.REPORT)).heard
        taken = max(0.1, after.at_s - before.at_s)
        self._heard = before, after
        rate, freezes = (seen.frames - shown) / taken, seen.freezes - frozen
        self.note(received_fps=round(rate, 1), received_freezes=freezes)
        return _picture(rate, freezes)

    async def _picture_out(self) -> str:
        before, after = self._two_reports()
        rate = (after.pictures - before.pictures) / max(0.1, after.at_s - before.at_s)
        freezes = after.freezes - before.freezes
        self.note(sent_fps=round(rate, 1), sent_freezes=freezes)
        return _picture(rate, freezes)

    async def _loss(self) -> str:
        before, after = self._two_reports()
        out = max(0, after.lost - before.lost) / max(1, after.packets - before.packets)
        into = self._call.status.loss
        self.note(received_loss=round(into, 4), sent_loss=round(out, 4))
        words = f"reçu {percent(into)}, envoyé {percent(out)}"
        return _within(max(into, out), limits.LOSS, words)

    async def _round_trip(self) -> str:
        self._need_call()
        trip = self._call.status.round_trip_s
        if trip is None:
            raise Unfit("Le réseau n’a pas donné de mesure (aucun rapport RTCP).")
        self.note(round_trip_ms=round(trip * 1000, 1))
        return _within(trip, limits.ROUND_TRIP_S, milliseconds(trip))

    async def _written(self) -> str:
        self._need_call()
        trips = [(await self._call.ask(Ask.REPORT)).after_s for _ in range(3)]
        trip = statistics.median(trips)
        self.note(written_round_trip_ms=round(trip * 1000, 1))
        return _within(trip, limits.WRITTEN_S, f"aller-retour {milliseconds(trip)}")

    async def _picture_delay(self) -> str:
        """Have everything sent back, and measure picture and sound together."""
        self._need_call()
        call = self._call
        call.sound.alone = True
        await call.ask(Ask.ECHO)
        await asyncio.sleep(ECHO_SETTLE_S)
        call.ages = []
        trips = [await call.sound.there_and_back() for _ in range(SWEEPS)]
        heard = (await call.ask(Ask.SPEAK)).heard
        ages, call.ages = call.ages, None
        sounds = [trip for trip in trips if trip is not None]
        held = heard.picture_held_s, heard.sound_held_s
        self._delays = _Delays(
            _one_way(ages, held[0]) if len(ages) >= FEWEST_PICTURES else None,
            _one_way(sounds, held[1]) if sounds else None,
        )
        if self._delays.picture is None:
            raise Unfit(f"{_NO_ECHO} L’image envoyée est-elle lisible ?")
        delay = self._delays.picture
        self.note(picture_delay_ms=round(delay * 1000, 1))
        words = f"{milliseconds(delay)} de la caméra à l’écran de l’agent"
        return _within(delay, limits.PICTURE_DELAY_S, words)

    async def _sound_delay(self) -> str:
        """Listen to the booth's own loudspeaker: its latency belongs to the sound's way."""
        self._need_call()
        room = await self._call.sound.echo()
        self._loop_s = room.loop_s
        self.note(echo_db=round(room.sent_db, 1))
        if math.isfinite(room.raw_db):
            self.note(room_echo_db=round(room.raw_db, 1))
        if self._delays is None or self._delays.sound is None:
            raise Unfit(f"{_NO_ECHO} Le son passe-t-il ? Voyez le test du microphone.")
        delay = self._delays.sound
        self.note(network_sound_delay_ms=round(delay * 1000, 1))
        if room.loop_s is None:
            words = f"{milliseconds(delay)} sans haut-parleur ni microphone, qui ne s’entendent pas"
        else:
            self.note(sound_devices_ms=round(room.loop_s * 1000, 1))
            delay += room.loop_s
            words = f"{milliseconds(delay)} de la bouche à l’oreille"
        self.note(sound_delay_ms=round(delay * 1000, 1))
        return _within(delay, limits.SOUND_DELAY_S, words)

    async def _lip_sync(self) -> str:
        delays = self._delays
        if delays is None or delays.picture is None or delays.sound is None:
            raise LeftOut(_NO_ECHO)
        # Without the devices of either: exposure and screen can't be measured, and would have to
        # be set against loudspeaker and microphone, which can.
        ahead = delays.picture - delays.sound
        self.note(sound_ahead_ms=round(ahead * 1000, 1))
        who = "le son précède l’image" if ahead > 0 else "l’image précède le son"
        return _within(abs(ahead), limits.LIP_SYNC_S, f"{who} de {milliseconds(abs(ahead))}")

    async def _echo(self) -> str:
        level = self.figures.get("echo_db")
        if not isinstance(level, float):
            raise LeftOut(_NO_CALL)
        if self._loop_s is None:
            raise LeftOut("Le microphone n’entend pas le haut-parleur : aucun écho possible.")
        words = f"Il reste au plus {decibels(level)} de la voix de l’agent"
        if level > limits.ECHO_DB:
            raise Unfit(f"{words} (limite {decibels(limits.ECHO_DB)}).")
        return f"{words}."

    @property
    def _call(self) -> TrialCall:
        if self._trial is None:
            raise LeftOut(_NO_CALL)
        return self._trial

    def _need_call(self) -> None:
        if not self._talking:
            raise LeftOut(_NO_CALL)

    def _two_reports(self) -> tuple[Heard, Heard]:
        if self._heard is None:
            raise LeftOut("Le robot n’a pas dit ce qu’il a reçu.")
        return self._heard


def _one_way(trips: list[float], held_s: float) -> float:
    return max(0.0, statistics.median(trips) - held_s) / 2


def _picture(rate: float, freezes: int) -> str:
    words = f"{decimal(rate)} images par seconde, {freezes} arrêt{'s' if freezes > 1 else ''}"
    if rate < limits.FRAMES_PER_SECOND or freezes > limits.FREEZES:
        raise Unfit(
            f"{words} : il faut {decimal(limits.FRAMES_PER_SECOND, 0)} images par seconde "
            f"et au plus {limits.FREEZES} arrêt."
        )
    return f"{words}."


def _within(value: float, limit: float, words: str) -> str:
    text = f"{words[0].upper()}{words[1:]}"
    if value > limit:
        what = percent(limit) if limit == limits.LOSS else milliseconds(limit)
        raise Unfit(f"{text} : plus que la limite de {what}.")
    return f"{text}."
