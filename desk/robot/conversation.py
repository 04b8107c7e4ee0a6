"""What the robot types, gives and shows in a call, and at whose word."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine

from aiortc import RTCDataChannel

from desk.robot.lane import RobotLane, join
from desk.robot.papers import DepositParcel, RobotPapers
from desk.robot.show import RobotShow
from desk.robot.text import RobotText
from desk.robot.writing import Writing
from kiosk.link import papers, show, text
from kiosk.link.rehearsal import PREFIX, Ask, Heard, asked, telling

SHARE_S = 10.0
"""A window is shared for this long: long enough to be looked at, short enough to be waited for."""


class Conversation:
    """The lanes of one call, across its connections; lives on the loop."""

    def __init__(
        self,
        rehearse: Callable[[Ask], None],
        share: Callable[[bool], None],
        deposit: DepositParcel,
    ) -> None:
        """`rehearse` what a booth in rehearsal asks for; `share` a window, or no longer."""
        self._rehearse = rehearse
        self._share = share
        own = RobotText(self._read)
        self._writing = Writing(own)
        self._papers = RobotPapers(deposit)
        self._show = RobotShow()
        self._lanes: dict[str, RobotLane] = {
            text.LABEL: own,
            papers.LABEL: self._papers,
            show.LABEL: self._show,
        }
        self._sharing: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._spawn(self._writing.run())

    @property
    def sharing(self) -> bool:
        """Whether a window is shared now."""
        return self._sharing is not None and not self._sharing.done()

    def use(self, channel: RTCDataChannel) -> None:
        """A channel of the booth's is open."""
        lane = self._lanes.get(channel.label)
        if lane is not None:
            join(channel, lane)

    def report(self, heard: Heard) -> None:
        """Tell a booth in rehearsal what has come."""
        self._writing.write(telling(heard), by_keys=False)

    def parcel_taken(self, parcel: str) -> None:
        """The gateway says that somebody has fetched what was deposited."""
        self._papers.taken(parcel)

    def close(self) -> None:
        """Write, deposit and show nothing more."""
        self._papers.close()
        for task in self._tasks:
            task.cancel()

    def _read(self, line: str) -> None:
        """A booth in rehearsal asks; a person is told what a robot can tell."""
        what = asked(line)
        if what is not None:
            self._rehearse(what)
            return
        if line.startswith(PREFIX):
            return
        self._writing.write(f"Vous avez écrit : {line}")
        match line.strip().casefold():
            case "document":
                self._papers.give()
            case "partage" if not self.sharing:
                self._sharing = self._spawn(self._shown())

    async def _shown(self) -> None:
        self._share(True)
        try:
            await self._show.point(SHARE_S)
        finally:
            self._share(False)

    def _spawn(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
