"""Lives one visit with its resident: from the end of the queue to the end of the call."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from devices.picture import PictureSink
from kiosk.calls.status import CallStatus
from kiosk.directory.waiting import estimate, position
from kiosk.link.messages import Claim, EndReason
from kiosk.visit.machine import VisitMachine
from kiosk.visit.ports import CallMaker, Place, Queues, VisitCall
from kiosk.visit.snapshot import CallView, EndedView, WaitingView, WrittenLine
from kiosk.visit.visit import Visit

#: Seconds without an agent before anything was heard: whoever answered is not coming.
CLAIM_GONE_S = 10
#: Seconds without an agent in a call that fell silent: long enough for an agency whose own line
#: went down to come back into it, short for a resident whose agent's farewell was lost.
CLAIM_GONE_IN_CALL_S = 60

#: Seconds without microphone or loudspeaker before writing is offered: a replugged cable is back
#: within three, and whoever was offered the keyboard should not see it taken away again.
SOUND_LOST_S = 5


class Companion:
    """Drives the machine through one visit and keeps the `Visit` told of what happens."""

    def __init__(
        self,
        visit: Visit,
        machine: VisitMachine,
        *,
        queues: Queues,
        rehearse: Callable[[], Awaitable[None]],
        make_call: CallMaker,
        remote: PictureSink,
        self_view: PictureSink,
        on_change: Callable[[], None],
    ) -> None:
        """Call `on_change` whenever `visit` has changed."""
        self._visit = visit
        self._machine = machine
        self._queues = queues
        self._rehearse = rehearse
        self._make_call = make_call
        self._remote = remote
        self._self_view = self_view
        self._on_change = on_change
        self._place: Place | None = None
        self._call: VisitCall | None = None
        self._without_sound_s = 0

    async def live(self) -> None:
        """Try the devices, wait, talk, and end.

        Leaves the queue and closes the call however it is left.
        """
        await self._rehearse()
        self._machine.devices_tried()
        self._place = await self._queues.join(self._visit.agency)
        try:
            self.look_at_queue()
            ended = None
            while ended is None:
                claim = await self._place.claimed()
                self._machine.agent_answered()
                ended = await self._talk(self._place, claim)
            self._visit.ended, self._visit.call = ended, CallView()
            self._machine.call_over()
        finally:
            await self._place.leave()

    def look_at_queue(self) -> None:
        """Read the resident's position and likely wait from the agency's board."""
        if self._place is None:
            return
        board = self._queues.board(self._visit.agency)
        ahead = position(board, self._place.ticket)
        self._visit.waiting = WaitingView(position=ahead, estimate_min=estimate(board, ahead))
        self._on_change()

    async def hang_up(self) -> None:
        """End the call, if there is one."""
        if self._call is not None:
            await self._call.hang_up()

    def set_muted(self, muted: bool) -> None:
        """Close or open the microphone, if there is a call."""
        if self._call is not None:
            self._call.set_muted(muted)
            self._visit.call = replace(self._visit.call, muted=muted)
            self._on_change()

    async def write(self, text: str) -> None:
        """Send a written message, if there is a call to send it in."""
        if self._call is not None and await self._call.write(text):
            self._add_line(WrittenLine(text, own=True))

    def _add_line(self, line: WrittenLine) -> None:
        call = self._visit.call
        self._visit.call = replace(call, written=(*call.written, line), writing=True)
        self._on_change()

    async def _talk(self, place: Place, claim: Claim) -> EndedView | None:
        """Talk with the agent of `claim`; None when they withdrew before anything was heard."""
        self._visit.call = replace(self._visit.call, agent_name=claim.agent_name)
        self._on_change()
        await place.talk(claim.agent)
        self._call = self._make_call(
            self._visit.agency,
            place.ticket,
            remote=self._remote,
            self_view=self._self_view,
            on_change=self._hear,
            on_written=lambda text: self._add_line(WrittenLine(text, own=False)),
        )
        talking = asyncio.ensure_future(self._call.run())
        leaving = asyncio.ensure_future(self._agent_gone(place))
        try:
            await asyncio.wait((talking, leaving), return_when=asyncio.FIRST_COMPLETED)
            reason = talking.result() if talking.done() else EndReason.TIMEOUT
        finally:
            leaving.cancel()
            talking.cancel()
            await asyncio.wait((talking, leaving))
            self._call = None
        since = self._visit.call.connected_at
        if since is None and reason is EndReason.TIMEOUT and place.claim is None:
            await place.talk(None)
            self._machine.agent_withdrew()
            return None
        return EndedView(
            reason=reason, duration_s=None if since is None else round(time.monotonic() - since)
        )

    async def _agent_gone(self, place: Place) -> None:
        """Return once nobody has held the ticket, and nothing was heard, for too long."""
        seconds = 0
        while True:
            await asyncio.sleep(1)
            self._offer_writing()
            call = self._visit.call
            connected = call.connected_at is not None
            silent = call.slowed or not connected
            seconds = seconds + 1 if place.claim is None and silent else 0
            if seconds >= (CLAIM_GONE_IN_CALL_S if connected else CLAIM_GONE_S):
                return

    def _offer_writing(self) -> None:
        """Once a second: whoever can't hear, or can't be heard, may write."""
        call = self._visit.call
        both = call.microphone_working and call.loudspeaker_working
        self._without_sound_s = 0 if both else self._without_sound_s + 1
        if self._without_sound_s == SOUND_LOST_S:
            self._visit.call = replace(call, writing=True)
            self._on_change()

    def _hear(self, status: CallStatus) -> None:
        self._visit.call = replace(
            self._visit.call,
            connected_at=status.connected_at,
            slowed=status.slowed,
            quality=status.quality,
            remote_video=status.remote_video,
            camera_working=status.camera_working,
            microphone_working=status.microphone_working,
            loudspeaker_working=status.loudspeaker_working,
        )
        if status.connected_at is not None:
            self._machine.media_came()
        self._on_change()
