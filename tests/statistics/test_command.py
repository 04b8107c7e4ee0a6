"""`visio-guichet stats` shows what was counted, and hides what would be somebody's answer."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.link.broker import Broker
from kiosk.link.event_stream import letter_of
from kiosk.link.events import Event, EventKind, booth_events, desk_events, new_event_id
from kiosk.link.line import Line
from kiosk.settings import SettingsError
from kiosk.statistics.command import command
from kiosk.statistics.reading import DESK_KINDS

DAY = datetime(2026, 11, 20, 10).astimezone()
HOUR = int(DAY.timestamp() // 3_600)


@dataclass(frozen=True)
class Address:
    url: str
    user: str
    password: str
    ca_file: None = None


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Broker]:
    """A broker of two agencies and two booths."""
    broker = Broker(tmp_path / "broker", ("caf", "cpam"), ("mairie-a", "poste-b"), port=0)
    await broker.start()
    yield broker
    await broker.stop()


def event(kind: EventKind, agency: str = "caf", kiosk: str = "mairie-a", **told: int) -> Event:
    return Event(
        event=new_event_id(), kind=kind, agency=agency, kiosk=kiosk, **{"hour": HOUR} | told
    )


async def count(broker: Broker, events: Iterable[Event]) -> None:
    line = await Line.connect(Address(broker.url, "admin", broker.credentials["admin"]))
    for each in events:
        desk = each.kind in DESK_KINDS
        subject = desk_events(each.agency) if desk else booth_events(each.kiosk)
        await line.request(subject, letter_of(each).payload)
    await line.close()


async def shown(broker: Broker, *options: str) -> int:
    reach = ["--url", broker.url, "--password-file", str(broker.passwords_folder / "stats")]
    return await asyncio.to_thread(command, [*reach, *options])


def rows(text: str) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["agency"], row["kiosk"]): row for row in csv.DictReader(io.StringIO(text))}


SOME = [
    event(EventKind.STARTED),
    event(EventKind.WAITED, duration_s=60),
    event(EventKind.SERVED, duration_s=300, assisted=True),
    event(EventKind.PRINTED, count=3),
    event(EventKind.HONOURED),
    event(EventKind.MISSED),
    *(event(EventKind.SATISFACTION, count=3) for _ in range(5)),
    *(event(EventKind.SATISFACTION, "cpam", "poste-b", count=1) for _ in range(4)),
    event(EventKind.STARTED, "cpam", "poste-b", hour=HOUR - 48),
]


async def test_a_spreadsheet_has_a_row_for_each_place(
    broker: Broker, capsys: pytest.CaptureFixture[str]
) -> None:
    await count(broker, SOME)
    assert await shown(broker, "--csv") == 0
    told = rows(capsys.readouterr().out)
    caf, cpam = told["caf", "mairie-a"], told["cpam", "poste-b"]
    assert (caf["started"], caf["served"], caf["printed"]) == ("1", "1", "3")
    assert (caf["wait_median_s"], caf["call_median_s"]) == ("60", "300")
    assert (caf["satisfaction_mean"], caf["satisfaction_count"]) == ("3.0", "5")
    assert (caf["assisted_share"], caf["honoured_share"]) == ("1.0", "0.5")
    assert (cpam["satisfaction_mean"], cpam["satisfaction_count"]) == ("", "")
    await _filters(broker, capsys)


async def _filters(broker: Broker, capsys: pytest.CaptureFixture[str]) -> None:
    for options, places in (
        (("--agency", "cpam"), {("cpam", "poste-b")}),
        (("--kiosk", "mairie-a"), {("caf", "mairie-a")}),
        (("--to", "2026-11-19"), {("cpam", "poste-b")}),
        (("--from", "2026-11-21"), set()),
    ):
        assert await shown(broker, "--csv", *options) == 0
        assert rows(capsys.readouterr().out).keys() == places


async def test_tables_are_french_and_hide_few_answers(
    broker: Broker, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert await shown(broker) == 0
    assert "Rien n'a été compté." in capsys.readouterr().out
    await count(broker, SOME)
    assert await shown(broker) == 0
    text = capsys.readouterr().out
    for said in ("Visites", "Rendez-vous et rappels", "moins de 5 avis", "3,0 sur 3 (5 avis)"):
        assert said in text
    # The sum has no more than what its parts may show.
    assert "(9 avis)" not in text


async def test_days_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(SettingsError, match="after"):
        command(["--from", "2026-11-21", "--to", "2026-11-20"])


@pytest.mark.expects_log("broker not reached")
async def test_a_broker_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    password = tmp_path / "password"
    password.write_text("x")
    options = ["--url", "nats://127.0.0.1:9", "--password-file", str(password)]
    assert await asyncio.to_thread(command, options) == 1
    assert "does not answer" in capsys.readouterr().err
