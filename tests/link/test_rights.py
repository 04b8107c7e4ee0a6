"""What a user of the broker can do with a plain client: their own things, and nothing else."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

import pytest
from nats import errors
from nats.aio.msg import Msg

from kiosk.link.broker import Broker
from kiosk.link.keys import TicketKey
from kiosk.link.messages import Board, Bye, Claim, EndReason, Signal, Ticket, encode
from tests.link.conftest import RawClient, RawConnect

TICKET = "0" * 31 + "1"
OWN = TicketKey("caf", "mairie-a", TICKET)
FOREIGN = TicketKey("cpam", "poste-b", "0" * 31 + "2")


def ticket(key: TicketKey) -> bytes:
    return encode(
        Ticket(ticket=key.ticket, agency=key.agency, kiosk=key.kiosk, place_name="Ici", since=1.0)
    )


def claim(key: TicketKey) -> bytes:
    return encode(Claim(ticket=key.ticket, agent="eve", agent_name="Eve", since=1.0))


async def stored(client: RawClient, bucket: str, key: object) -> bytes | None:
    """Return what the administrator finds under a key."""
    answer = await client.request(f"$JS.API.DIRECT.GET.KV_{bucket}.$KV.{bucket}.{key}")
    return None if (answer.headers or {}).get("Status") == "404" else answer.data


async def hears(client: RawClient, subject: str) -> asyncio.Queue[Msg]:
    heard: asyncio.Queue[Msg] = asyncio.Queue()

    async def note(message: Msg) -> None:
        heard.put_nowait(message)

    await client.subscribe(subject, cb=note)
    await client.barrier()
    return heard


async def fill(admin: RawClient) -> None:
    """Put a ticket, a claim and a board of each agency in place."""
    for key in (OWN, FOREIGN):
        board = encode(Board(agency=key.agency, available=1, busy=0))
        for subject, payload in (
            (f"$KV.tickets.{key}", ticket(key)),
            (f"$KV.claims.{key}", claim(key)),
            (f"$KV.presence.{key.agency}.eve", b"{}"),
            (f"$KV.boards.{key.agency}", board),
        ):
            await admin.request(subject, payload)


@pytest.mark.parametrize(
    ("user", "subject"),
    [
        ("desk-caf", f"$KV.tickets.{OWN}"),
        ("desk-caf", f"$KV.tickets.{FOREIGN}"),
        ("desk-caf", f"$KV.claims.{FOREIGN}"),
        ("desk-caf", "$KV.presence.cpam.eve"),
        ("desk-caf", "$KV.boards.cpam"),
        ("kiosk-mairie-a", f"$KV.tickets.{FOREIGN}"),
        ("kiosk-mairie-a", f"$KV.tickets.caf.poste-b.{TICKET}"),
        ("kiosk-mairie-a", f"$KV.claims.{OWN}"),
        ("kiosk-mairie-a", "$KV.boards.caf"),
        ("kiosk-mairie-a", "$KV.presence.caf.eve"),
    ],
)
async def test_foreign_entries_cannot_be_written(raw: RawConnect, user: str, subject: str) -> None:
    admin, client = await raw("admin"), await raw(user)
    assert await client.refused(subject, b"forged")
    _, _, bucket, key = ["", *subject.split(".", 2)]
    assert await stored(admin, bucket, key) is None


@pytest.mark.parametrize(
    ("user", "bucket", "key"),
    [
        ("desk-caf", "tickets", str(FOREIGN)),
        ("desk-caf", "claims", str(FOREIGN)),
        ("desk-caf", "presence", "cpam.eve"),
        ("desk-caf", "boards", "cpam"),
        ("kiosk-mairie-a", "tickets", str(FOREIGN)),
        ("kiosk-mairie-a", "claims", str(FOREIGN)),
        ("kiosk-mairie-a", "presence", "caf.eve"),
    ],
)
async def test_foreign_entries_cannot_be_read(
    raw: RawConnect, user: str, bucket: str, key: str
) -> None:
    await fill(await raw("admin"))
    client = await raw(user)
    assert await client.refused(f"$JS.API.DIRECT.GET.KV_{bucket}.$KV.{bucket}.{key}")
    for question in ({"last_by_subj": f"$KV.{bucket}.{key}"}, {"seq": 1}, {"multi_last": [">"]}):
        payload = json.dumps(question).encode()
        assert await client.refused(f"$JS.API.DIRECT.GET.KV_{bucket}", payload)
        assert await client.refused(f"$JS.API.STREAM.MSG.GET.KV_{bucket}", payload)


@pytest.mark.parametrize("user", ["desk-caf", "kiosk-mairie-a"])
async def test_foreign_changes_and_signals_cannot_be_heard(raw: RawConnect, user: str) -> None:
    client, admin = await raw(user), await raw("admin")
    subjects = [
        ">",
        "live.>",
        "$KV.>",
        "signal.>",
        "_INBOX_admin.>",
        "_INBOX_desk-cpam.>",
        "_INBOX_kiosk-poste-b.>",
        f"live.tickets.{FOREIGN}",
        f"live.claims.{FOREIGN}",
        f"live.signal.{FOREIGN}.desk",
        f"live.signal.{FOREIGN}.booth",
    ]
    heard = [await hears(client, subject) for subject in subjects]
    await fill(admin)
    for side in ("booth", "desk"):
        await admin.publish(FOREIGN.signals_to(side), b"secret")
    await admin.barrier()
    await client.barrier()
    assert [queue.qsize() for queue in heard] == [0] * len(subjects)


@pytest.mark.parametrize("user", ["desk-caf", "kiosk-mairie-a"])
async def test_streams_are_out_of_reach(raw: RawConnect, user: str) -> None:
    client = await raw(user)
    for question in (
        "STREAM.CREATE.EVIL",
        "STREAM.UPDATE.KV_tickets",
        "STREAM.DELETE.KV_tickets",
        "STREAM.PURGE.KV_tickets",
        "STREAM.MSG.DELETE.KV_tickets",
        "STREAM.INFO.KV_tickets",
        "STREAM.SNAPSHOT.KV_tickets",
        "STREAM.NAMES",
        "CONSUMER.LIST.KV_tickets",
        "INFO",
    ):
        assert await client.refused(f"$JS.API.{question}", b"{}")
    assert await client.refused("$SYS.REQ.SERVER.PING", b"{}")
    for told in (f"live.tickets.{OWN}", f"live.claims.{OWN}", f"live.signal.{OWN}.booth"):
        assert await client.refused(told)


@pytest.mark.parametrize("user", ["desk-caf", "kiosk-mairie-a"])
async def test_nobody_makes_consumers(raw: RawConnect, user: str) -> None:
    """Push or pull, with whatever filter: who makes one chooses where the broker delivers."""
    admin, client = await raw("admin"), await raw(user)
    attempts = itertools.product(
        ("_INBOX_mine.x", "$KV.boards.cpam", None), (f"$KV.claims.{OWN}", "$KV.claims.>")
    )
    for deliver, keys in attempts:
        config: dict[str, Any] = {"name": "spy", "filter_subject": keys, "ack_policy": "none"}
        if deliver is not None:
            config["deliver_subject"] = deliver
        payload = json.dumps({"stream_name": "KV_claims", "config": config}).encode()
        for subject in (
            f"$JS.API.CONSUMER.CREATE.KV_claims.spy.{keys}",
            "$JS.API.CONSUMER.CREATE.KV_claims.spy",
            "$JS.API.CONSUMER.CREATE.KV_claims",
            "$JS.API.CONSUMER.DURABLE.CREATE.KV_claims.spy",
        ):
            assert await client.refused(subject, payload)
    listed = json.loads((await admin.request("$JS.API.CONSUMER.NAMES.KV_claims")).data)
    assert listed["total"] == 0


async def test_an_answer_cannot_be_sent_to_another(raw: RawConnect) -> None:
    """The broker answers wherever a request says: that must stay within the asker's account."""
    admin, desk, victim = await raw("admin"), await raw("desk-caf"), await raw("desk-cpam")
    signals = await hears(victim, "live.signal.cpam.*.*.desk")
    forged = encode(Board(agency="cpam", available=0, busy=0))
    await desk.request(f"$KV.claims.{OWN}", forged)
    targets = [
        "$KV.boards.cpam",
        f"$KV.tickets.{FOREIGN}",
        f"$KV.claims.{FOREIGN}",
        FOREIGN.signals_to("desk"),
        f"live.tickets.{FOREIGN}",
        "_INBOX_desk-cpam.x",
    ]
    for target in targets:
        await desk.publish(f"$JS.API.DIRECT.GET.KV_claims.$KV.claims.{OWN}", reply=target)
        await desk.publish(f"$KV.claims.{OWN}", forged, reply=target)
    await desk.barrier()
    await admin.barrier()
    assert await stored(admin, "boards", "cpam") is None
    assert await stored(admin, "tickets", FOREIGN) is None
    assert await stored(admin, "claims", FOREIGN) is None
    assert signals.empty()


async def test_no_writer_can_roll_a_bucket_up(raw: RawConnect) -> None:
    admin, booth = await raw("admin"), await raw("kiosk-mairie-a")
    await fill(admin)
    for scope in ("all", "sub"):
        answer = await booth.request(
            f"$KV.tickets.{OWN}", ticket(OWN), headers={"Nats-Rollup": scope}
        )
        assert "error" in json.loads(answer.data)
    assert await stored(admin, "tickets", FOREIGN) == ticket(FOREIGN)


async def test_own_things_work(raw: RawConnect) -> None:
    booth, desk = await raw("kiosk-mairie-a"), await raw("desk-caf")
    tickets = await hears(desk, "live.tickets.caf.*.*")
    claims = await hears(booth, f"live.claims.{OWN}")
    to_desk = await hears(desk, OWN.signals_heard_by("desk"))
    to_booth = await hears(booth, OWN.signals_heard_by("booth"))
    await booth.request(f"$KV.tickets.{OWN}", ticket(OWN))
    await desk.request(f"$KV.claims.{OWN}", claim(OWN))
    body = encode(Signal(ticket=TICKET, body=Bye(reason=EndReason.AGENT)))
    await booth.publish(OWN.signals_to("desk"), body)
    await desk.publish(OWN.signals_to("booth"), body)
    async with asyncio.timeout(2):
        assert (await tickets.get()).data == ticket(OWN)
        assert (await claims.get()).data == claim(OWN)
        assert (await to_desk.get()).data == body
        assert (await to_booth.get()).data == body
    assert await stored(desk, "tickets", OWN) == ticket(OWN)
    assert await stored(booth, "claims", OWN) == claim(OWN)


async def test_signals_of_other_tickets_cannot_be_sent(raw: RawConnect) -> None:
    booth, desk = await raw("kiosk-mairie-a"), await raw("desk-caf")
    admin = await raw("admin")
    heard = await hears(admin, "live.signal.>")
    await desk.publish(FOREIGN.signals_to("booth"), b"x")
    await desk.publish(OWN.signals_to("desk"), b"x")
    await booth.publish(FOREIGN.signals_to("desk"), b"x")
    await booth.publish(OWN.signals_to("booth"), b"x")
    for client in (booth, desk, admin):
        await client.barrier()
    assert heard.empty()


async def test_an_entry_is_bounded(raw: RawConnect) -> None:
    booth = await raw("kiosk-mairie-a")
    answer = await booth.request(f"$KV.tickets.{OWN}", b"x" * 5_000)
    assert "error" in json.loads(answer.data)


async def test_a_wrong_password_is_refused(raw: RawConnect, broker: Broker) -> None:
    broker.credentials["kiosk-mairie-a"] = "wrong"
    with pytest.raises(errors.Error, match="Authorization"):
        await raw("kiosk-mairie-a")
