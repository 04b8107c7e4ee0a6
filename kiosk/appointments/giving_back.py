"""Giving back to an agency what a resident left half done, after they have gone."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from kiosk.appointments.ports import Desks
from kiosk.link.errands import HOLD_S, Book, Cancel, ErrandBody, WithdrawCallBack
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
        self._start(self._ask(agency, Cancel(appointment=appointment)))

    def asked(self, agency: str, errand: str, book: Book) -> None:
        """A time that was asked for without an answer: it may be held all the same."""
        self._start(self._learn_and_cancel(agency, errand, book))

    def call_back(self, agency: str, errand: str) -> None:
        """A call-back that is not wanted any more, or that the screen said was not left."""
        self._start(self._ask(agency, WithdrawCallBack(call_back=errand)))

    async def close(self) -> None:
        """The booth stops: what is left runs out at the desk."""
        await self._tasks.stop(_CLOSE_S)

    def _start(self, work: Coroutine[Any, Any, object]) -> None:
        if self._pending >= _MOST:
            work.close()
            _log.warning("left to run out at the desk", count=self._pending)
            return
        self._pending += 1
        self._tasks.start(self._bounded(work), "giving-back")

    async def _bounded(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            async with asyncio.timeout(HOLD_S):
                await work
        except TimeoutError:
            _log.info("left to run out at the desk", count=1)
        finally:
            self._pending -= 1
            work.close()

    async def _ask(self, agency: str, body: ErrandBody, errand: str | None = None) -> str | None:
        """Ask until there is an answer; the number of the appointment it names, if any."""
        while True:
            try:
                answer = await self._desks.ask(agency, body, errand=errand)
            except LineDown:
                await asyncio.sleep(_TRY_AGAIN_S)
                continue
            return answer.appointment.appointment if answer.appointment is not None else None

    async def _learn_and_cancel(self, agency: str, errand: str, book: Book) -> None:
        appointment = await self._ask(agency, book, errand)
        if appointment is not None:
            await self._ask(agency, Cancel(appointment=appointment))

    def _failed(self, error: BaseException) -> None:
        _log.error("giving back failed", exc_info=error)
