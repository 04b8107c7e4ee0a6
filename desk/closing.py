"""Whether an agency is closing, as all its gateways know it: an entry that they share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial

from nats.aio.msg import Msg

from desk.agenda.shared import Shared
from kiosk.link.bookings import CLOSING_KEY, KeptClosing, bucket_name
from kiosk.link.line import Line, LineDown
from kiosk.link.store import Bucket

KEPT_S = 12 * 3_600
"""No agency closes for longer: where no gateway is there to see its queue end."""
_TRY_AGAIN_S = 0.2


class Closing:
    """Kept from `start` to `close`; what is said while the line is down is written after."""

    def __init__(
        self,
        line: Line,
        agency: str,
        on_change: Callable[[], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`line` is signed in as the agency's desk; `on_change` hears of it, on the loop."""
        self._line = line
        self._bucket = Bucket(line, bucket_name(agency), KeptClosing)
        self._on_change = on_change
        self._clock = clock
        self._shared = Shared(
            self._bucket, lambda _: KeptClosing(), lambda _: KEPT_S, lambda _: on_change()
        )
        self._wanted: Callable[[KeptClosing], KeptClosing] | None = None
        self._looked = False
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def now(self) -> bool:
        """Whether those who wait are to be told."""
        return self._shared.get(CLOSING_KEY).closing

    def start(self) -> None:
        """Begin to hear and to say."""
        self._task = asyncio.create_task(self._run(), name="closing")

    async def close(self) -> None:
        """Stop where we are: it stays said."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def say(self, closing: bool) -> None:
        """An agent says that the agency closes, or that it does not."""
        said = KeptClosing(closing=closing, since=self._clock() if closing else 0)
        self._want(lambda _before: said)

    def over(self) -> None:
        """Nobody waits any more who was told; what an agent says meanwhile stays."""
        seen = self._shared.get(CLOSING_KEY)
        if seen.closing and self._wanted is None:
            self._want(lambda before: KeptClosing() if before == seen else before)

    def _want(self, edit: Callable[[KeptClosing], KeptClosing]) -> None:
        self._wanted = edit
        self._woken.set()

    def _hear(self, stored: Msg) -> None:
        entry = self._bucket.read(CLOSING_KEY, stored)
        if entry is not None:
            self._shared.hear(CLOSING_KEY, entry.message, entry.revision)

    def _line_changed(self, up: bool) -> None:
        self._looked = self._looked and up
        self._woken.set()

    async def _run(self) -> None:
        end_listening = self._line.on_state(self._line_changed)
        heard = await self._line.subscribe(self._bucket.live_subject(CLOSING_KEY), self._hear)
        try:
            while True:
                self._woken.clear()
                try:
                    await self._look_and_write()
                except LineDown:
                    if self._line.up:
                        await asyncio.sleep(_TRY_AGAIN_S)
                        continue
                await self._woken.wait()
        finally:
            end_listening()
            await heard.close()

    async def _look_and_write(self) -> None:
        if not self._looked:
            # Before it is asked: should the line go down meanwhile, it is looked at again.
            self._looked = True
            try:
                await self._shared.load([CLOSING_KEY])
            except LineDown:
                self._looked = False
                raise
            self._on_change()
        while (wanted := self._wanted) is not None:
            await self._shared.change(CLOSING_KEY, partial(_edited, edit=wanted))
            if self._wanted is wanted:
                self._wanted = None


def _edited(
    before: KeptClosing, edit: Callable[[KeptClosing], KeptClosing]
) -> tuple[KeptClosing, None]:
    return edit(before), None
