"""What an agency is told once the resident has gone on: above all, what they left half done."""

from __future__ import annotations

import asyncio

import structlog

from kiosk.appointments.ports import Desks
from kiosk.link.errands import (
    HOLD_S,
    Book,
    Cancel,
    CheckIn,
    ErrandAnswer,
    ErrandBody,
    WithdrawCallBack,
)
from kiosk.link.line import LineDown
from kiosk.visit.tasks import Tasks

#: Seconds between two tries while the agency does not answer.
_TRY_AGAIN_S = 2.0
#: What is given back at once; more would be a fault, and the desk lets unconfirmed times go itself.
_MOST = 20
#: Seconds that `close` waits for what it cancels.
_CLOSE_S = 1.0

_log = structlog.get_logger(__name__)


class GivingBack:
    """Asks until the agency has answered; knows numbers and times, nothing of a person."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._tasks = Tasks(self._failed)
        self._pending = 0

    @property
    def pending(self) -> int:
        """How many things have not been given back yet."""
        return self._pending

    def held(self, agency: str, appointment: str) -> None:
        """A time that was held and not confirmed."""
        self._start(agency, Cancel(appointment=appointment))

    def asked(self, agency: str, errand: str, book: Book) -> None:
        """A time that was asked for without an answer: it may be held all the same."""
        self._start(agency, book, errand)

    def call_back(self, agency: str, errand: str) -> None:
        """A call-back that is not wanted any more, or that the screen said was not left."""
        self._start(agency, WithdrawCallBack(call_back=errand))

    def arrived(self, agency: str, appointment: str) -> None:
        """The resident was let in on their pass alone, while the agency was not heard."""
        self._start(agency, CheckIn(appointment=appointment))

    async def close(self) -> None:
        """The booth stops: what is left runs out at the desk."""
        await self._tasks.stop(_CLOSE_S)

    def _start(self, agency: str, body: ErrandBody, errand: str | None = None) -> None:
        if self._pending >= _MOST:
            _log.warning("left to run out at the desk", count=self._pending)
            return
        self._pending += 1
        task = self._tasks.start(self._settle(agency, body, errand), "giving-back")
        task.add_done_callback(self._settled)

    async def _settle(self, agency: str, body: ErrandBody, errand: str | None) -> None:
        try:
            async with asyncio.timeout(HOLD_S):
                answer = await self._ask(agency, body, errand)
                if isinstance(body, Book) and answer.appointment is not None:
                    number = answer.appointment.appointment
                    await self._ask(agency, Cancel(appointment=number), None)
        except TimeoutError:
            _log.info("left to run out at the desk", count=1)

    async def _ask(self, agency: str, body: ErrandBody, errand: str | None) -> ErrandAnswer:
        while True:
            try:
                return await self._desks.ask(agency, body, errand=errand)
            except LineDown:
                await asyncio.sleep(_TRY_AGAIN_S)

    def _settled(self, _task: asyncio.Task[None]) -> None:
        self._pending -= 1

    def _failed(self, error: BaseException) -> None:
        _log.error("giving back failed", exc_info=error)
