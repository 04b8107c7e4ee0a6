"""An agent's side in Python for the tests of calls, with signalling that a test can bend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import cache

from desk.robot.call import RobotCall
from desk.robot.media import looking_away
from desk.robot.speech import packets
from kiosk.link.messages import Answer, Bye, Candidate, EndReason, Offer, Ready, SignalBody

PAGE = "0123456789abcdef"


@cache
def speech() -> tuple[bytes, ...]:
    """What every such agent says."""
    return tuple(packets(None))


class PythonAgent:
    """The desk's side of one ticket: it is the call's `Signals`."""

    def __init__(self) -> None:
        self._away = looking_away()
        self._away.__enter__()
        self.sent: list[SignalBody] = []
        self.bend: Callable[[Answer], Answer | None] = lambda answer: answer
        """What becomes of an answer on its way; None loses it."""
        self.line_up = True
        self._to_booth: asyncio.Queue[SignalBody] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._robot = self._new_robot()

    async def send(self, body: SignalBody) -> bool:
        if not self.line_up:
            return False
        self.sent.append(body)
        match body:
            case Offer():
                self._spawn(self._robot.offer(body))
            case Candidate():
                self._spawn(self._robot.candidate(body))
            case _:
                pass
        return True

    async def __aiter__(self) -> AsyncIterator[SignalBody]:
        while True:
            yield await self._to_booth.get()

    def say(self, body: SignalBody) -> None:
        if self.line_up:
            self._to_booth.put_nowait(body)

    def ready(self, page: str = PAGE) -> None:
        self.say(Ready(page=page))

    def bye(self) -> None:
        self.say(Bye(reason=EndReason.AGENT))

    async def reload(self) -> None:
        """As a page that is loaded again: the old connection is gone, a new page asks."""
        await self._robot.close()
        self._robot = self._new_robot()
        self.ready("fedcba9876543210")

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await self._robot.close()
        self._away.__exit__(None, None, None)

    def _new_robot(self) -> RobotCall:
        return RobotCall("0" * 32, self._answer, speech(), [])

    async def _answer(self, answer: Answer) -> None:
        bent = self.bend(answer)
        if bent is not None:
            self.say(bent)

    def _spawn(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
