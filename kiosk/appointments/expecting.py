"""Who is expected at this booth: the next appointment, and the call-back that rings."""

from __future__ import annotations

import asyncio
import math
from datetime import timedelta

from kiosk.appointments.means import Means
from kiosk.appointments.verdicts import LATE
from kiosk.appointments.view import ExpectedView, RingView
from kiosk.appointments.words import local
from kiosk.directory.words import clock
from kiosk.link.errands import Expected

#: Seconds between two looks at the clock: a minute told is at most this old.
_LOOK_EVERY_S = 5.0
#: Seconds after which a call is over of which nobody said so: an agency rings for a minute, and
#: that it gave up is not heard while the line is down.
_LONGEST_RING_S = 90.0


class Expecting:
    """Follows what the agencies tell; rings until somebody answers or the agent gives up."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._declined: set[str] = set()
        self._told: tuple[ExpectedView, RingView | None] = (ExpectedView(), None)
        self._rung = ""
        self._rung_since = 0.0
        self._task: asyncio.Task[None] | None = None

    @property
    def view(self) -> ExpectedView:
        """The next appointment, as of now."""
        now, late = self._means.clock().timestamp(), LATE.total_seconds()
        coming = [
            (start, its.agency)
            for its in self._means.desks.expected()
            for start in its.starts
            if start + late > now and its.agency in self._means.site.agencies
        ]
        if not coming:
            return ExpectedView()
        start, agency = min(coming)
        words, settings = self._means.site.agencies[agency], self._means.site.settings
        minutes = max(0, math.ceil((start - now) / timedelta(minutes=1).total_seconds()))
        return ExpectedView(
            agency_name=words.name,
            starts=clock(local(start, words.zone).time()),
            minutes=minutes,
            kept=settings.keep_booth and minutes <= settings.keep_minutes,
        )

    @property
    def ring(self) -> RingView | None:
        """The agency that calls back now, unless it was told that nobody here is meant."""
        calling = self._calling()
        if calling is None:
            return None
        words = self._means.site.agencies[calling.agency]
        return RingView(words.name, calling.agent_name)

    def start(self) -> None:
        """Begin to follow the clock."""
        self._task = asyncio.create_task(self._follow(), name="expecting")

    async def close(self) -> None:
        """Follow it no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def look(self) -> None:
        """The agencies told something, or time went by: ring, stop ringing, tell the screen."""
        now = asyncio.get_running_loop().time()
        calling = self._calling()
        number = calling.calling if calling is not None else None
        if number is not None and number != self._rung:
            self._rung, self._rung_since = number, now
        elif number is not None and now > self._rung_since + _LONGEST_RING_S:
            self._declined.add(number)
            number = None
        if number is not None:
            # Again each time: the booth may have been in use.
            self._means.turns.rang()
        elif self._rung:
            self._rung = ""
            self._means.turns.ring_over()
        self._declined &= {its.calling for its in self._means.desks.expected() if its.calling}
        told = (self.view, self.ring)
        if told != self._told:
            self._told = told
            self._means.changed()

    def answer(self) -> None:
        """« Répondre »."""
        calling = self._calling()
        if calling is not None and calling.calling is not None:
            self._rung = ""
            self._declined.add(calling.calling)
            self._means.turns.ring_answered(calling.agency, calling.calling)

    def decline(self) -> None:
        """« Ce n'est pas pour moi »: it does not ring again for this call."""
        calling = self._calling()
        if calling is not None and calling.calling is not None:
            self._declined.add(calling.calling)
        self.look()

    def _calling(self) -> Expected | None:
        return next(
            (
                its
                for its in self._means.desks.expected()
                if its.calling is not None
                and its.calling not in self._declined
                and its.agency in self._means.site.agencies
            ),
            None,
        )

    async def _follow(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(_LOOK_EVERY_S)
