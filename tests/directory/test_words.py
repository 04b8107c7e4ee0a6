"""Openings and weeks in the words that a resident reads."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.directory import words
from kiosk.directory.hours import Timetable

PARIS = ZoneInfo("Europe/Paris")


def paris(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def plain(text: str) -> str:
    return text.replace(words.NBSP, " ")


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (time(9), "9 h"),
        (time(8, 30), "8 h 30"),
        (time(14, 5), "14 h 05"),
        (time(0), "0 h"),
    ],
)
def test_clock(moment: time, says: str) -> None:
    assert plain(words.clock(moment)) == says
    assert " " not in words.clock(moment), "a time must not be torn apart at the end of a line"


@pytest.mark.parametrize(
    ("now", "at", "says"),
    [
        (paris(2026, 11, 23, 12, 30), paris(2026, 11, 23, 14), "à 14 h"),
        (paris(2026, 11, 23, 18), paris(2026, 11, 24, 9), "demain à 9 h"),
        (paris(2026, 11, 20, 18), paris(2026, 11, 23, 8, 30), "lundi à 8 h 30"),
        (paris(2026, 10, 27, 18), paris(2026, 11, 3, 9), "mardi 3 novembre à 9 h"),
        (paris(2026, 12, 20, 18), paris(2027, 1, 1, 9), "vendredi 1er janvier à 9 h"),
        (paris(2026, 10, 24, 23), paris(2026, 10, 25, 9), "demain à 9 h"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), paris(2026, 11, 24, 9), "à 9 h"),
        (paris(2026, 11, 23, 12), None, ""),
    ],
)
def test_opening(now: datetime, at: datetime | None, says: str) -> None:
    assert plain(words.opening(at, now)) == says


@pytest.mark.parametrize(
    ("expression", "now", "said"),
    [
        (
            "Mo-Fr 09:00-12:00,14:00-17:00; PH off",
            paris(2026, 11, 8, 10),
            {
                "Lundi": "9 h – 12 h, 14 h – 17 h",
                "Mercredi": "fermé, jour férié",
                "Dimanche": "fermé",
            },
        ),
        ("24/7", paris(2026, 11, 23, 10), {"Lundi": "24 h sur 24", "Dimanche": "24 h sur 24"}),
        ("Sa 22:00-02:30", paris(2026, 11, 23, 10), {"Samedi": "22 h – 24 h"}),
    ],
)
def test_week(expression: str, now: datetime, said: dict[str, str]) -> None:
    rows = words.week(Timetable(expression, PARIS).week(now))
    assert [name.lower() for name, _ in rows] == list(words.DAYS)
    assert {name: plain(hours) for name, hours in rows if name in said} == said
