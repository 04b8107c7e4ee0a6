"""Calendars: nothing personal goes out; busy times come in, whatever was sent."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from desk.agenda.ical import NotACalendar, busy_times, export, fitting
from desk.agenda.repeats import Budget, NotUnderstood, Repeats
from desk.agenda.rules import Absence
from kiosk.link.bookings import Booking
from kiosk.link.errands import AppointmentState
from tests.desk.agenda.conftest import NOW, PARIS, at


def calendar(*lines: str, beside: Sequence[str] = ()) -> bytes:
    """Return one event, and another beside it; both have the same UID."""
    inner = ["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"]
    if beside:
        inner += ["BEGIN:VEVENT", "UID:1", *beside, "END:VEVENT"]
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", *inner, "END:VCALENDAR", ""]
    return "\r\n".join(whole).encode()


def busy(*lines: str, beside: Sequence[str] = ()) -> list[tuple[int, int]]:
    found, _ = busy_times(calendar(*lines, beside=beside), "awa", PARIS, NOW)
    assert all(each.lane == "awa" and each.imported for each in found)
    return [(each.begins, each.ends) for each in found]


def test_times_in_every_form() -> None:
    nine = [(at("09:00", 25), at("10:00", 25))]
    assert busy("DTSTART:20261125T080000Z", "DTEND:20261125T090000Z") == nine
    assert busy("DTSTART:20261125T090000", "DURATION:PT1H") == nine
    zoned = "DTSTART;TZID=Europe/London:20261125T080000"
    assert busy(zoned, "DTEND;TZID=Europe/London:20261125T090000") == nine
    assert busy("DTSTART;VALUE=DATE:20261125") == [(at("00:00", 25), at("00:00", 26))]


@pytest.mark.parametrize(
    "line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "DURATION:-PT1H", "DTEND:nonsense"]
)
def test_what_does_not_count(line: str) -> None:
    assert busy("DTSTART:20261125T080000Z", line) == []


def test_repetitions_are_laid_out_for_eight_weeks() -> None:
    weekly = busy("DTSTART:20250107T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=TU,TH")
    assert weekly[0] == (at("09:00", 24), at("10:00", 24))
    assert len(weekly) == 16
    excepted = busy(
        "DTSTART:20261123T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=DAILY;COUNT=5",
        "EXDATE:20261125T090000",
    )
    assert [begins for begins, _ in excepted] == [at("09:00", d) for d in (24, 26, 27)]


WEEKLY = ("DTSTART;TZID=Europe/Paris:20261103T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=5")
"""On this Tuesday and the next, and on those before."""
AT_THREE = ("DTSTART:20261201T140000Z", "DURATION:PT1H")
DECEMBER = at("09:00", 30) + 86_400
"""The Tuesday after this one, at nine."""


@pytest.mark.parametrize(
    ("which", "other", "begins"),
    [
        ("RECURRENCE-ID;TZID=Europe/Paris:20261201T090000", AT_THREE, [DECEMBER + 6 * 3_600]),
        ("RECURRENCE-ID:20261201T080000Z", (*AT_THREE, "STATUS:CANCELLED"), []),
        ("RECURRENCE-ID:20261201T080000Z", (*AT_THREE, "TRANSP:TRANSPARENT"), []),
        # Not read: the series stays as it was.
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T080000Z", AT_THREE, [DECEMBER]),
    ],
)
def test_an_occurrence_with_an_event_of_its_own_is_not_where_it_was(
    which: str, other: Sequence[str], begins: list[int]
) -> None:
    found = [begins for begins, _ in busy(*WEEKLY, beside=(which, *other))]
    assert found == [at("09:00"), *begins]


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261201T075959Z", at("09:00")),
        ("20261201T080000Z", DECEMBER),
        ("20261201T085959", at("09:00")),
        ("20261201", DECEMBER),
        ("99991231T235959Z", DECEMBER + 6 * 7 * 86_400),
    ],
)
def test_a_series_ends_at_its_moment(until: str, last: int) -> None:
    rule = f"RRULE:FREQ=WEEKLY;UNTIL={until}"
    assert busy(*WEEKLY[:2], rule)[-1][0] == last


def test_a_series_ends_where_its_moment_is_another_day() -> None:
    first = "DTSTART;TZID=Europe/Paris:20261103T001500"
    until = "RRULE:FREQ=WEEKLY;UNTIL=20261130T231500Z"
    assert busy(first, "DURATION:PT1H", until)[-1][0] == DECEMBER - 8 * 3_600 - 45 * 60


def test_further_dates_count() -> None:
    more = "RDATE:20261127T080000Z,20261128T080000Z"
    nine = [at("09:00", day) for day in (25, 27, 28)]
    assert [b for b, _ in busy("DTSTART:20261125T080000Z", "DURATION:PT1H", more)] == nine
    periods = "RDATE;VALUE=PERIOD:20261127T080000Z/PT2H"
    lines = calendar("DTSTART:20261125T080000Z", "DURATION:PT1H", periods)
    assert busy_times(lines, None, PARIS, NOW) == ((), 1)


def test_what_no_booth_offers_yet_gives_way() -> None:
    day = 86_400
    near = [
        Absence(begins=at("09:00") + n, ends=at("10:00") + n, imported=True) for n in range(390)
    ]
    far = [
        Absence(begins=at("09:00") + n * day, ends=at("10:00") + n * day, imported=n != 33)
        for n in range(50, 30, -1)
    ]
    kept = fitting([*near, *far], NOW)
    # One that was typed stays, and the soonest of the others.
    assert kept == (*near, *far[-10:])
    assert fitting(near, NOW) == tuple(near)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=-1FR", [date(2026, 11, 27), date(2026, 12, 25)]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", [date(2026, 11, 30), date(2026, 12, 31)]),
        ("FREQ=YEARLY", [date(2026, 12, 1)]),
        ("FREQ=WEEKLY;INTERVAL=3;UNTIL=20261222", [date(2026, 11, 24), date(2026, 12, 15)]),
    ],
)
def test_rules_as_people_use_them(rule: str, days: list[date]) -> None:
    first = {"FREQ=YEARLY": date(2020, 12, 1)}.get(rule, date(2026, 11, 3))
    event = Calendar.from_ical(calendar("DTSTART:20261103T090000", f"RRULE:{rule}")).walk("VEVENT")[
        0
    ]
    parsed = event["RRULE"]
    assert isinstance(parsed, Mapping)
    read = Repeats.read(parsed)
    found = read.days(first, date(2026, 11, 22), date(2026, 12, 31), Budget(10_000))
    assert list(found) == days


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=DAILY;BYSETPOS=1", "FREQ=WEEKLY;BYDAY=9XX"]
)
def test_rules_that_are_not_read_cost_one_event(rule: str) -> None:
    found, left_out = busy_times(
        calendar("DTSTART:20261125T080000Z", "DURATION:PT1H", f"RRULE:{rule}"), None, PARIS, NOW
    )
    assert (found, left_out) == ((), 1)


def test_endless_searches_end() -> None:
    never = ["BEGIN:VEVENT", "DTSTART:00010101T000000", "DURATION:PT1H"]
    never += ["RRULE:FREQ=DAILY;COUNT=9999;BYMONTH=2;BYMONTHDAY=30", "END:VEVENT"]
    data = "\r\n".join(["BEGIN:VCALENDAR", *(never * 500), "END:VCALENDAR", ""]).encode()
    begun = time.process_time()
    busy_times(data, None, PARIS, NOW)
    assert time.process_time() - begun < 5


@given(st.binary(max_size=400), st.text(max_size=200))
def test_hostile_calendars(data: bytes, line: str) -> None:
    for hostile in (data, calendar("DTSTART:20261125T080000Z", line), calendar(line)):
        try:
            busy_times(hostile, None, PARIS, NOW)
        except NotACalendar:
            continue


def test_a_large_calendar_is_refused() -> None:
    with pytest.raises(NotACalendar):
        busy_times(b" " * 600_000, None, PARIS, NOW)
    with pytest.raises(NotUnderstood):
        Repeats.read({"FREQ": ["DAILY"], "COUNT": ["0"]})


def test_what_goes_out_says_when_and_nothing_else() -> None:
    booking = Booking(
        appointment="a" * 32,
        kiosk="pvp-1",
        subject="dossier",
        starts_at=at("09:00"),
        minutes=20,
        lane="awa",
        code="123456",
    )
    gone = booking.model_copy(update={"state": AppointmentState.CANCELLED})
    out = export("caf", "awa", [booking, gone], NOW)
    assert b"dossier" not in out
    assert b"123456" not in out
    again, _ = busy_times(out, "awa", PARIS, NOW)
    assert [(each.begins, each.ends) for each in again] == [(at("09:00"), at("09:20"))]
