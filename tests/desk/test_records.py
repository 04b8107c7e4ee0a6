"""What becomes of an appointment is counted once, told once, and its reminders end with it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from desk.records import AppointmentChange, AppointmentRecords, ChangeKind, Post
from desk.settings import WebhookSettings
from desk.webhook import Notice
from kiosk.link.errands import Person
from kiosk.link.events import Event, EventKind
from kiosk.link.line import Line
from kiosk.link.messages import decode
from kiosk.link.outbox import Outbox
from kiosk.settings import SettingsError

NUMBER = "b" * 32
NOW = 1_764_000_000
HOUR = 3_600


class Address:
    """Of a broker that is not there: what is put stays in its outbox."""

    url = "nats://127.0.0.1:9"
    user = "desk-caf"
    password = ""
    ca_file = None


def change(kind: ChangeKind, number: str = NUMBER, starts_in_h: float = 72) -> AppointmentChange:
    return AppointmentChange(
        kind, number, "caf", "mairie-a", "logement", NOW + int(starts_in_h * HOUR), "sealed"
    )


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A client that nobody answers."""
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(500))) as c:
        yield c


async def kept(
    folder: Path, client: httpx.AsyncClient | None, *changes: AppointmentChange, personal: bool
) -> tuple[list[EventKind], list[Notice]]:
    """Return what waits to be sent after the changes, each told twice, as after a crash."""
    post = None
    if client is not None:
        post = Post("https://a.example", b"x" * 16, lambda _: Person(), client, personal=personal)
    for _ in range(2):
        records = AppointmentRecords(folder, Line(Address()), "caf", post, clock=lambda: NOW)
        for each in changes:
            records.changed(each)
        await records.close()
    events, notices = Outbox(folder / "events-caf.sqlite"), Outbox(folder / "webhook-caf.sqlite")
    try:
        return (
            [decode(Event, letter.payload).kind for letter in await events.due(9e9, 99)],
            [decode(Notice, letter.payload) for letter in await notices.due(9e9, 99)],
        )
    finally:
        await events.close()
        await notices.close()


async def test_each_change_is_counted_once(tmp_path: Path) -> None:
    counted, told = await kept(tmp_path, None, *map(change, ChangeKind), personal=True)
    assert counted == [
        EventKind.BOOKED,
        EventKind.MOVED,
        EventKind.CANCELLED,
        EventKind.HONOURED,
        EventKind.CALLED_BACK,
    ]
    assert told == []


async def test_one_missed_is_counted_when_nobody_can_come_late_any_more(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    early = change(ChangeKind.MISSED, starts_in_h=-23)
    counted, told = await kept(tmp_path, client, early, personal=False)
    assert (counted, [each.kind for each in told]) == ([], ["missed"])
    over = replace(early, starts_at=NOW - 24 * HOUR)
    counted, told = await kept(tmp_path, client, over, personal=False)
    assert (counted, [each.kind for each in told]) == ([EventKind.MISSED], ["missed"])


async def test_a_booking_has_its_reminders(tmp_path: Path, client: httpx.AsyncClient) -> None:
    _, told = await kept(tmp_path, client, change(ChangeKind.BOOKED), personal=False)
    assert [(each.kind, each.at) for each in told] == [
        ("booked", NOW),
        ("reminder_48h", NOW + 24 * HOUR),
        ("reminder_2h", NOW + 70 * HOUR),
    ]
    assert all(each.sealed is None for each in told)
    assert [each.until for each in told[1:]] == [NOW + 72 * HOUR] * 2


async def test_one_that_is_soon_has_only_those_to_come(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    soon = change(ChangeKind.BOOKED, starts_in_h=3)
    _, told = await kept(tmp_path, client, soon, personal=False)
    assert [each.kind for each in told] == ["booked", "reminder_2h"]


@pytest.mark.parametrize("end", ["moved", "cancelled", "arrived", "honoured", "missed"])
async def test_an_end_takes_the_reminders_along(
    tmp_path: Path, client: httpx.AsyncClient, end: str
) -> None:
    other = change(ChangeKind.BOOKED, "c" * 32)
    changes = (change(ChangeKind.BOOKED), other, change(ChangeKind(end)))
    _, told = await kept(tmp_path, client, *changes, personal=False)
    own = [each.kind for each in told if each.appointment == NUMBER]
    assert own == ["booked", end]
    assert len(told) == 5


async def test_who_gave_their_name_is_reminded_with_it(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    changes = change(ChangeKind.BOOKED), change(ChangeKind.PERSON_TOLD)
    _, told = await kept(tmp_path, client, *changes, personal=True)
    assert [each.kind for each in told] == ["booked", "person_told", "reminder_48h", "reminder_2h"]
    assert all(each.sealed == "sealed" for each in told)


async def test_no_person_and_no_call_back_is_told_unasked(
    tmp_path: Path, client: httpx.AsyncClient
) -> None:
    changes = change(ChangeKind.PERSON_TOLD), change(ChangeKind.CALLED_BACK)
    counted, told = await kept(tmp_path, client, *changes, personal=False)
    assert (counted, told) == ([EventKind.CALLED_BACK], [])


async def test_what_is_sent_is_what_was_told(tmp_path: Path) -> None:
    bodies: list[dict[str, object]] = []
    both = asyncio.Event()

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        if len(bodies) == 2:
            both.set()
        return httpx.Response(204)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        post = Post("https://a.example", b"x" * 16, lambda _: Person(first_name="Awa"), client)
        records = AppointmentRecords(tmp_path, Line(Address()), "caf", post, clock=lambda: NOW)
        records.start()
        records.changed(change(ChangeKind.BOOKED))
        records.changed(change(ChangeKind.MISSED))
        async with asyncio.timeout(20):
            await both.wait()
        await records.close()
    assert [body["kind"] for body in bodies] == ["booked", "missed"]
    assert not any("first_name" in body for body in bodies)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://a.example"},
        {"url": "http://a.example/hook"},
        {"url": "http://127.0.0.1.example/hook"},
        {"reminder_hours": (0,)},
        {"reminder_hours": (337,)},
        {"reminder_hours": (1, 2, 3, 4, 5)},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        WebhookSettings.model_validate(wrong)


@pytest.mark.parametrize("url", ["", "https://a.example/h", "http://127.0.0.1:9/h"])
def test_addresses_that_can_be(url: str) -> None:
    assert WebhookSettings(url=url).url == url


def test_the_secret_is_long_and_readable(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    for settings in (WebhookSettings(), WebhookSettings(secret_file=file)):
        with pytest.raises(SettingsError):
            _ = settings.secret
    file.write_bytes(b"x" * 15 + b"\n")
    with pytest.raises(SettingsError, match="too short"):
        _ = WebhookSettings(secret_file=file).secret
    file.write_bytes(b"x" * 16 + b"\n")
    assert WebhookSettings(secret_file=file).secret == b"x" * 16
