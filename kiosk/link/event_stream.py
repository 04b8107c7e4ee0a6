"""Sends events from the outbox into stream `EVENTS`, each stored once however often it is sent."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable
from typing import Final

from kiosk.link.events import Event
from kiosk.link.line import Line, LineDown
from kiosk.link.messages import encode
from kiosk.link.outbox import Letter, Outbox
from kiosk.log import get_logger

#: Events on their way at the same time: what waited during an outage of days is sent in a minute
#: over a line of 80 ms, and a booth's line still has room for a call.
_IN_FLIGHT: Final = 32

#: Seconds from a failure to the next attempt, at first and at most.
_RETRY_S: Final = (0.5, 60.0)

_log = get_logger(__name__)


def letter_of(event: Event) -> Letter:
    """Return an event as it is put into an outbox."""
    return Letter(event.event, encode(event))


class EventSender:
    """Empties an outbox into the stream as long as it runs; `start` and `close` bound its life.

    The broker drops an event that it has stored within its duplicate window, by the message id;
    whoever reads the stream counts each number once, so also one that comes again after that.
    """

    def __init__(
        self,
        line: Line,
        outbox: Outbox,
        subject: str,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`subject`: `booth_events` or `desk_events`; `clock` gives Unix seconds."""
        self._line = line
        self._outbox = outbox
        self._subject = subject
        self._clock = clock
        self._wake = asyncio.Event()
        self._last_reason = ""
        self._task: asyncio.Task[None] | None = None
        self._endings: tuple[Callable[[], None], ...] = ()

    def start(self) -> None:
        """Begin to send what is there and what will be put."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            loop.call_soon_threadsafe(self._wake.set)

        self._endings = (
            self._outbox.on_put(wake),
            self._line.on_state(lambda _up: self._wake.set()),
        )
        self._task = asyncio.create_task(self._keep_sending(), name="event-sender")

    async def close(self) -> None:
        """Stop; what has not arrived stays in the outbox."""
        for end in self._endings:
            end()
        self._endings = ()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _keep_sending(self) -> None:
        shortest, longest = _RETRY_S
        wait_s = shortest
        while True:
            self._wake.clear()
            try:
                letters = await self._outbox.due(self._clock(), _IN_FLIGHT)
                if not letters:
                    await self._wake.wait()
                    continue
                failed = not await self._send_all(letters)
            except sqlite3.Error as error:
                self._explain(str(error))
                failed = True
            except Exception:  # noqa: BLE001
                # Events wait on disk: whatever went wrong, they are tried again.
                _log.exception("event sender failed")
                failed = True
            if failed:
                await self._pause(wait_s)
            wait_s = min(2 * wait_s, longest) if failed else shortest

    async def _pause(self, seconds: float) -> None:
        """Wait so long, but without a line only until it is up or something happens."""
        if self._line.up:
            await asyncio.sleep(seconds)
        else:
            await self._wake.wait()

    async def _send_all(self, letters: list[Letter]) -> bool:
        arrived = await asyncio.gather(*(self._send(letter) for letter in letters))
        stored = [letter.id for letter, there in zip(letters, arrived, strict=True) if there]
        await self._outbox.done(stored)
        return all(arrived)

    async def _send(self, letter: Letter) -> bool:
        """Return whether the broker has it on disk."""
        try:
            answer = await self._line.request(
                self._subject, letter.payload, {"Nats-Msg-Id": letter.id}
            )
            stored = json.loads(answer.data)
        except (LineDown, ValueError) as error:
            # A line that is down has said so itself.
            if self._line.up:
                self._explain(str(error))
            return False
        match stored:
            case {"seq": int()}:
                self._last_reason = ""
                return True
            case {"error": {"description": str() as reason}}:
                self._explain(reason)
            case _:
                self._explain("no reason given")
        return False

    def _explain(self, reason: str) -> None:
        if reason != self._last_reason:
            self._last_reason = reason
            _log.warning("events wait in the outbox", reason=reason)
