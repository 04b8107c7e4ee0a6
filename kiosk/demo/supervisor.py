"""Starts the parts in order, keeps them running, and ends them all."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.demo.notices import Notices
from kiosk.demo.process import Guard, Process

#: Seconds before a part that died is started again: at once is worth a try, a part that cannot
#: live must not keep a core busy.
BACKOFF_S = (0.2, 0.5, 1.0, 2.0, 5.0)
#: Seconds of life after which a part is taken for healthy, and the backoff begins anew.
HEALTHY_AFTER_S = 20.0
#: A part that ended this often before it was ever ready will not be.
START_TRIES = 2
#: Seconds for one part to become ready on a slow machine with cold disks.
READY_WITHIN_S = 60.0
#: Seconds for the parts to end by themselves; the promise for all of it is 3.
STOP_WITHIN_S = 1.5
#: A part says with this exit code that its settings or arguments are wrong: no restart mends that.
EXIT_USAGE = 2


class PartFailed(Exception):
    """A part cannot be started; the message says which, and why as far as is known."""


@dataclass(frozen=True)
class Part:
    """What to run, and under which name."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass
class _Running:
    part: Part
    notices: Notices
    process: Process | None = None
    task: asyncio.Task[None] | None = None
    last_code: int = 0
    was_ready: bool = False


class Supervisor:
    """Owns the life of every part; `on_ready` is called whenever one is up (again)."""

    def __init__(
        self,
        guard: Guard,
        say: Callable[[str, str], None],
        on_ready: Callable[[], None] = lambda: None,
    ) -> None:
        """Tell `say(part, line)` what parts print, and under `demo` what becomes of them."""
        self._guard = guard
        self._say = say
        self._on_ready = on_ready
        self._running: dict[str, _Running] = {}

    def begin(self, part: Part) -> None:
        """Start a part; it is kept running from now on."""
        running = _Running(part, Notices())
        running.task = asyncio.create_task(self._keep(running))
        self._running[part.name] = running

    async def ready(self, name: str) -> None:
        """Wait until a part that was begun says that it is ready.

        Raises:
            PartFailed: it was not in time, or never will be.
        """
        running = self._running[name]
        if running.task is None:
            raise PartFailed(f"the {name} was not begun")
        ready = asyncio.create_task(running.notices.ready.wait())
        try:
            await asyncio.wait(
                (ready, running.task), timeout=READY_WITHIN_S, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            ready.cancel()
        if running.task.done():
            raise PartFailed(f"the {name} does not start ({_words(running.last_code)}); see above")
        if not running.notices.ready.is_set():
            raise PartFailed(f"the {name} was not ready within {READY_WITHIN_S:g} s")

    def pid(self, name: str) -> int | None:
        """Return the process number of a part, None while it is down."""
        running = self._running.get(name)
        return running.process.pid if running and running.process else None

    def status(self, name: str) -> str:
        """Return what the part last said of itself."""
        return self._running[name].notices.status

    async def stop(self) -> None:
        """End every part, all at the same time."""
        tasks = [running.task for running in self._running.values() if running.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for running in self._running.values():
            running.notices.close()
        self._running.clear()

    async def _keep(self, running: _Running) -> None:
        name = running.part.name
        deaths = 0
        while True:
            started = time.monotonic()
            running.last_code = await self._run_once(running)
            why = _words(running.last_code)
            if time.monotonic() - started > HEALTHY_AFTER_S:
                deaths = 0
            if running.last_code == EXIT_USAGE or (not running.was_ready and deaths == START_TRIES):
                self._say("demo", f"the {name} ended ({why}) and is not started again")
                return
            delay = BACKOFF_S[min(deaths, len(BACKOFF_S) - 1)]
            deaths += 1
            self._say("demo", f"the {name} ended ({why}); starting it again in {delay:g} s")
            await asyncio.sleep(delay)

    async def _run_once(self, running: _Running) -> int:
        part, notices = running.part, running.notices
        notices.reset()
        running.process = await Process.start(
            part.command,
            {**part.environment, "NOTIFY_SOCKET": notices.address},
            self._guard,
            lambda line: self._say(part.name, line),
        )
        announcing = asyncio.create_task(self._announce(running))
        try:
            return await running.process.wait()
        except asyncio.CancelledError:
            await running.process.stop(STOP_WITHIN_S)
            raise
        finally:
            announcing.cancel()
            running.process = None

    async def _announce(self, running: _Running) -> None:
        await running.notices.ready.wait()
        running.was_ready = True
        self._on_ready()


def _words(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
