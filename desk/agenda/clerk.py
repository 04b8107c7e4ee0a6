"""Answers the booths' errands: each is done once and answered truly, however often it is asked.

What makes it so: an errand's number decides the number of what it makes, every change can tell
that it was done before, and of several gateways' answers the first that the broker has is the one.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from nats.aio.msg import Msg

from desk.agenda.bookings import Bookings, appointment_number
from desk.agenda.doings import Doings
from desk.agenda.keys import KeyRing
from kiosk.link.bookings import Booking
from kiosk.link.errands import (
    Appointment,
    AppointmentState,
    Book,
    Errand,
    ErrandAnswer,
    Outcome,
)
from kiosk.link.line import Line, LineDown, Subscription
from kiosk.link.store import Bucket, KeyExists
from kiosk.log import get_logger

ANSWER_TTL_S = 180
"""A booth asks again for 10 s, and may come back to an errand after its line was away."""
WORKERS = 8
"""Errands done at once: each waits for the broker a few times."""
_MOST_WAITING = 2_000
_MOST_REMEMBERED = 4_000

_log = get_logger(__name__)


class Clerk:
    """Hears errands from `start` to `close`; does none before `open` is set."""

    def __init__(self, line: Line, bookings: Bookings, doings: Doings, keys: KeyRing) -> None:
        self.open = asyncio.Event()
        """Set while what the bookings know is what the broker has."""
        self._line = line
        self._agency = bookings.agency
        self._bookings = bookings
        self._doings = doings
        self._keys = keys
        self._errands = Bucket(line, "errands", Errand)
        self._answers = Bucket(line, "answers", ErrandAnswer)
        self._queue: asyncio.Queue[Errand] = asyncio.Queue(_MOST_WAITING)
        self._under_way: set[str] = set()
        self._done: OrderedDict[str, ErrandAnswer] = OrderedDict()
        self._subscription: Subscription | None = None
        self._workers: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to listen."""
        pattern = self._errands.live_subject(f"{self._agency}.*.*")
        self._subscription = await self._line.subscribe(pattern, self._hear)
        self._workers = [
            asyncio.create_task(self._work(), name=f"clerk-{self._agency}") for _ in range(WORKERS)
        ]

    async def close(self) -> None:
        """Stop where we are: who has no answer asks again."""
        if self._subscription is not None:
            await self._subscription.close()
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    def _hear(self, stored: Msg) -> None:
        key = stored.subject.removeprefix(self._errands.live_subject(""))
        entry = self._errands.read(key, stored)
        errand = entry.message if entry else None
        if errand is None or errand.key in self._under_way or self._queue.full():
            return
        self._under_way.add(errand.key)
        self._queue.put_nowait(errand)

    async def _work(self) -> None:
        while True:
            errand = await self._queue.get()
            await self.open.wait()
            try:
                await self.answer(errand)
            except LineDown:
                _log.info("errand not done", reason="no line")
            except Exception:  # noqa: BLE001
                # Whatever one errand does to us, the others are answered.
                _log.exception("errand failed")
            finally:
                self._under_way.discard(errand.key)

    async def answer(self, errand: Errand) -> ErrandAnswer:
        """Do an errand, unless it was done, and say what came of it.

        Raises:
            LineDown: not known; it is asked again.
        """
        told = self._done.get(errand.key)
        if told is None:
            entry = await self._answers.get(errand.key)
            told = entry.message if entry else None
        if told is not None:
            # Again, for a booth that was away when it was said first.
            await self._answers.keep(errand.key, told, ANSWER_TTL_S)
            return told
        outcome, booking = await self._doings.do(errand)
        answer = self._said(errand, outcome, booking)
        try:
            await self._answers.create(errand.key, answer, ANSWER_TTL_S)
        except KeyExists:
            answer = await self._overruled(errand, answer)
        self._remember(errand.key, answer)
        return answer

    async def _overruled(self, errand: Errand, ours: ErrandAnswer) -> ErrandAnswer:
        """Give way to another gateway, which has answered first."""
        entry = await self._answers.get(errand.key)
        if entry is None or entry.message is None:
            raise LineDown("an answer came and went")
        theirs = entry.message
        booked = isinstance(errand.body, Book) and ours.appointment is not None
        if booked and ours.outcome is Outcome.DONE and theirs.outcome is not Outcome.DONE:
            # They have been told that they have none.
            number = appointment_number(self._agency, errand.kiosk, errand.errand)
            await self._bookings.close(number, AppointmentState.CANCELLED, errand.errand)
        return theirs

    def _said(self, errand: Errand, outcome: Outcome, booking: Booking | None) -> ErrandAnswer:
        told = None
        if booking is not None:
            day = self._bookings.day_of(booking)
            told = Appointment(
                appointment=booking.appointment,
                agency=self._agency,
                subject_name=day.subjects.get(booking.subject, ""),
                starts_at=booking.starts_at,
                minutes=booking.minutes,
                kiosk=booking.kiosk,
                place_name=day.places.get(booking.kiosk, ""),
                code=booking.code,
                pass_text=self._keys.pass_of(self._agency, booking),
                state=booking.state,
            )
        return ErrandAnswer(errand=errand.errand, outcome=outcome, appointment=told)

    def _remember(self, key: str, answer: ErrandAnswer) -> None:
        self._done[key] = answer
        while len(self._done) > _MOST_REMEMBERED:
            self._done.popitem(last=False)
