"""The agenda's page API over HTTP at a running gateway, as the agent's page uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from desk.agenda.ical import MAX_CALENDAR_BYTES
from desk.agenda.rules import Rules, default_rules
from kiosk.link.boards import Boards
from kiosk.link.desks import BoothDesks
from kiosk.link.errands import AskCallBack, Book, Outcome, Person, TellPerson
from kiosk.link.line import Line
from kiosk.link.messages import encode, new_ticket_id
from kiosk.link.sealed import seal
from tests.desk.agenda.conftest import PARIS
from tests.desk.conftest import KIOSK
from tests.desk.running import PASSWORD, RunningDesk
from tests.link.waiting import until

pytestmark = pytest.mark.expects_log("broker not reached")


@pytest.fixture
async def awa(desk: RunningDesk) -> AsyncIterator[httpx.AsyncClient]:
    """An agent who has opened the week."""
    office = desk.gateway.offices.of("caf")
    assert office is not None
    await until(lambda: office.known)
    async with httpx.AsyncClient(
        base_url=f"{desk.url}/api/agenda", headers={"Origin": desk.url}
    ) as client:
        signed = await client.post(
            f"{desk.url}/api/session", json={"user": "awa", "password": PASSWORD}
        )
        assert signed.status_code == 200
        week = default_rules(("awa",))
        every_day = [o.model_copy(update={"weekday": 6}) for o in week.week if o.weekday == 0]
        new = week.model_copy(update={"version": 0, "week": (*week.week, *every_day)})
        opened = await client.put("/rules", content=new.model_dump_json())
        assert opened.json()["version"] == 1
        yield client


@pytest.fixture
async def booth(booth_line: Line, tmp_path: Path) -> AsyncIterator[BoothDesks]:
    boards = Boards(booth_line, ("caf",))
    boards.start()
    desks = BoothDesks(booth_line, KIOSK, "Mairie", ("caf",), boards, tmp_path / "keys")
    desks.start()
    await until(lambda: desks.keys("caf"))
    yield desks
    await desks.close()
    await boards.close()


def tomorrow(clock: str) -> datetime:
    day = datetime.now(PARIS).date() + timedelta(days=1)
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), PARIS)  # noqa: DTZ007


def monday() -> str:
    return datetime.now(PARIS).date().isoformat()


async def test_an_appointment_from_booth_to_page(
    awa: httpx.AsyncClient, booth: BoothDesks, desk: RunningDesk
) -> None:
    starts = int(tomorrow("09:00").timestamp())
    answer = await booth.ask("caf", Book(subject="dossier", starts_at=starts))
    held = answer.appointment
    assert held is not None
    keys = booth.keys("caf")
    assert keys is not None
    sealed = seal(encode(Person(first_name="Ada", telephone="0612345678")), keys.sealing)
    told = await booth.ask("caf", TellPerson(appointment=held.appointment, sealed=sealed))
    assert told.outcome is Outcome.DONE
    week = (await awa.get("/week", params={"from": monday()})).json()
    [row] = [row for day in week["days"] for row in day["appointments"]]
    assert (row["first_name"], row["telephone"], row["lane"]) == ("Ada", "0612345678", "awa")
    assert row["actions"] == ["honoured", "missed", "cancel", "move"]
    assert week["time_zone"] == "Europe/Paris"
    free = {each["starts_at"] for day in week["days"] for each in day["free"]}
    assert starts not in free
    later = int(tomorrow("10:00").timestamp())
    moved = await awa.post(f"/appointments/{held.appointment}/move", json={"starts_at": later})
    assert (moved.status_code, moved.json()["first_name"]) == (200, "Ada")
    number = moved.json()["appointment"]
    again = await awa.post(f"/appointments/{held.appointment}/cancel")
    assert (again.status_code, again.json()) == (409, {"reason": "state"})
    out = await awa.get("/export.ics")
    assert b"Ada" not in out.content
    assert out.content.count(b"BEGIN:VEVENT") == 1
    ended = await awa.post(f"/appointments/{number}/honoured")
    assert (ended.json()["state"], ended.json()["first_name"]) == ("honoured", "")
    span = {"from": monday(), "to": (tomorrow("00:00").date()).isoformat()}
    rates = (await awa.get("/rates", params=span)).json()
    assert rates["agency"] == {
        "honoured": 1,
        "missed": 0,
        "cancelled": 0,
        "honoured_share": 1.0,
    }
    assert rates["booths"][0]["kiosk"] == KIOSK


async def test_call_backs(awa: httpx.AsyncClient, booth: BoothDesks) -> None:
    number = new_ticket_id()
    await booth.ask("caf", AskCallBack(where="booth"), errand=number)
    week = (await awa.get("/week", params={"from": monday()})).json()
    assert [each["call_back"] for each in week["call_backs"]] == [number]
    rung = (await awa.post(f"/call-backs/{number}/ring")).json()
    assert (rung["ringing"], rung["agent_name"]) == (True, "Awa D.")
    await until(lambda: [each for each in booth.expected() if each.calling == number])
    assert not (await awa.post(f"/call-backs/{number}/stop")).json()["ringing"]
    await until(lambda: not [each for each in booth.expected() if each.calling])
    assert (await awa.post(f"/call-backs/{number}/done")).status_code == 204
    assert (await awa.post(f"/call-backs/{number}/done")).status_code == 404


async def test_rules_and_calendars(awa: httpx.AsyncClient) -> None:
    rules = Rules.model_validate((await awa.get("/rules")).json())
    outdated = rules.model_copy(update={"version": 0})
    answer = await awa.put("/rules", content=outdated.model_dump_json())
    assert (answer.status_code, answer.json()) == (409, {"reason": "outdated"})
    stamp = tomorrow("09:00").strftime("%Y%m%dT%H%M%S")
    calendar = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
        f"DTSTART:{stamp}\r\nDURATION:PT2H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    for _ in range(2):
        taken = await awa.post("/import", params={"lane": "awa"}, content=calendar)
        assert (taken.json()["absences"], len(taken.json()["rules"]["absences"])) == (1, 1)
    daily = calendar.replace("DURATION:PT2H", "DURATION:PT2H\r\nRRULE:FREQ=DAILY")
    for n in range(8):
        taken = await awa.post("/import", params={"lane": f"pool-{n}"}, content=daily)
        assert taken.json()["absences"] >= 27
    # What no booth offers yet gave way.
    assert taken.json()["absences"] < 56
    too_large = await awa.post("/import", content=b" " * (MAX_CALENDAR_BYTES + 1))
    assert (too_large.status_code, too_large.json()) == (413, {"reason": "too_many"})
    assert (await awa.post("/import", content=b"no calendar")).status_code in {200, 400}
    assert (await awa.put("/rules", content=b"{}x")).json() == {"reason": "malformed"}


async def test_what_is_refused(awa: httpx.AsyncClient, desk: RunningDesk) -> None:
    for path in ("/week?from=9999-12-31", "/week?from=no", "/rates?from=2026-01-01&to=2026-12-31"):
        assert (await awa.get(path)).status_code == 400
    unknown = new_ticket_id()
    for path in (f"/appointments/{unknown}/missed", f"/call-backs/{unknown}/ring"):
        assert (await awa.post(path)).status_code == 404
    assert (await awa.post("/appointments/../missed")).status_code == 404
    forged = await awa.post(f"/call-backs/{unknown}/ring", headers={"Origin": "https://evil"})
    assert forged.status_code == 403
    async with httpx.AsyncClient(base_url=desk.url) as stranger:
        for path in ("week?from=2026-11-24", "rules", "export.ics", "comments"):
            answer = await stranger.get(f"/api/agenda/{path}")
            assert (answer.status_code, answer.json()) == (401, {"reason": "signed_out"})
