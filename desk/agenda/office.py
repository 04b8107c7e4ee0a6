"""One agency's appointments at this gateway: its line, what it knows, what it does by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nats.aio.msg import Msg

from desk.agenda.bookings import Bookings
from desk.agenda.clerk import Clerk
from desk.agenda.comment_box import CommentBox
from desk.agenda.doings import ERRANDS_A_MINUTE, Doings
from desk.agenda.keys import KeyRing
from desk.agenda.rule_book import RuleBook
from desk.agenda.rules import Rules, is_pool
from desk.agenda.slots import agenda
from desk.agenda.teller import Teller, expected
from desk.agenda.waiting_list import WaitingList
from desk.due import Due
from desk.records import OnChange
from kiosk.link.bookings import (
    CALL_BACKS_KEY,
    COMMENTS_KEY,
    RULES_KEY,
    CallBacks,
    Comments,
    Day,
    KeptPerson,
    KeptRules,
    bucket_name,
)
from kiosk.link.entries import AnyMessage
from kiosk.link.errands import Agenda, AppointmentState, Expected
from kiosk.link.line import Line, LineDown, Subscription
from kiosk.link.messages import Ticket
from kiosk.link.store import Bucket

LOOK_S = 5.0
"""Between two looks at what time alone changes: appointments missed, times not confirmed."""
_TRY_AGAIN_S = 0.2
_MOST_TAKEN = 2_000
"""Tickets remembered as dealt with; to deal with one twice changes nothing."""


@dataclass(frozen=True, slots=True)
class OfficePlan:
    """What an office is made with."""

    agency: str
    folder: Path
    zone: ZoneInfo
    on_change: OnChange
    errands_a_minute: int = ERRANDS_A_MINUTE
    clock: Callable[[], float] = field(default=time.time)
    first_rules: Rules = field(default_factory=Rules)
    """What an agency opens that has never had rules."""


class AgendaOffice:
    """All of an agency's appointments; `start` and `close` bound its life."""

    def __init__(self, line: Line, plan: OfficePlan, keys: KeyRing) -> None:
        """`line` is signed in as the agency's desk; whoever made it closes it.

        Raises:
            SettingsError: the copy of the rules in the folder is damaged.
        """
        agency = plan.agency
        self.agency = agency
        self.clock = plan.clock
        self.zone = plan.zone
        self.keys = keys
        self.rules = RuleBook(
            line,
            agency,
            plan.folder / f"agenda-{agency}.json",
            first=plan.first_rules,
            touched=self._touched,
            clock=plan.clock,
        )
        self._line = line
        self._agenda: tuple[object, Agenda] | None = None
        self._changes = 0
        self.bookings = Bookings(
            line,
            agency,
            plan.zone,
            lambda: self.rules.rules,
            plan.on_change,
            touched=self._touched,
            clock=plan.clock,
        )
        self.waiting = WaitingList(
            line, agency, plan.on_change, touched=self._touched, clock=plan.clock
        )
        self.comments = CommentBox(line, agency)
        doings = Doings(
            self.bookings,
            self.waiting,
            self.comments,
            errands_a_minute=plan.errands_a_minute,
        )
        self._clerk = Clerk(line, self.bookings, doings, self.keys)
        self._teller = Teller(line, agency, self.agenda, self._expected)
        self._subscription: Subscription | None = None
        self._end_listening: Callable[[], None] = lambda: None
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._telling = False
        self._told_again = False
        self._taken: set[str] = set()
        self._jobs: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Begin to know, to answer and to tell."""
        self._end_listening = self._line.on_state(self._line_changed)
        name = bucket_name(self.agency)
        self._subscription = await self._line.subscribe(f"live.{name}.*.*", self._hear)
        await self._clerk.start()
        self._task = asyncio.create_task(self._run(), name=f"agenda-{self.agency}")

    async def close(self) -> None:
        """Stop where we are; another gateway, or the next start, goes on from there."""
        end, self._end_listening = self._end_listening, lambda: None
        end()
        for task in (self._task, *self._jobs):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        await self._teller.close()
        await self._clerk.close()
        if self._subscription is not None:
            await self._subscription.close()

    @property
    def known(self) -> bool:
        """Whether what is shown is what the broker has."""
        return self._clerk.open.is_set()

    def agenda(self) -> Agenda:
        """Return what can be booked now; made anew when something, or the minute, changed."""
        now = self.clock()
        stamp = (self._changes, self.rules.rules.version, int(now // 60))
        if self._agenda is None or self._agenda[0] != stamp:
            made = agenda(self.agency, self.rules.rules, self.bookings.day, self.zone, now)
            self._agenda = (stamp, made)
        return self._agenda[1]

    def due(self, appointment: str) -> Due:
        """Return when an appointment begins, as a clock of the agency shows it, and with whom."""
        booking = self.bookings.current(appointment)
        if booking is None:
            return Due()
        at = f"{datetime.fromtimestamp(booking.starts_at, self.zone):%H:%M}"
        return Due(at, "" if is_pool(booking.lane) else booking.lane)

    def taken(self, ticket: Ticket) -> None:
        """Note that an agent has taken a ticket: an appointment honoured, a call-back done."""
        if ticket.ticket in self._taken or (ticket.appointment, ticket.call_back) == (None, None):
            return
        if len(self._taken) >= _MOST_TAKEN:
            self._taken.clear()
        self._taken.add(ticket.ticket)
        job = asyncio.create_task(self._take(ticket), name="agenda-taken")
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)

    async def _take(self, ticket: Ticket) -> None:
        while True:
            try:
                await self._taken_once(ticket)
            except LineDown:
                await asyncio.sleep(_TRY_AGAIN_S)
            else:
                return

    async def _taken_once(self, ticket: Ticket) -> None:
        if ticket.call_back is not None:
            await self.waiting.done(ticket.call_back, ticket.kiosk)
        booking = self.bookings.current(ticket.appointment) if ticket.appointment else None
        if booking is not None:
            # At whatever booth they came; also of one noted as missed: late, but not in vain.
            only = {AppointmentState.BOOKED, AppointmentState.ARRIVED, AppointmentState.MISSED}
            await self.bookings.close(booking.appointment, AppointmentState.HONOURED, only=only)

    def _expected(self) -> dict[str, Expected]:
        if not self.known:
            raise LineDown("not all entries are known")
        ringing = [each for each in self.waiting.waiting if self.waiting.is_ringing(each)]
        return expected(self.agency, self.bookings.all(), ringing, self.clock())

    def _touched(self) -> None:
        self._changes += 1
        if self.known:
            self._teller.soon()

    def _line_changed(self, up: bool) -> None:
        if not up:
            self._clerk.open.clear()
        self._woken.set()

    def _hear(self, stored: Msg) -> None:
        key = stored.subject.removeprefix(f"live.{bucket_name(self.agency)}.")
        match key.partition(".")[0]:
            case "day":
                self._hear_as(Day, key, stored, lambda m, r: self.bookings.hear(key, m, r))
            case "person":
                self._hear_as(
                    KeptPerson, key, stored, lambda m, _: self.bookings.persons.hear(key, m)
                )
            case _ if key == RULES_KEY:
                self._hear_as(KeptRules, key, stored, self.rules.hear)
            case _ if key == CALL_BACKS_KEY:
                self._hear_as(CallBacks, key, stored, self.waiting.hear)
            case _ if key == COMMENTS_KEY:
                self._hear_as(Comments, key, stored, self.comments.hear)

    def _hear_as(
        self,
        kind: type[AnyMessage],
        key: str,
        stored: Msg,
        take: Callable[[AnyMessage | None, int], None],
    ) -> None:
        entry = Bucket(self._line, bucket_name(self.agency), kind).read(key, stored)
        if entry is None:
            return
        if entry.message is None and not entry.deleted:
            # As good as out of reach: what a newer gateway says there is not for us to guess.
            self._line_changed(False)
            return
        take(entry.message, entry.revision)

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            pause = LOOK_S
            try:
                await self._look()
            except LineDown:
                pause = _TRY_AGAIN_S if self._line.up else LOOK_S
            try:
                async with asyncio.timeout(pause):
                    await self._woken.wait()
            except TimeoutError:
                pass  # The usual turn.

    async def _look(self) -> None:
        """See everything again after an outage; then what time has brought."""
        if not self._line.up:
            return
        if not self.known:
            await self.rules.load()
            await self.bookings.load()
            await self.waiting.load()
            await self.comments.load()
            # Woken meanwhile: the line was away, or an entry came that cannot be read.
            if not self._woken.is_set():
                self._clerk.open.set()
                if not self._telling:
                    self._telling = True
                    self._teller.start()
        await self.bookings.tidy()
        await self.waiting.tidy()
        if not self._told_again:
            await self.bookings.recover()
            self._told_again = True
