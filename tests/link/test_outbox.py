"""Letters stay until they have arrived: across restarts, damage and a full file."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path

import pytest

from kiosk.link.broker import Broker
from kiosk.link.event_stream import EventSender, letter_of
from kiosk.link.events import Event, EventKind, booth_events, new_event_id
from kiosk.link.outbox import Letter, Outbox
from kiosk.statistics.reading import EventReader
from tests.link.conftest import Connect


def event() -> Event:
    return Event(
        event=new_event_id(), kind=EventKind.STARTED, hour=500_000, agency="caf", kiosk="mairie-a"
    )


async def put(outbox: Outbox, *letters: Letter, replacing: str = "") -> int:
    return await asyncio.wrap_future(outbox.put(*letters, replacing=replacing))


async def test_what_was_put_is_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    outbox = Outbox(path)
    assert await put(outbox, Letter("a", b"1"), Letter("b", b"2")) == 2
    assert await put(outbox, Letter("a", b"1")) == 0
    await outbox.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    outbox = Outbox(path)
    assert [letter.id for letter in await outbox.due(0, 9)] == ["a", "b"]
    await outbox.done(["a"])
    assert [letter.id for letter in await outbox.due(0, 9)] == ["b"]
    await outbox.close()


@pytest.mark.expects_log("set aside")
async def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "outbox.sqlite"
    path.write_bytes(b"no database " * 1_000)
    outbox = Outbox(path)
    assert await put(outbox, Letter("a", b"1")) == 1
    await outbox.close()
    assert path.with_name("outbox.sqlite.damaged").exists()


@pytest.mark.expects_log("oldest are dropped")
async def test_the_oldest_make_room(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.sqlite", most=2)
    await put(outbox, *(Letter(name, b"") for name in "abc"))
    assert [letter.id for letter in await outbox.due(0, 9)] == ["b", "c"]
    await outbox.close()


async def test_what_arrived_is_known_again(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.sqlite", remember_s=60)
    await put(outbox, Letter("a", b""))
    await outbox.done(["a"])
    assert await put(outbox, Letter("a", b"")) == 0
    await outbox.close()


async def test_a_later_letter_replaces_and_does_so_once(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.sqlite", remember_s=60)
    await put(outbox, Letter("booked", b""), Letter("old", b"", "x", due=5))
    for _ in range(2):
        await put(outbox, Letter("told", b""), Letter("new", b"", "x", due=5), replacing="x")
    assert [letter.id for letter in await outbox.due(9, 9)] == ["booked", "told", "new"]
    assert await outbox.next_due() == 0
    await outbox.close()


@pytest.mark.expects_log("broker not reached|events wait")
async def test_events_arrive_once_though_the_broker_is_killed(
    broker: Broker, connect: Connect, tmp_path: Path
) -> None:
    line, reading = await connect("kiosk-mairie-a"), await connect("stats")
    outbox = Outbox(tmp_path / "outbox.sqlite")
    sender = EventSender(line, outbox, booth_events("mairie-a"))
    sender.start()
    events = [event() for _ in range(200)]
    for one in events[:100]:
        outbox.put(letter_of(one))
    process = broker._child
    assert process is not None
    process.kill()
    await broker.wait()
    await broker.stop()
    for one in events:  # The first half again: each is counted once.
        outbox.put(letter_of(one))
    await broker.start()
    async with asyncio.timeout(20):
        while await outbox.next_due() is not None or not reading.up:
            await asyncio.sleep(0.01)
    reader = EventReader(reading)
    read = [one.event async for one in reader.events()]
    assert sorted(read) == sorted(one.event for one in events)
    assert (reader.again, reader.malformed) == (0, 0)
    await sender.close()
    await outbox.close()
