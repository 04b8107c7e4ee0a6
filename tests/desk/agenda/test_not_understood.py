"""What a newer gateway wrote, or a fault, is left as it is, and nobody is told anything of it."""

from __future__ import annotations

import json

import pytest
from structlog.testing import capture_logs

from desk.agenda.rules import Rules
from desk.agenda.shared import Shared
from kiosk.link.bookings import (
    COMMENTS_KEY,
    RULES_KEY,
    Booking,
    Comments,
    Day,
    KeptComment,
    bucket_name,
    day_key,
)
from kiosk.link.errands import AppointmentState, Book, Errand
from kiosk.link.line import Line, LineDown
from kiosk.link.store import Bucket
from tests.desk.agenda.conftest import AGENCY, Site, asking, at
from tests.link.waiting import until

TODAY = day_key("2026-11-24")
SUBJECT = f"$KV.{bucket_name(AGENCY)}"
COMMENT = KeptComment(comment="c" * 32, sealed="A" * 128)

pytestmark = pytest.mark.expects_log("entry dropped|entry not understood")


async def desk_line(site: Site) -> Line:
    line = await Line.connect(site.user(f"desk-{AGENCY}"))
    site.stack.push_async_callback(line.close)
    await until(lambda: line.up)
    return line


async def stored(line: Line, key: str) -> bytes:
    return (await line.request(f"$JS.API.DIRECT.GET.KV_{bucket_name(AGENCY)}.{SUBJECT}.{key}")).data


def errand() -> tuple[Errand, Book]:
    wish = Book(subject="dossier", starts_at=at("10:00"))
    return asking(wish), wish


async def test_a_newer_gateways_day_is_not_taken_for_an_empty_one(site: Site) -> None:
    office, line = await site.office(), await desk_line(site)
    held = await office.bookings.book(*errand())
    assert isinstance(held, Booking)
    before = json.loads(await stored(line, TODAY))
    newer = json.dumps({**before, "room": "B"}).encode()
    await line.request(f"{SUBJECT}.{TODAY}", newer)
    await until(lambda: not office.known)
    with pytest.raises(LineDown):
        await office.bookings.book(*errand())
    with pytest.raises(LineDown):
        await office.bookings.close(held.appointment, AppointmentState.CANCELLED)
    assert await stored(line, TODAY) == newer
    assert not office.known
    # Nothing is told to booths either: what was offered is not known to be free.
    with pytest.raises(LineDown):
        await office._teller._refresh()
    await Bucket(line, bucket_name(AGENCY), Day).keep(TODAY, Day.model_validate(before), None)
    await until(lambda: office.known)
    assert office.bookings.all() == [held]


async def test_newer_rules_are_not_replaced_by_the_copy(site: Site) -> None:
    office, line = await site.office(), await desk_line(site)
    newer = json.dumps({"v": 1, "version": 7, "packed": "", "since": 1}).encode()
    await line.request(f"{SUBJECT}.{RULES_KEY}", newer)
    await until(lambda: not office.known)
    for ask in (office.rules.load(), office.rules.replace(Rules(version=1))):
        with pytest.raises(LineDown):
            await ask
    assert await stored(line, RULES_KEY) == newer


async def test_it_is_said_once_and_mended_by_whoever_erases_it(site: Site) -> None:
    line = await desk_line(site)
    bucket = Bucket(line, bucket_name(AGENCY), Comments)
    shared = Shared(bucket, lambda _: Comments(), lambda _: None, lambda _: None)
    await line.request(f"{SUBJECT}.{COMMENTS_KEY}", b"Ada, 0612345678")
    put = Comments(comments=(COMMENT,))
    with capture_logs() as logs:
        for _ in range(3):
            with pytest.raises(LineDown):
                await shared.load([COMMENTS_KEY])
            with pytest.raises(LineDown):
                await shared.change(COMMENTS_KEY, lambda _: (put, None))
    errors = [each for each in logs if each["log_level"] == "error"]
    assert errors == [
        {
            "event": "entry not understood: left as it is",
            "log_level": "error",
            "bucket": bucket_name(AGENCY),
            "subject": COMMENTS_KEY,
        }
    ]
    assert "Ada" not in str(logs)
    await bucket.delete(COMMENTS_KEY)
    entry = await bucket.get(COMMENTS_KEY)
    assert entry is not None
    shared.hear(COMMENTS_KEY, None, entry.revision)
    await shared.change(COMMENTS_KEY, lambda _: (put, None))
    assert shared.get(COMMENTS_KEY) == put
