"""The timetable over real dates: public holidays, changes of clock, nights, rubbish."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.directory.hours import HoursError, Timetable

PARIS = ZoneInfo("Europe/Paris")
OFFICE = "Mo-Fr 09:00-12:00,14:00-17:00; PH off"
ALSACE_MOSELLE = f"{OFFICE}; easter -2 days off; Dec 26 off"

#: From the Code du travail, L3133-1, and the dates of Easter: 5 April 2026 and 28 March 2027.
HOLIDAYS_ON_WEEKDAYS = [
    date(2026, 1, 1),
    date(2026, 4, 6),
    date(2026, 5, 1),
    date(2026, 5, 8),
    date(2026, 5, 14),
    date(2026, 5, 25),
    date(2026, 7, 14),
    date(2026, 11, 11),
    date(2026, 12, 25),
    date(2027, 1, 1),
    date(2027, 3, 29),
    date(2027, 5, 6),
    date(2027, 5, 17),
    date(2027, 7, 14),
    date(2027, 11, 1),
    date(2027, 11, 11),
]

TOKENS = st.sampled_from(
    "Mo,Fr,Su,-, ,;,||,09:00,24:00,26:00,48:00,PH,SH,off,unknown,easter, -2 days,Feb 29,2026,"
    'week 53,sunrise,[-1],24/7,/2,+,"x",9999,é,\0'.split(",")
) | st.just(",")


def paris(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


def moments() -> st.SearchStrategy[datetime]:
    """Moments of forty years in Paris, those that a change of clock skips among them."""
    minutes = st.integers(0, 40 * 366 * 24 * 60)
    skipped = st.integers(2020, 2060).map(_in_the_skipped_hour)
    return skipped | minutes.map(lambda count: paris(2020, 1, 1) + timedelta(minutes=count))


def _in_the_skipped_hour(year: int) -> datetime:
    end_of_march = date(year, 3, 31)
    sunday = end_of_march - timedelta((end_of_march.weekday() + 1) % 7)
    return datetime.combine(sunday, time(2, 30), PARIS)


@pytest.mark.parametrize("day", HOLIDAYS_ON_WEEKDAYS, ids=str)
def test_public_holidays_are_closed(day: date) -> None:
    noon_of = datetime.combine(day, time(10), PARIS)
    assert not Timetable(OFFICE, PARIS).is_open(noon_of)
    assert Timetable("Mo-Fr 09:00-12:00", PARIS).is_open(noon_of)


def test_no_other_weekday_of_two_years_is_closed() -> None:
    timetable = Timetable(OFFICE, PARIS)
    days = (date(2026, 1, 1) + timedelta(offset) for offset in range(730))
    closed = [
        day
        for day in days
        if day.weekday() < 5 and not timetable.is_open(datetime.combine(day, time(10), PARIS))
    ]
    assert closed == HOLIDAYS_ON_WEEKDAYS


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2027, 3, 26), date(2028, 12, 26)], ids=str)
def test_holidays_of_alsace_and_moselle_can_be_written(day: date) -> None:
    at_ten = datetime.combine(day, time(10), PARIS)
    assert Timetable(OFFICE, PARIS).is_open(at_ten)
    assert not Timetable(ALSACE_MOSELLE, PARIS).is_open(at_ten)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (paris(2026, 11, 23, 8, 59), False),
        (paris(2026, 11, 23, 9), True),
        (paris(2026, 11, 23, 12), False),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 7, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 6, 59, tzinfo=UTC), False),
    ],
)
def test_a_moment_is_told_in_the_zone_of_the_place(moment: datetime, is_open: bool) -> None:
    assert Timetable(OFFICE, PARIS).is_open(moment) is is_open


@pytest.mark.parametrize(
    ("expression", "now", "opens"),
    [
        (OFFICE, paris(2026, 11, 23, 12, 30), paris(2026, 11, 23, 14)),
        (OFFICE, paris(2026, 11, 23, 10), paris(2026, 11, 23, 14)),
        (OFFICE, paris(2026, 11, 20, 18), paris(2026, 11, 23, 9)),
        (OFFICE, paris(2026, 11, 10, 20), paris(2026, 11, 12, 9)),
        (OFFICE, paris(2026, 12, 31, 20), paris(2027, 1, 4, 9)),
        ("Sa 22:00-06:00", paris(2026, 10, 24, 12), paris(2026, 10, 24, 22)),
        ("24/7", paris(2026, 11, 23, 10), None),
        ("PH off", paris(2026, 11, 23, 10), None),
        ("2031 Mo-Fr 09:00-12:00", paris(2026, 11, 23, 10), None),
        ("Mo-Fr 09:00-12:00 unknown", paris(2026, 11, 23, 8), None),
    ],
)
def test_next_opening(expression: str, now: datetime, opens: datetime | None) -> None:
    assert Timetable(expression, PARIS).next_opening(now) == opens


@pytest.mark.parametrize(
    ("expression", "now", "opens_utc"),
    [
        # The night of 28 to 29 March 2026: 02:00 becomes 03:00; Monday is UTC+2.
        (OFFICE, paris(2026, 3, 27, 18), datetime(2026, 3, 30, 7, tzinfo=UTC)),
        ("Su 02:30-05:00", paris(2026, 3, 28, 18), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        # The night of 24 to 25 October 2026: 03:00 becomes 02:00; Monday is UTC+1.
        (OFFICE, paris(2026, 10, 23, 18), datetime(2026, 10, 26, 8, tzinfo=UTC)),
        ("Su 04:00-05:00", paris(2026, 10, 24, 18), datetime(2026, 10, 25, 3, tzinfo=UTC)),
    ],
)
def test_changes_of_clock(expression: str, now: datetime, opens_utc: datetime) -> None:
    opens = Timetable(expression, PARIS).next_opening(now)
    assert opens is not None
    assert opens.astimezone(UTC) == opens_utc


def test_an_overseas_place_has_its_own_zone() -> None:
    reunion = ZoneInfo("Indian/Reunion")
    noon_in_paris = paris(2026, 11, 23, 10)
    assert Timetable(OFFICE, PARIS).is_open(noon_in_paris)
    assert not Timetable(OFFICE, reunion).is_open(noon_in_paris)


def test_the_week_tells_what_is_true_on_each_date() -> None:
    days = Timetable(f"{OFFICE}; Sa 22:00-02:00", PARIS).week(paris(2026, 11, 8, 10))
    office = ((time(9), time(12)), (time(14), time(17)))
    assert [(day.date.day, day.spans, day.holiday) for day in days] == [
        (8, ((time(0), time(2)),), False),
        (9, office, False),
        (10, office, False),
        (11, (), True),
        (12, office, False),
        (13, office, False),
        (14, ((time(22), time(0)),), False),
    ]


def test_neighbouring_hours_are_joined() -> None:
    expression = 'Mo 09:00-12:00 "accueil", Mo 12:00-17:00 "sur rendez-vous"'
    monday = Timetable(expression, PARIS).week(paris(2026, 11, 23, 8))[0]
    assert monday.spans == ((time(9), time(17)),)


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
def test_a_whole_day_is_whole_when_the_clock_changes(change: date) -> None:
    day = Timetable("24/7", PARIS).week(datetime.combine(change, time(12), PARIS))[0]
    assert day.spans == ((time(), time()),)


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("", "from character 1 on: ''"),
        ("9h-12h", "from character 1 on: '9h-12h'"),
        ("Mo-Fr 25:00-26:00", "from character 7 on: '25:00-26:00'"),
        ("Mo-Fr 09:00-12:00; PH of", "from character 23 on: 'of'"),
        ("Mo; " * 100, "400 characters, 255 at most"),
    ],
)
def test_a_bad_expression_is_named(expression: str, says: str) -> None:
    with pytest.raises(HoursError) as caught:
        Timetable(expression, PARIS)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@given(
    expression=st.one_of(st.text(max_size=60), st.lists(TOKENS, max_size=8).map("".join)),
    now=moments(),
)
def test_any_text_is_a_timetable_or_bad_hours(expression: str, now: datetime) -> None:
    try:
        timetable = Timetable(expression, PARIS)
    except HoursError:
        return
    timetable.is_open(now)
    opens = timetable.next_opening(now)
    assert opens is None or opens > now
    assert len(timetable.week(now)) == 7


@given(now=moments())
@example(now=paris(2026, 3, 29, 2, 30))
@example(now=paris(2026, 3, 28, 2, 30))
def test_the_next_opening_is_the_first_one(now: datetime) -> None:
    timetable = Timetable(OFFICE, PARIS)
    opens = timetable.next_opening(now)
    assert opens is not None
    assert timetable.is_open(opens)
    assert not timetable.is_open(opens - timedelta(minutes=1))
    before = opens.astimezone(UTC) - timedelta(minutes=1)
    if not timetable.is_open(now):
        assert not timetable.is_open(max(now.astimezone(UTC), before - timedelta(minutes=30)))
