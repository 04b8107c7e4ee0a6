"""Lives one visit with its resident: from the end of the queue until they have left."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from kiosk.calls.lane import Lane
from kiosk.calls.sinks import Sinks
from kiosk.calls.status import CallStatus
from kiosk.directory.waiting import estimate, position
from kiosk.link.messages import Claim, EndReason
from kiosk.visit.machine import VisitMachine
from kiosk.visit.ports import CallMaker, Place, Queues, VisitCall
from kiosk.visit.snapshot import CallView, EndedView, WaitingView
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
        sinks: Sinks,
        lanes: Sequence[Lane],
        on_agent: Callable[[bool], None],
        on_change: Callable[[], None],
    ) -> None:
        """Call `on_change` whenever `visit` has changed, `on_agent` as a call begins and ends.

        Every call of the visit carries `lanes`.
        """
        self._visit = visit
        self._machine = machine
        self._queues = queues
        self._rehearse = rehearse
        self._make_call = make_call
        self._sinks = sinks
        self._lanes = lanes
        self._on_agent = on_agent
        self._on_change = on_change
        self._place: Place | None = None
        self._call: VisitCall | None = None
        self._without_sound_s = 0
        self.gave_up = False
        """Whether the agency knows that this visit's place in its queue is gone."""

    async def live(self) -> None:
        """Try the devices, wait, talk, and stay until cancelled.

        Leaves the queue and closes the call however it is left.
        """
        await self._rehearse()
        self._machine.devices_tried()
        self._place = await self._queues.join(
            self._visit.agency,
            appointment=self._visit.appointment,
            call_back=self._visit.call_back,
        )
        try:
            self.look_at_queue()
            self._on_change()
            ended = None
            while ended is None:
                claim = await self._place.claimed()
                self._machine.agent_answered()
                ended = await self._talk(self._place, claim)
            self._visit.ended, self._visit.call = ended, CallView()
            await self._place.linger()
            self._machine.call_over()
            await asyncio.Event().wait()
        finally:
            self.gave_up = await self._place.leave()

    def look_at_queue(self) -> None:
        """Read the resident's position and likely wait from the agency's board into the visit."""
        if self._place is None:
            return
        board = self._queues.board(self._visit.agency)
        ahead = position(board, self._place.ticket)
        came_for = self._visit.appointment or self._visit.call_back
        self._visit.waiting = WaitingView(
            position=None if came_for else ahead,
            estimate_min=None if came_for else estimate(board, ahead),
            closing=board is not None and board.closing,
            nobody=board is not None and board.available + board.busy == 0,
            arrived=came_for is not None,
        )

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

    async def _talk(self, place: Place, claim: Claim) -> EndedView | None:
        """Talk with the agent of `claim`; None when they withdrew before anything was heard."""
        self._visit.call = replace(self._visit.call, agent_name=claim.agent_name)
        self._on_change()
        await place.talk(claim.agent)
        self._call = self._make_call(
            self._visit.agency,
            place.ticket,
            sinks=self._sinks,
            lanes=self._lanes,
            on_change=self._hear,
        )
        self._on_agent(True)
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
            self._on_agent(False)
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
