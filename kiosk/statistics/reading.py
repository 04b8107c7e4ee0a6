"""Reads stream `EVENTS` without a consumer, and gives each event once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from nats.aio.msg import Msg

from kiosk.link.events import STREAM, Event, EventKind, booth_events, desk_events
from kiosk.link.line import Line, LineDown
from kiosk.link.messages import MalformedMessage, decode

#: Questions on their way at the same time: 18,000 events a second on one machine, and 3,000 over
#: a line of 80 ms.
_IN_FLIGHT: Final = 256

#: Seconds by which a booth's clock may be ahead of the broker's when a day's beginning is sought.
_CLOCKS_APART_S: Final = 86_400

#: What the desk counts; everything else is the booths' to count.
DESK_KINDS: Final = frozenset(
    {
        EventKind.CALLED_BACK,
        EventKind.BOOKED,
        EventKind.MOVED,
        EventKind.CANCELLED,
        EventKind.HONOURED,
        EventKind.MISSED,
    }
)


@dataclass(frozen=True, slots=True)
class _Stored:
    sequence: int
    subject: str
    at: float
    """Unix seconds at which the broker stored it."""
    data: bytes


class EventReader:
    """One reading of the stream, over a line signed in as `stats` or `admin`."""

    def __init__(self, line: Line) -> None:
        self.again = 0
        """Events that were stored twice, and given once."""
        self.malformed = 0
        """Messages that are no event, or not their sender's to tell."""
        self._line = line
        self._seen: dict[str, set[bytes]] = {}

    async def events(self, since: float = 0) -> AsyncIterator[Event]:
        """Yield what was stored up to now, from about `since` (Unix seconds): never later than it.

        Raises:
            LineDown: the broker does not answer.
        """
        last = await self._get({"last_by_subj": "events.>"})
        first = await self._get({"seq": 1, "next_by_subj": "events.>"})
        if first is None or last is None:
            return
        begin = await self._first_after(since - _CLOCKS_APART_S, first, last)
        for start in range(begin, last.sequence + 1, _IN_FLIGHT):
            end = min(start + _IN_FLIGHT, last.sequence + 1)
            asked = (self._get({"seq": sequence}) for sequence in range(start, end))
            for stored in await asyncio.gather(*asked):
                event = self._new(stored) if stored is not None else None
                if event is not None:
                    yield event

    async def _first_after(self, moment: float, first: _Stored, last: _Stored) -> int:
        """Return the sequence from which all is stored at `moment` or later."""
        low, high = first.sequence, last.sequence
        if first.at >= moment:
            return low
        while low < high:
            middle = (low + high) // 2
            stored = await self._get({"seq": middle, "next_by_subj": "events.>"})
            if stored is None or stored.at >= moment:
                high = middle
            else:
                low = middle + 1
        return low

    async def _get(self, question: dict[str, Any]) -> _Stored | None:
        payload = json.dumps(question).encode()
        answer = await self._line.request(f"$JS.API.DIRECT.GET.{STREAM}", payload)
        match (answer.headers or {}).get("Status"):
            case None:
                return _stored(answer)
            case "404":
                return None
            case status:
                raise LineDown(f"broker said {status}")

    def _new(self, stored: _Stored) -> Event | None:
        """Return the event if it is one, its sender's, and not told before."""
        try:
            event = decode(Event, stored.data)
        except MalformedMessage:
            self.malformed += 1
            return None
        desk = event.kind in DESK_KINDS
        if stored.subject != (desk_events(event.agency) if desk else booth_events(event.kiosk)):
            self.malformed += 1
            return None
        seen = self._seen.setdefault(stored.subject, set())
        number = bytes.fromhex(event.event)
        if number in seen:
            self.again += 1
            return None
        seen.add(number)
        return event


def _stored(answer: Msg) -> _Stored:
    """Return a message of the stream with what the broker says of it.

    Raises:
        LineDown: the answer is not a broker's.
    """
    headers = answer.headers or {}
    try:
        # Of the nine digits after the point, datetime knows six.
        at = datetime.fromisoformat(headers["Nats-Time-Stamp"][:19]).replace(tzinfo=UTC)
        sequence = int(headers["Nats-Sequence"])
        return _Stored(sequence, headers["Nats-Subject"], at.timestamp(), answer.data)
    except (KeyError, ValueError) as error:
        raise LineDown("not an answer of a stream") from error
