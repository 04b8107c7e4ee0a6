"""What users of the broker can do with appointments: a booth asks, its agency's desk answers."""

from __future__ import annotations

import asyncio
import json

import pytest

from kiosk.link.bookings import CLOSING_KEY, RULES_KEY, Day
from kiosk.link.errands import Agenda, CheckIn, Errand, ErrandAnswer, Expected, Outcome
from kiosk.link.messages import encode
from tests.link.conftest import RawConnect
from tests.link.test_rights import hears, stored

NUMBER = "a" * 32
OWN = f"caf.mairie-a.{NUMBER}"
FOREIGN_BOOTH = f"caf.poste-b.{NUMBER}"
FOREIGN_AGENCY = f"cpam.mairie-a.{NUMBER}"
DAY = "day.2026-11-24"

ERRAND = encode(
    Errand(
        errand=NUMBER,
        agency="caf",
        kiosk="mairie-a",
        place_name="Ici",
        asked_at=1.0,
        body=CheckIn(appointment=NUMBER),
    )
)
ANSWER = encode(ErrandAnswer(errand=NUMBER, outcome=Outcome.UNKNOWN))

ALL_ENTRIES = (
    ("errands", FOREIGN_BOOTH),
    ("answers", FOREIGN_BOOTH),
    ("errands", FOREIGN_AGENCY),
    ("answers", FOREIGN_AGENCY),
    ("agendas", "cpam"),
    ("expected", "cpam.poste-b"),
    ("bookings-caf", DAY),
    ("bookings-cpam", DAY),
    ("bookings-cpam", f"person.{NUMBER}"),
    ("bookings-cpam", CLOSING_KEY),
)


@pytest.mark.parametrize(
    ("user", "bucket", "key"),
    [
        ("kiosk-mairie-a", "errands", FOREIGN_BOOTH),
        ("kiosk-mairie-a", "answers", OWN),
        ("kiosk-mairie-a", "answers", FOREIGN_BOOTH),
        ("kiosk-mairie-a", "agendas", "caf"),
        ("kiosk-mairie-a", "expected", "caf.mairie-a"),
        ("kiosk-mairie-a", "bookings-caf", DAY),
        ("kiosk-mairie-a", "bookings-caf", f"person.{NUMBER}"),
        ("kiosk-mairie-a", "bookings-caf", RULES_KEY),
        ("kiosk-mairie-a", "bookings-caf", CLOSING_KEY),
        ("desk-caf", "errands", OWN),
        ("desk-caf", "answers", FOREIGN_AGENCY),
        ("desk-caf", "agendas", "cpam"),
        ("desk-caf", "expected", "cpam.mairie-a"),
        ("desk-caf", "bookings-cpam", DAY),
        ("desk-caf", "bookings-cpam", RULES_KEY),
        ("desk-caf", "bookings-cpam", CLOSING_KEY),
    ],
)
async def test_others_entries_cannot_be_written(
    raw: RawConnect, user: str, bucket: str, key: str
) -> None:
    admin, client = await raw("admin"), await raw(user)
    assert await client.refused(f"$KV.{bucket}.{key}", b"forged")
    assert await stored(admin, bucket, key) is None


@pytest.mark.parametrize(
    ("user", "bucket", "key"),
    [
        ("kiosk-mairie-a", "errands", OWN),
        ("kiosk-mairie-a", "answers", FOREIGN_BOOTH),
        ("kiosk-mairie-a", "expected", "caf.poste-b"),
        ("kiosk-mairie-a", "bookings-caf", DAY),
        ("kiosk-mairie-a", "bookings-caf", f"person.{NUMBER}"),
        ("kiosk-mairie-a", "bookings-caf", RULES_KEY),
        ("desk-caf", "errands", FOREIGN_AGENCY),
        ("desk-caf", "answers", FOREIGN_AGENCY),
        ("desk-caf", "agendas", "cpam"),
        ("desk-caf", "expected", "cpam.mairie-a"),
        ("desk-caf", "bookings-cpam", DAY),
        ("desk-caf", "bookings-cpam", f"person.{NUMBER}"),
        ("desk-caf", "bookings-cpam", RULES_KEY),
        ("desk-caf", "bookings-cpam", CLOSING_KEY),
    ],
)
async def test_others_entries_cannot_be_read(
    raw: RawConnect, user: str, bucket: str, key: str
) -> None:
    admin, client = await raw("admin"), await raw(user)
    await admin.request(f"$KV.{bucket}.{key}", b"secret")
    assert await client.refused(f"$JS.API.DIRECT.GET.KV_{bucket}.$KV.{bucket}.{key}")
    for question in ({"last_by_subj": f"$KV.{bucket}.{key}"}, {"seq": 1}, {"multi_last": [">"]}):
        payload = json.dumps(question).encode()
        assert await client.refused(f"$JS.API.DIRECT.GET.KV_{bucket}", payload)
        assert await client.refused(f"$JS.API.STREAM.MSG.GET.KV_{bucket}", payload)


@pytest.mark.parametrize("user", ["desk-caf", "kiosk-mairie-a"])
async def test_others_entries_cannot_be_heard(raw: RawConnect, user: str) -> None:
    client, admin = await raw(user), await raw("admin")
    entries = [
        (bucket, key)
        for bucket, key in ALL_ENTRIES
        if not (user == "desk-caf" and ("caf" in (key.split(".")[0], bucket.split("-")[-1])))
        and not (user == "kiosk-mairie-a" and (bucket == "agendas" or "mairie-a" in key))
    ]
    wide = [f"live.{bucket}.>" for bucket in {bucket for bucket, _ in ALL_ENTRIES}]
    subjects = [*wide, *(f"live.{bucket}.{key}" for bucket, key in entries)]
    heard = [await hears(client, subject) for subject in subjects]
    for bucket, key in entries:
        await admin.request(f"$KV.{bucket}.{key}", b"secret")
    await admin.barrier()
    await client.barrier()
    assert len(entries) > 3
    assert [queue.qsize() for queue in heard] == [0] * len(subjects)


@pytest.mark.parametrize("user", ["desk-caf", "kiosk-mairie-a"])
async def test_nobody_lists_keys(raw: RawConnect, user: str) -> None:
    """A desk asks for the days that there can be instead: they are few, and named by their date."""
    client = await raw(user)
    for bucket in ("errands", "answers", "agendas", "expected", "bookings-caf", "bookings-cpam"):
        assert await client.refused(f"$JS.API.STREAM.INFO.KV_{bucket}", b"{}")


async def test_own_errands_work(raw: RawConnect) -> None:
    booth, desk = await raw("kiosk-mairie-a"), await raw("desk-caf")
    asked = await hears(desk, "live.errands.caf.*.*")
    answered = await hears(booth, "live.answers.*.mairie-a.*")
    agendas = await hears(booth, "live.agendas.*")
    expected = await hears(booth, "live.expected.*.mairie-a")
    await booth.request(f"$KV.errands.{OWN}", ERRAND)
    await desk.request(f"$KV.answers.{OWN}", ANSWER)
    agenda, soon = encode(Agenda(agency="caf")), encode(Expected(agency="caf", kiosk="mairie-a"))
    await desk.request("$KV.agendas.caf", agenda)
    await desk.request("$KV.expected.caf.mairie-a", soon)
    await desk.request(f"$KV.bookings-caf.{DAY}", encode(Day(date="2026-11-24")))
    async with asyncio.timeout(2):
        assert (await asked.get()).data == ERRAND
        assert (await answered.get()).data == ANSWER
        assert (await agendas.get()).data == agenda
        assert (await expected.get()).data == soon
    assert await stored(booth, "answers", OWN) == ANSWER
    assert await stored(booth, "agendas", "caf") == agenda
    assert await stored(booth, "expected", "caf.mairie-a") == soon
    assert await stored(desk, "bookings-caf", DAY) is not None


async def test_an_agenda_fits_up_to_the_largest_message(raw: RawConnect) -> None:
    desk = await raw("desk-caf")
    answer = await desk.request("$KV.agendas.caf", b"x" * 65_536, headers={"Nats-TTL": "10s"})
    assert "error" not in json.loads(answer.data)
