"""Counts while booths, desks and the broker are killed, and judges the sums: exactly once.

    python -m bench.events --runs 300 --seed 1

Each run is one `kill -9` of one process at a random moment, and its start anew. What a booth's disk
had confirmed, and what a desk had booked, must be in the stream; nothing may be there twice, and
nothing that nobody meant. Loopback; a broker for each thirty runs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import asdict, dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from bench.events_child import Child, booking, hush, live
from desk.records import event_number
from kiosk.link.broker import Broker
from kiosk.link.broker_child import BrokerError
from kiosk.link.broker_rights import STATS_USER
from kiosk.link.line import Line
from kiosk.statistics.reading import EventReader

BOOTHS: Final = ("mairie-a", "poste-b", "gare-c", "poste-d")
DESKS: Final = ("caf", "cpam")

#: Runs with one broker's folder.
RUNS_OF_A_ROUND: Final = 30
#: Seconds that a child lives at most: from before its line is up to some hundred events.
_LONGEST_S: Final = 1.5
#: Runs between two of the broker, at least and at most; and seconds after the last of them.
_BROKER_EVERY: Final = (1, 3)
_BROKER_S: Final = 0.3
#: Seconds between two looks at what other processes do.
_LOOK_S: Final = 0.02
#: Seconds for a child to begin, and for what is left to arrive: a busy machine's.
_PATIENCE_S: Final = 60.0

#: One process has loaded what children need, and forks each: a start takes no processor time.
_FORKS: Final = get_context("forkserver")
_LOADED: Final = ["bench.events_child"]


@dataclass(slots=True)
class Sums:
    """What came of it."""

    kills: dict[str, int] = field(default_factory=dict)
    """Of `booth`, `desk` and `broker`."""
    certain: int = 0
    """Events on disk with a booth, or booked at a desk."""
    doubtful: int = 0
    """Events that a booth meant to count when it was killed: they may be there, once."""
    stored: int = 0
    """Events in the stream."""
    lost: int = 0
    twice: int = 0
    """Stored more than once by the broker, or given more than once by the reader."""
    strangers: int = 0
    """In the stream, and nobody meant to count them."""
    seconds: float = 0.0

    @property
    def runs(self) -> int:
        """How many processes were killed."""
        return sum(self.kills.values())

    def killed(self, role: str) -> None:
        """Count one more run."""
        self.kills[role] = self.kills.get(role, 0) + 1

    @property
    def agree(self) -> bool:
        """Whether each was counted once."""
        return not (self.lost or self.twice or self.strangers)


@dataclass(frozen=True, slots=True)
class _Stats:
    url: str
    password: str
    user: str = STATS_USER
    ca_file: None = None


class _Round:
    """Some runs with one broker."""

    def __init__(self, broker: Broker, folder: Path, dice: random.Random, sums: Sums) -> None:
        self._broker = broker
        self._dice = dice
        self._sums = sums
        names = [("booth", booth) for booth in BOOTHS] + [("desk", desk) for desk in DESKS]
        children = [Child(role, name, broker.url, "", str(folder)) for role, name in names]
        self._children = [
            replace(child, password=broker.credentials[child.user]) for child in children
        ]

    async def rage(self, runs: int) -> None:
        """Kill so often, then let everything arrive and judge."""
        until = self._sums.runs + runs
        async with asyncio.TaskGroup() as group:
            for child in self._children:
                group.create_task(self._live_and_die(child, until))
            group.create_task(self._break_broker(until))
        await self._drain()
        await self._judge()

    async def _live_and_die(self, child: Child, until: int) -> None:
        while self._sums.runs < until:
            async with _started(child) as told:
                await _hear(told, "begun")
                await asyncio.sleep(self._dice.uniform(0, _LONGEST_S))
                if self._sums.runs < until:
                    self._sums.killed(child.role)

    async def _break_broker(self, until: int) -> None:
        while self._sums.runs < until:
            due = self._sums.runs + self._dice.randint(*_BROKER_EVERY)
            while self._sums.runs < min(due, until):  # noqa: ASYNC110 - counted by others.
                await asyncio.sleep(_LOOK_S)
            await asyncio.sleep(self._dice.uniform(0, _BROKER_S))
            if self._sums.runs >= until:
                return
            self._sums.killed("broker")
            if self._broker.pid is not None:
                os.kill(self._broker.pid, 9)
            await self._broker.wait()
            await self._broker.stop()
            # As a service manager does, where a busy machine takes too long.
            while self._broker.pid is None:
                with suppress(BrokerError):
                    await self._broker.start()

    async def _drain(self) -> None:
        """Return when no outbox has a letter left."""
        await asyncio.gather(*(_drained(replace(child, drain=True)) for child in self._children))

    async def _judge(self) -> None:
        meant: set[str] = set()
        certain: set[str] = set()
        for child in self._children:
            for mark, number in child.told():
                desk = child.role == "desk"
                counted = event_number(booking(child.name, number)) if desk else number
                meant.add(counted)
                if desk or mark == "!":
                    certain.add(counted)
        stored, twice = await _stored(self._broker)
        self._sums.certain += len(certain)
        self._sums.doubtful += len(meant - certain)
        self._sums.stored += len(stored)
        self._sums.lost += len(certain - stored)
        self._sums.twice += twice
        self._sums.strangers += len(stored - meant)


@asynccontextmanager
async def _started(child: Child) -> AsyncIterator[Connection]:
    """Start a child and give what it tells; kill it in the end as a power cut would."""
    told, tells = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=live, args=(child, tells), daemon=True)
    process.start()
    # The child alone has it now: when it is gone, the pipe ends.
    tells.close()
    try:
        yield told
    finally:
        process.kill()
        process.join()
        told.close()


async def _hear(told: Connection, word: str) -> None:
    """Wait until a child says `word`.

    Raises:
        EOFError: it ended by itself.
    """
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            while not told.poll():  # noqa: ASYNC110 - another process.
                await asyncio.sleep(_LOOK_S)
            if told.recv() == word:
                return


async def _drained(child: Child) -> None:
    async with _started(child) as told:
        await _hear(told, "told")
        async with asyncio.timeout(_PATIENCE_S):
            while _waiting(child.outbox):  # noqa: ASYNC110 - another process.
                await asyncio.sleep(_LOOK_S)


def _waiting(outbox: Path) -> int:
    """Return how many letters are in a file that another process opens, or has open."""
    with closing(sqlite3.connect(outbox)) as database, suppress(sqlite3.OperationalError):
        count: int = database.execute("SELECT count(*) FROM letters").fetchone()[0]
        return count
    return 1


async def _stored(broker: Broker) -> tuple[set[str], int]:
    """Return the numbers of events in the stream, and how many there are too many."""
    line = await Line.connect(_Stats(broker.url, broker.credentials[STATS_USER]))
    try:
        reader = EventReader(line)
        numbers = [event.event async for event in reader.events()]
    finally:
        await line.close()
    known = set(numbers)
    # What is no event at all is certainly none that was meant.
    known.update(f"malformed {number}" for number in range(reader.malformed))
    return known, reader.again + len(numbers) - len(set(numbers))


def _ignore(_sums: Sums) -> None:
    """Hear of a round and say nothing."""


async def rage(runs: int, seed: int, on_round: Callable[[Sums], None] = _ignore) -> Sums:
    """Count and kill; return what the stream and the ledgers say, after each round too."""
    dice = random.Random(seed)
    sums = Sums()
    begun = time.monotonic()
    while sums.runs < runs:
        with tempfile.TemporaryDirectory(prefix="visio-guichet-events-") as name:
            folder = Path(name)
            broker = Broker(folder / "broker", DESKS, BOOTHS, port=0)
            await broker.start()
            try:
                round_ = _Round(broker, folder, dice, sums)
                await round_.rage(min(RUNS_OF_A_ROUND, runs - sums.runs))
            finally:
                await broker.stop()
        sums.seconds = round(time.monotonic() - begun, 1)
        on_round(sums)
    return sums


def _tell(sums: Sums) -> None:
    print(json.dumps({"runs": sums.runs} | asdict(sums)), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the sums as JSON after each round; exit status 1 where they do not agree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    hush()
    _FORKS.set_forkserver_preload(_LOADED)
    sums = asyncio.run(rage(options.runs, options.seed, _tell))
    return 0 if sums.agree else 1


if __name__ == "__main__":
    sys.exit(main())
