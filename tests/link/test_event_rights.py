"""Who may count what, and who may read it: booths and desks their own, `stats` all of it."""

from __future__ import annotations

import json

import pytest

from kiosk.link.broker import Broker
from kiosk.link.broker_rights import STATS_USER
from kiosk.link.event_stream import letter_of
from kiosk.link.events import STREAM, Event, EventKind, booth_events, desk_events, new_event_id
from kiosk.statistics.reading import EventReader
from tests.link.conftest import Connect, RawConnect

READ = f"$JS.API.DIRECT.GET.{STREAM}"


def event(kind: EventKind = EventKind.STARTED, **told: str) -> Event:
    where = {"agency": "caf", "kiosk": "mairie-a"} | told
    return Event(event=new_event_id(), kind=kind, hour=500_000, **where)


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        ("kiosk-mairie-a", booth_events("poste-b")),
        ("kiosk-mairie-a", desk_events("caf")),
        ("desk-caf", desk_events("cpam")),
        ("desk-caf", booth_events("mairie-a")),
        (STATS_USER, booth_events("mairie-a")),
        (STATS_USER, desk_events("caf")),
    ],
)
async def test_nobody_counts_for_another(raw: RawConnect, user: str, subject: str) -> None:
    assert await (await raw(user)).refused(subject, letter_of(event()).payload)


@pytest.mark.parametrize("user", ["kiosk-mairie-a", "desk-caf"])
async def test_who_counts_does_not_read(raw: RawConnect, user: str) -> None:
    client = await raw(user)
    assert await client.refused(READ, b'{"seq":1}')
    assert await client.refused(f"$JS.API.STREAM.MSG.GET.{STREAM}", b'{"seq":1}')
    assert await client.refused(f"$JS.API.STREAM.INFO.{STREAM}", b"{}")


@pytest.mark.parametrize(
    "subject",
    [
        "$KV.tickets.caf.mairie-a." + "0" * 32,
        "$JS.API.DIRECT.GET.KV_tickets",
        "$JS.API.DIRECT.GET.KV_bookings-caf",
        f"$JS.API.STREAM.DELETE.{STREAM}",
        f"$JS.API.STREAM.PURGE.{STREAM}",
        f"$JS.API.STREAM.MSG.DELETE.{STREAM}",
        f"$JS.API.CONSUMER.CREATE.{STREAM}",
        "$JS.API.INFO",
    ],
)
async def test_who_reads_does_nothing_else(raw: RawConnect, subject: str) -> None:
    assert await (await raw(STATS_USER)).refused(subject, b"{}")


async def test_who_reads_hears_nobody(raw: RawConnect) -> None:
    client = await raw(STATS_USER)
    client.complaints.clear()
    for subject in ("live.tickets.>", "live.boards.>", "events.>"):
        await client.subscribe(subject)
    await client.barrier()
    assert len([each for each in client.complaints if "subscription" in each.lower()]) == 3


async def test_what_is_not_its_senders_to_tell_is_not_counted(
    broker: Broker, raw: RawConnect, connect: Connect
) -> None:
    """The subject is the broker's word; what stands in an event is its sender's."""
    booth, desk = await raw("kiosk-mairie-a"), await raw("desk-caf")
    genuine = [event(), event(EventKind.HONOURED)]
    foreign = [event(kiosk="poste-b"), event(EventKind.HONOURED), event(EventKind.MISSED)]
    wrong = [b"", b"{}", b"\xff" * 100, b"[" * 900]
    for payload in (*(letter_of(each).payload for each in (genuine[0], *foreign)), *wrong):
        assert "seq" in json.loads((await booth.request("events.booth.mairie-a", payload)).data)
    for each in (genuine[1], event(), event(EventKind.BOOKED, agency="cpam")):
        await desk.request("events.desk.caf", letter_of(each).payload)
    reader = EventReader(await connect(STATS_USER))
    assert [each async for each in reader.events()] == genuine
    assert (reader.malformed, reader.again) == (len(foreign) + len(wrong) + 2, 0)


async def test_one_that_was_stored_twice_is_given_once(raw: RawConnect, connect: Connect) -> None:
    """As after an outage longer than the broker's own memory of message ids."""
    booth, told = await raw("kiosk-mairie-a"), event()
    for _ in range(2):
        await booth.request("events.booth.mairie-a", letter_of(told).payload)
    reader = EventReader(await connect(STATS_USER))
    assert [each async for each in reader.events()] == [told]
    assert reader.again == 1


async def test_the_broker_knows_a_message_again(raw: RawConnect) -> None:
    booth, letter = await raw("kiosk-mairie-a"), letter_of(event())
    said = [
        json.loads(
            (
                await booth.request(
                    "events.booth.mairie-a", letter.payload, headers={"Nats-Msg-Id": letter.id}
                )
            ).data
        )
        for _ in range(2)
    ]
    assert [each.get("duplicate", False) for each in said] == [False, True]


async def test_an_event_larger_than_any_is_refused(raw: RawConnect) -> None:
    answer = await (await raw("kiosk-mairie-a")).request("events.booth.mairie-a", b"x" * 1_100)
    assert "error" in json.loads(answer.data)
