"""Boards and buckets as a booth sees them."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from kiosk.link.boards import Boards
from kiosk.link.desk_side import PRESENCE_TTL_S, AgencyDesk
from kiosk.link.entries import Change, Snapshot
from kiosk.link.line import LineDown
from kiosk.link.messages import Board, Presence
from kiosk.link.queues import BoothQueues
from kiosk.link.store import Bucket, KeyExists
from tests.link.conftest import Connect, RawConnect
from tests.link.waiting import until

CAF = Board(agency="caf", available=2, busy=1)


async def test_boards_come_change_and_go(connect: Connect) -> None:
    line, changes = await connect("kiosk-mairie-a"), list[Board | None]()
    desk = AgencyDesk(await connect("desk-caf"), "caf")
    desk.start()
    desk.set_board(CAF)
    boards = Boards(line, ["caf", "cpam"], lambda: changes.append(boards.board("caf")))
    boards.start()
    await until(lambda: boards.board("caf") == CAF, 3)
    busy = CAF.model_copy(update={"available": 0, "queue": ("a" * 32,)})
    desk.set_board(busy)
    await until(lambda: dict(boards.latest) == {"caf": busy}, 0.5)
    await desk.close()
    await until(lambda: boards.board("caf") is None, PRESENCE_TTL_S + 2)
    assert changes == [CAF, busy, None]
    await boards.close()


async def test_a_booth_joins_a_queue(connect: Connect) -> None:
    line = await connect("kiosk-mairie-a")
    boards = Boards(line)
    queues = BoothQueues(line, boards, "mairie-a", "Ici")
    place = await queues.join("caf")
    assert queues.board("caf") is None
    assert place.message.kiosk == "mairie-a"
    await place.leave()


async def test_entries_are_made_once_and_kept_on_condition(connect: Connect) -> None:
    bucket = Bucket(await connect("desk-caf"), "boards", Board)
    revision = await bucket.create("caf", CAF, 5)
    with pytest.raises(KeyExists):
        await bucket.create("caf", CAF, 5)
    later = await bucket.keep("caf", CAF, 5, last=revision)
    with pytest.raises(KeyExists):
        await bucket.keep("caf", CAF, 5, last=revision)
    with pytest.raises(KeyExists):
        await bucket.delete("caf", last=revision)
    await bucket.delete("caf", last=later)
    entry = await bucket.get("caf")
    assert entry is not None
    assert entry.deleted
    assert await bucket.create("caf", CAF, 5) > later


@pytest.mark.expects_log("broker refused")
async def test_what_the_broker_forbids_is_a_line_down(connect: Connect) -> None:
    foreign = Bucket(await connect("desk-caf"), "boards", Board)
    with pytest.raises(LineDown):
        await foreign.create("cpam", Board(agency="cpam", available=0, busy=0), 5)


async def test_too_large_an_entry_is_refused(connect: Connect, raw: RawConnect) -> None:
    bucket = Bucket(await connect("desk-caf"), "presence", Presence)
    desk = await raw("desk-caf")
    answer = await desk.request("$KV.presence.caf.alice", b"x" * 3_000)
    assert b"error" in answer.data
    assert await bucket.get("caf.alice") is None


@pytest.mark.expects_log("entry dropped")
async def test_rubbish_never_reaches_a_watcher(connect: Connect, raw: RawConnect) -> None:
    """Not on the way in, not instead of a good entry, and an entry without end is not believed."""
    bucket = Bucket(await connect("kiosk-mairie-a"), "boards", Board)
    desk = await raw("desk-caf")
    await desk.request("$KV.boards.caf", b"rubbish")
    told: list[Change[Board] | Snapshot] = []

    async def note() -> None:
        async with aclosing(bucket.watch("*", present=("caf",))) as changes:
            async for change in changes:
                told.append(change)  # noqa: PERF401  (it never ends)

    task = asyncio.create_task(note())
    await until(lambda: told == [Snapshot()])
    good = Bucket(await connect("desk-caf"), "boards", Board)
    revision = await good.keep("caf", CAF, 1)
    await desk.request("$KV.boards.caf", b'{"v":1}', headers={"Nats-TTL": "never"})
    await until(lambda: len(told) == 3)
    assert told[1:] == [Change("caf", CAF, revision), Change("caf", None, revision)]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
