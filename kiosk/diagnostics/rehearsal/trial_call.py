"""A call to the robot agent as a resident's call is made, and what is seen and written in it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from devices.picture import Picture
from kiosk.calls.call import Call
from kiosk.calls.sinks import Sinks
from kiosk.calls.status import CallStatus
from kiosk.calls.text import RealTimeText
from kiosk.diagnostics.rehearsal.marked_camera import MarkedCamera, age_s
from kiosk.diagnostics.rehearsal.marked_sound import MarkedSound
from kiosk.diagnostics.steps import Unfit
from kiosk.hardware import Devices
from kiosk.link.line import Line, LineDown
from kiosk.link.messages import EndReason
from kiosk.link.rehearsal import Ask, FrameCount, Heard, asking, told
from kiosk.link.signals import SignalChannel
from kiosk.link.tickets import OwnTicket
from kiosk.settings.booth import KioskSettings

FIRST_PICTURE_WITHIN_S = 20.0
REPLY_WITHIN_S = 6.0
"""A written message and its answer, the channel's own opening before the first included; how quick
it is to be is judged apart."""
CLOSE_WITHIN_S = 6.0
"""A call ends in far less; a camera that hangs must not keep the technician."""
_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Reply:
    """What the robot answered, and how long that took."""

    heard: Heard
    after_s: float


class TrialCall:
    """Joins, talks, hangs up; lives on the loop, but for the pictures."""

    def __init__(self, settings: KioskSettings, line: Line, devices: Devices, agency: str) -> None:
        """Nothing is open yet."""
        self._settings = settings
        self._line = line
        self._agency = agency
        self._camera = MarkedCamera(devices.camera)
        self.sound = MarkedSound(devices.sound)
        self.pictures = FrameCount()
        """Of the robot, as they come."""
        self.ages: list[float] | None = None
        """Once it is a list: how long ago each picture that came had been captured, seconds."""
        self._place: OwnTicket | None = None
        self._call: Call | None = None
        self._running: asyncio.Task[EndReason] | None = None
        self._reply: asyncio.Future[Heard] | None = None
        self._text = RealTimeText(self._read)
        self._read_lines = 0
        self._way = asyncio.Event()
        self._owed = 0
        """Answers that are still to come; the last of them is the one that is waited for."""
        self._claimed_at = 0.0

    @property
    def status(self) -> CallStatus:
        """The call's own figures."""
        return CallStatus() if self._call is None else self._call.status

    @property
    def path(self) -> str:
        """The candidate pair in use."""
        return "" if self._call is None else self._call.path

    async def join(self, within_s: float) -> float:
        """Take a place in the queue and begin the call once claimed; return the wait in seconds.

        Raises:
            Unfit: the line is down, or nobody answers.
        """
        booth = self._settings.booth
        begun = time.monotonic()
        try:
            async with asyncio.timeout(within_s):
                self._place = await OwnTicket.open(
                    self._line, self._agency, booth.id, booth.place_name
                )
                claim = await self._place.claimed()
        except LineDown:
            raise Unfit("La liaison avec le serveur est coupée : faites le test réseau.") from None
        except TimeoutError:
            raise Unfit(
                f"Personne ne répond pour « {self._agency} » : le robot d’essai "
                "(visio-guichet robot) est-il en marche ?"
            ) from None
        self._claimed_at = time.monotonic()
        await self._place.talk(claim.agent)
        self._running = asyncio.create_task(self._talk(self._place), name="rehearsal call")
        return self._claimed_at - begun

    async def first_picture(self) -> float:
        """Wait for it; return the seconds since the robot answered.

        Raises:
            Unfit: none comes.
        """
        try:
            async with asyncio.timeout(FIRST_PICTURE_WITHIN_S):
                while self.pictures.frames == 0:
                    self._check()
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            raise Unfit(
                "Le robot a répondu, mais aucune image ne vient : faites le test réseau."
            ) from None
        return time.monotonic() - self._claimed_at

    async def ask(self, what: Ask) -> Reply:
        """Write to the robot, and wait for its answer.

        Raises:
            Unfit: no answer: a person may have picked up.
        """
        self._check()
        self._reply = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(REPLY_WITHIN_S):
                begun = await self._write(asking(what))
                self._owed += 1
                return Reply(await self._reply, time.monotonic() - begun)
        except TimeoutError:
            raise Unfit(
                "Pas de réponse écrite : ce n’est pas le robot d’essai qui a décroché, ou sa "
                "version est trop ancienne."
            ) from None
        finally:
            self._reply = None

    async def close(self) -> None:
        """Hang up and leave the queue; when this returns camera and sound are closed."""
        if self._call is not None:
            await self._call.hang_up()
        if self._running is not None:
            await asyncio.wait((self._running,), timeout=CLOSE_WITHIN_S)
            self._running.cancel()
            await asyncio.wait((self._running,))
        if self._place is not None:
            await self._place.leave()
        self._call, self._place = None, None

    async def _talk(self, place: OwnTicket) -> EndReason:
        channel = SignalChannel(
            self._line, self._agency, self._settings.booth.id, place.ticket, "booth"
        )
        self._call = Call(
            channel,
            self._camera,
            self.sound,
            self._settings.call,
            Sinks(agent=self._seen),
            lambda _: None,
            lanes=(self._text,),
        )
        async with channel:
            return await self._call.run()

    def _seen(self, picture: Picture) -> None:
        self.pictures.add(time.monotonic())
        if self.ages is not None and (age := age_s(picture)) is not None:
            self.ages.append(age)

    async def _write(self, text: str) -> float:
        """Write as soon as there is a way, and return when that was (monotonic seconds)."""
        await self._way.wait()  # The channel opens a moment after the first picture.
        begun = time.monotonic()
        self._text.type(text)
        self._text.end()
        return begun

    def _read(self) -> None:
        if self._text.connected:
            self._way.set()
        ended = [line.text for line in self._text.lines if line.ended and not line.own]
        for text in ended[self._read_lines :]:
            self._take(text)
        self._read_lines = len(ended)

    def _take(self, text: str) -> None:
        heard = told(text)
        if heard is None:
            return
        self._owed = max(0, self._owed - 1)
        if self._owed == 0 and self._reply is not None and not self._reply.done():
            self._reply.set_result(heard)

    def _check(self) -> None:
        if self._running is not None and self._running.done():
            raise Unfit("L’appel s’est interrompu.")
