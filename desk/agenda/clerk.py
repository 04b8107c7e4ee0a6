"""Answers the booths' errands: each is done once and answered truly, however often it is asked.

What makes it so: an errand's number decides the number of what it makes, every change can tell
that it was done before, and of several gateways' answers the first that the broker has is the one.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from nats.aio.msg import Msg

from desk.agenda.bookings import Bookings, appointment_number
from desk.agenda.edits import OPEN, refusal
from desk.agenda.keys import KeyRing
from desk.agenda.waiting_list import CommentBox, WaitingList
from desk.agenda.window import Window
from desk.records import AppointmentChange, ChangeKind, OnChange
from kiosk.link.bookings import Booking
from kiosk.link.errands import (
    Appointment,
    AppointmentState,
    AskCallBack,
    Book,
    Cancel,
    CheckIn,
    Comment,
    Errand,
    ErrandAnswer,
    Find,
    Look,
    Outcome,
    TellPerson,
    WithdrawCallBack,
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
_GUESS_S = 300.0
_WRONG_OF_A_BOOTH = 5
_WRONG_OF_AN_AGENCY = 50
"""Within five minutes: at a booth's end of five, ten booths guess together at most."""

_log = get_logger(__name__)

_Result = tuple[Outcome, Booking | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one booth may ask."""

    errands_a_minute: int = 120


class Clerk:
    """Hears errands from `start` to `close`; does none before `open` is set."""

    def __init__(
        self,
        line: Line,
        bookings: Bookings,
        waiting: WaitingList,
        comments: CommentBox,
        keys: KeyRing,
        on_change: OnChange,
        *,
        limits: Limits = Limits(),  # noqa: B008
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.open = asyncio.Event()
        """Set while what the bookings know is what the broker has."""
        self._line = line
        self._agency = bookings.agency
        self._bookings = bookings
        self._waiting = waiting
        self._comments = comments
        self._keys = keys
        self._on_change = on_change
        self._errands = Bucket(line, "errands", Errand)
        self._answers = Bucket(line, "answers", ErrandAnswer)
        self._wrong = Window(_WRONG_OF_A_BOOTH, _GUESS_S, clock)
        self._wrong_in_all = Window(_WRONG_OF_AN_AGENCY, _GUESS_S, clock)
        self._asked = Window(limits.errands_a_minute, 60.0, clock)
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
        outcome, booking = await self._do(errand)
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

    async def _do(self, errand: Errand) -> _Result:
        if self._asked.full(errand.kiosk):
            return Outcome.REFUSED, None
        self._asked.note(errand.kiosk)
        match errand.body:
            case Book() as wish:
                return _told(await self._bookings.book(errand, wish))
            case TellPerson() as told:
                return await self._tell_person(told, errand.kiosk)
            case Find() as question:
                return await self._find(question, errand.kiosk)
            case Look() as question:
                found = self._bookings.find(question.appointment)
                return (Outcome.DONE if found else Outcome.UNKNOWN), found
            case CheckIn() as arrival:
                outcome = await self._bookings.check_in(arrival.appointment, errand.kiosk)
                return outcome, self._bookings.find(arrival.appointment)
            case Cancel() as given_up:
                return _told(
                    await self._bookings.close(
                        given_up.appointment, AppointmentState.CANCELLED, errand.errand
                    ),
                    self._bookings.find(given_up.appointment),
                )
            case AskCallBack() as wish:
                return await self._waiting.ask(errand, wish), None
            case WithdrawCallBack() as withdrawn:
                taken = await self._waiting.take(withdrawn.call_back, errand.kiosk)
                return (Outcome.DONE if taken else Outcome.UNKNOWN), None
            case Comment() as comment:
                number = appointment_number(self._agency, errand.kiosk, errand.errand)
                return await self._comments.put(number, comment.sealed), None
            case other:
                assert_never(other)

    async def _tell_person(self, told: TellPerson, kiosk: str) -> _Result:
        booking = self._bookings.find(told.appointment)
        if booking is None or booking.kiosk != kiosk:
            return Outcome.UNKNOWN, None
        if booking.state not in OPEN:
            return refusal(booking.state), booking
        await self._bookings.persons.keep(booking, told.sealed)
        self._on_change(
            AppointmentChange(
                kind=ChangeKind.PERSON_TOLD,
                appointment=booking.appointment,
                agency=self._agency,
                kiosk=booking.kiosk,
                subject=booking.subject,
                starts_at=booking.starts_at,
                sealed=told.sealed,
            )
        )
        return Outcome.DONE, booking

    async def _find(self, question: Find, kiosk: str) -> _Result:
        if self._wrong.full(kiosk) or self._wrong_in_all.full(self._agency):
            return Outcome.REFUSED, None
        found = await self._bookings.by_code(question.code)
        if found is None:
            self._wrong.note(kiosk)
            self._wrong_in_all.note(self._agency)
            return Outcome.UNKNOWN, None
        return refusal(found.state), found

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


def _told(done: Booking | Outcome, beside: Booking | None = None) -> _Result:
    match done:
        case Outcome():
            return done, beside
        case Booking(state=state) if state in OPEN or state is AppointmentState.CANCELLED:
            given_up = state is AppointmentState.CANCELLED and beside is None
            return (Outcome.CANCELLED if given_up else Outcome.DONE), done
        case Booking():
            return refusal(done.state), done
