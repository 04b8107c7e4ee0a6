"""The booth's side of errands: asks until it is answered, and follows what agencies tell."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import aclosing, suppress
from pathlib import Path

from kiosk.link.boards import Boards
from kiosk.link.entries import AnyMessage, Change
from kiosk.link.errands import Agenda, Errand, ErrandAnswer, ErrandBody, Expected
from kiosk.link.kept_keys import KeptKeys
from kiosk.link.line import Line, LineDown
from kiosk.link.messages import AgencyKeys, new_ticket_id
from kiosk.link.store import Bucket, KeyExists

#: Seconds in which an errand must be answered: long for a resident, and a broker restarts in less.
ANSWER_S = 10.0
#: Seconds that an errand outlives its booth: what nobody waits for is not done.
ERRAND_TTL_S = 4
#: Seconds between two tellings of an errand, which is how a desk that has just started hears it.
_TELL_EVERY_S = 1.0
#: Seconds until the next try when the broker did not answer.
_TRY_AGAIN_S = 0.2
#: Seconds for taking an answered errand away; it runs out by itself.
_CLEAR_S = 2.0


class BoothDesks:
    """`kiosk.appointments.ports.Desks` over the line, in the name of one booth."""

    def __init__(
        self,
        line: Line,
        kiosk: str,
        place_name: str,
        agencies: Iterable[str],
        boards: Boards,
        keys_file: Path,
        on_change: Callable[[], None] | None = None,
    ) -> None:
        """`keys_file` is private to the booth; `on_change` is called on the loop with any news."""
        self._line = line
        self._kiosk = kiosk
        self._place_name = place_name
        self._known = tuple(agencies)
        self._boards = boards
        self._keys = KeptKeys(keys_file)
        self._on_change = on_change
        self._errands = Bucket(line, "errands", Errand)
        self._answers = Bucket(line, "answers", ErrandAnswer)
        self._agendas: dict[str, Agenda] = {}
        self._expected: dict[str, Expected] = {}
        self._watchers: list[asyncio.Task[None]] = []
        self._clearing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to follow agendas, keys and who is expected."""
        self._boards.listen(self._learn_all)
        self._watchers = [
            asyncio.create_task(self._watch_agendas(), name="agendas"),
            asyncio.create_task(self._watch_expected(), name="expected"),
        ]

    async def close(self) -> None:
        """Follow nothing more; what is being cleared away runs out by itself."""
        tasks = [*self._watchers, *self._clearing]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def agencies(self) -> tuple[str, ...]:
        """Those whose desk is heard from now."""
        heard = self._boards.latest if self._line.up else {}
        return tuple(agency for agency in self._known if agency in heard)

    def agenda(self, agency: str) -> Agenda | None:
        """What can be booked there, as last told; None when nothing was."""
        return self._agendas.get(agency)

    def expected(self) -> tuple[Expected, ...]:
        """Who is expected at this booth, agency by agency."""
        return tuple(self._expected.values())

    def keys(self, agency: str) -> AgencyKeys | None:
        """Its public keys, as last told: also from before this start, without the line."""
        self._learn(agency)
        return self._keys.get(agency)

    async def ask(
        self, agency: str, body: ErrandBody, *, errand: str | None = None
    ) -> ErrandAnswer:
        """Ask until it is answered; with `errand` the same question as before, done once.

        Raises:
            LineDown: not answered within 10 s; it may have been done all the same, and asking
                again under the same `errand` tells.
        """
        asked = Errand(
            errand=errand or new_ticket_id(),
            agency=agency,
            kiosk=self._kiosk,
            place_name=self._place_name,
            asked_at=time.time(),
            body=body,
        )
        key = f"{agency}.{self._kiosk}.{asked.errand}"
        try:
            async with asyncio.timeout(ANSWER_S):
                return await self._answer_to(key, asked)
        except TimeoutError:
            raise LineDown("the agency does not answer") from None
        finally:
            self._clear(key)

    async def _answer_to(self, key: str, asked: Errand) -> ErrandAnswer:
        heard: asyncio.Future[ErrandAnswer] = asyncio.get_running_loop().create_future()
        watcher = asyncio.create_task(self._watch_answer(key, heard), name="answer")
        try:
            while True:
                pause = _TELL_EVERY_S
                try:
                    # Told again with the time it has left: a desk that was away hears it now.
                    await self._errands.keep(key, asked, ERRAND_TTL_S)
                except LineDown:
                    pause = _TRY_AGAIN_S
                await asyncio.wait({heard}, timeout=pause)
                if heard.done():
                    return heard.result()
        finally:
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)

    async def _watch_answer(self, key: str, heard: asyncio.Future[ErrandAnswer]) -> None:
        async with aclosing(self._answers.watch(key, present=(key,))) as changes:
            async for change in changes:
                if isinstance(change, Change) and change.message is not None and not heard.done():
                    heard.set_result(change.message)

    def _clear(self, key: str) -> None:
        """Take the errand away in the background: nobody waits for its answer any more."""
        task = asyncio.create_task(self._delete(key), name="errand-clear")
        self._clearing.add(task)
        task.add_done_callback(self._clearing.discard)

    async def _delete(self, key: str) -> None:
        with suppress(LineDown, KeyExists, TimeoutError):
            async with asyncio.timeout(_CLEAR_S):
                await self._errands.delete(key)

    async def _watch_agendas(self) -> None:
        bucket = Bucket(self._line, "agendas", Agenda)
        async with aclosing(bucket.watch("*", present=self._known)) as changes:
            async for change in changes:
                if isinstance(change, Change):
                    _take(self._agendas, change.key, change.message)
                    self._changed()

    async def _watch_expected(self) -> None:
        bucket = Bucket(self._line, "expected", Expected)
        present = tuple(f"{agency}.{self._kiosk}" for agency in self._known)
        async with aclosing(bucket.watch(f"*.{self._kiosk}", present=present)) as changes:
            async for change in changes:
                if isinstance(change, Change):
                    _take(self._expected, change.key.partition(".")[0], change.message)
                    self._changed()

    def _learn_all(self) -> None:
        for agency in self._known:
            self._learn(agency)

    def _learn(self, agency: str) -> None:
        board = self._boards.board(agency)
        if board is not None and board.keys is not None:
            self._keys.learn(agency, board.keys)

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change()


def _take(into: dict[str, AnyMessage], agency: str, told: AnyMessage | None) -> None:
    if told is None:
        into.pop(agency, None)
    else:
        into[agency] = told
