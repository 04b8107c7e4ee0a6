"""The composition root: the booth's parts, joined; nothing else knows which part is which.

Start-up, in order: the agencies are read, and what is wrong with them is told before anything
runs; camera and sound are named but stay closed; the line to the agencies is dialled in the
background, because Home must be there even when the network is not; the agencies' boards are
listened to; the reception opens. From then on everything happens because a resident touched the
screen, an agent answered, or a timer ran out. Stopping goes the other way round.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from devices.camera import open_camera
from devices.picture import PictureSink
from devices.sound import open_sound
from kiosk.calls.call import Call
from kiosk.calls.status import CallStatus
from kiosk.directory.agencies import load_agencies
from kiosk.directory.home import HomeTiles
from kiosk.link.boards import Boards
from kiosk.link.line import Line
from kiosk.link.messages import EndReason
from kiosk.link.queues import BoothQueues
from kiosk.link.signals import SignalChannel
from kiosk.settings import KioskSettings
from kiosk.visit.controls import VisitControls
from kiosk.visit.reception import Reception, Times

#: Seconds between two looks at the clock for the tiles: « ouvre à 9 h » must not linger.
CLOCK_S = 10.0


class SignalledCall:
    """A call with the signalling channel that belongs to it, opened and closed together."""

    def __init__(self, channel: SignalChannel, call: Call) -> None:
        """Neither has begun."""
        self._channel = channel
        self._call = call

    async def run(self) -> EndReason:
        """Talk until it ends; camera, sound and channel are released when this returns."""
        async with self._channel:
            return await self._call.run()

    async def hang_up(self) -> None:
        """End the call: `run` returns `EndReason.RESIDENT`."""
        await self._call.hang_up()

    def set_muted(self, muted: bool) -> None:
        """Close or open the microphone."""
        self._call.set_muted(muted)


class Kiosk:
    """One booth. `start` and `stop` belong to the asyncio loop."""

    def __init__(self, settings: KioskSettings) -> None:
        """Join the parts.

        Raises:
            SettingsError: the agencies' file is missing or wrong.
        """
        booth = settings.booth
        self._settings = settings
        agencies = load_agencies(booth.agencies_file)
        self._camera = open_camera(settings.camera.source)
        self._sound = open_sound(
            settings.sound.microphone,
            settings.sound.loudspeaker,
            cache=booth.state_folder.expanduser() / "speech",
        )
        self._line = Line(settings.link)
        self._boards = Boards(self._line, (agency.id for agency in agencies), self._refresh)
        self._home = HomeTiles(
            agencies, self._boards.board, lambda: self._line.up, lambda: datetime.now(UTC)
        )
        self._reception = Reception(
            place_name=booth.place_name,
            tiles=lambda: self._home.tiles,
            line_up=lambda: self._line.up,
            queues=BoothQueues(self._line, self._boards, booth.id, booth.place_name),
            make_call=self._make_call,
            set_volume=self._sound.set_volume,
            times=Times(
                idle_after_s=settings.idle.after_s,
                idle_prompt_s=settings.idle.prompt_s,
                ended_s=settings.idle.ended_s,
            ),
            simulated=self._simulated(),
        )
        self._clock: asyncio.Task[None] | None = None

    @property
    def visit(self) -> VisitControls:
        """What the interface drives and watches."""
        return self._reception

    async def start(self) -> None:
        """Open the booth; Home can be used at once, its tiles say when the line is up."""
        self._line.on_state(lambda _up: self._refresh())
        self._line.start()
        self._boards.start()
        self._clock = asyncio.create_task(self._watch_clock(), name="clock")
        self._refresh()

    async def stop(self) -> None:
        """Close the booth: the visit, then the line."""
        if self._clock is not None:
            self._clock.cancel()
        await self._reception.close()
        await self._boards.close()
        await self._line.close()

    def _refresh(self) -> None:
        self._home.refresh()
        self._reception.refresh()

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(CLOCK_S)
            self._refresh()

    def _make_call(
        self,
        agency: str,
        ticket: str,
        *,
        remote: PictureSink,
        self_view: PictureSink,
        on_change: Callable[[CallStatus], None],
    ) -> SignalledCall:
        channel = SignalChannel(self._line, agency, self._settings.booth.id, ticket, "booth")
        call = Call(
            channel, self._camera, self._sound, self._settings.call, remote, self_view, on_change
        )
        return SignalledCall(channel, call)

    def _simulated(self) -> tuple[str, ...]:
        statuses = {
            "camera": self._camera.status,
            "microphone": self._sound.microphone_status,
            "loudspeaker": self._sound.loudspeaker_status,
        }
        return tuple(name for name, status in statuses.items() if status.simulated)
