"""Free times from rules and bookings: lengths, absences, exceptions, and both clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.agenda.edits import Wanted, book, close
from desk.agenda.rules import (
    MOST_OPENINGS,
    Absence,
    DayException,
    Hours,
    Opening,
    Rules,
    SubjectRule,
    default_rules,
)
from desk.agenda.slots import (
    MAX_AGENDA_BYTES,
    agenda,
    free_times,
    overlapping,
    spans,
)
from kiosk.link.bookings import MOST_OF_A_DAY, Booking, Day
from kiosk.link.errands import AppointmentState, Outcome
from kiosk.link.messages import encode
from tests.desk.agenda.conftest import NOW, PARIS, at, rules

TUESDAY = date(2026, 11, 24)


def empty(day: str) -> Day:
    return Day(date=day)


def starts(content: Rules, subject: str, day: date, zone: ZoneInfo = PARIS) -> list[str]:
    rule = content.subject(subject)
    assert rule is not None
    found = free_times(content, rule, [day], empty, zone)
    return [datetime.fromtimestamp(start, zone).strftime("%H:%M") for start, _ in found]


def opened(opens: str, closes: str, *, sunday: bool = False) -> Rules:
    return Rules(
        subjects=(SubjectRule(subject="dossier", name="Dossier", minutes=60),),
        week=(Opening(weekday=6 if sunday else 1, opens=opens, closes=closes, lane="awa"),),
    )


def wanted(n: int, starts_at: int, minutes: int = 20) -> Wanted:
    subject = "dossier" if minutes == 20 else "demande"
    rule = SubjectRule(subject=subject, name=subject, minutes=minutes)
    return Wanted(f"{n:032x}", "pvp-1", "Mairie", rule, starts_at, f"{n:06}")


def test_times_follow_one_another_within_the_opening() -> None:
    assert starts(rules("awa"), "demande", TUESDAY) == ["09:00", "09:40", "10:20"]
    assert len(starts(rules("awa"), "dossier", TUESDAY)) == 6


@pytest.mark.parametrize(
    ("day", "opens", "closes", "expected"),
    [
        # Spring forward: from two to three there is no hour.
        (date(2026, 3, 29), "01:00", "05:00", ["01:00", "03:00", "04:00"]),
        (date(2026, 3, 29), "02:00", "03:00", []),
        (date(2026, 3, 29), "02:30", "03:00", []),
        # Autumn back: it is two o'clock twice.
        (date(2026, 10, 25), "01:00", "04:00", ["01:00", "02:00", "02:00", "03:00"]),
        (date(2026, 10, 25), "09:00", "11:00", ["09:00", "10:00"]),
    ],
)
def test_clock_changes(day: date, opens: str, closes: str, expected: list[str]) -> None:
    assert starts(opened(opens, closes, sunday=True), "dossier", day) == expected


def test_nine_o_clock_is_nine_on_both_sides_of_a_change() -> None:
    week = opened("09:00", "10:00", sunday=True)
    for day in (date(2026, 3, 22), date(2026, 3, 29), date(2026, 10, 18), date(2026, 10, 25)):
        assert starts(week, "dossier", day) == ["09:00"]
    before, after = (spans(week, d, PARIS)[0] for d in (date(2026, 3, 22), date(2026, 3, 29)))
    assert after.begins - before.begins == 7 * 86_400 - 3_600


def test_a_date_may_differ_and_somebody_may_be_away() -> None:
    content = rules("awa", "bruno")
    closed = content.model_copy(update={"exceptions": (DayException(date="2026-11-24"),)})
    assert starts(closed, "dossier", TUESDAY) == []
    other = DayException(
        date="2026-11-24", hours=(Hours(opens="14:00", closes="14:40", lane="awa"),)
    )
    moved = content.model_copy(update={"exceptions": (other,)})
    assert starts(moved, "demande", TUESDAY) == ["14:00"]
    away = Absence(begins=at("09:30"), ends=at("10:00"), lane="awa")
    one = content.model_copy(update={"absences": (away,)})
    lanes = dict(free_times(one, one.subjects[0], [TUESDAY], empty, PARIS))
    assert (lanes[at("09:00")], lanes[at("09:20")], lanes[at("09:40")]) == (2, 1, 1)
    all_away = content.model_copy(update={"absences": (away.model_copy(update={"lane": None}),)})
    assert starts(all_away, "dossier", TUESDAY) == ["09:00", "10:00", "10:20", "10:40"]


def test_an_agenda_is_bounded_and_loses_its_latest_times() -> None:
    lanes = tuple(f"pool-{n}" for n in range(5))
    week = tuple(
        Opening(weekday=w, opens="00:00", closes="23:55", lane=lane)
        for w in range(7)
        for lane in lanes
    )
    subjects = tuple(SubjectRule(subject=f"s{n}", name="É" * 120, minutes=5) for n in range(12))
    told = agenda("caf", Rules(subjects=subjects, week=week), empty, PARIS, NOW)
    assert MAX_AGENDA_BYTES // 2 < len(encode(told)) <= MAX_AGENDA_BYTES
    latest = {subject.starts[-1] for subject in told.subjects}
    assert len(latest) == 1
    assert min(subject.starts[0] for subject in told.subjects) == NOW + 30 * 60


def test_what_is_too_soon_or_too_far_is_not_offered() -> None:
    told = agenda("caf", rules("awa"), empty, PARIS, at("09:15"))
    offered = told.subjects[0].starts
    assert offered[0] == at("10:00")
    assert offered[-1] <= at("09:15") + 28 * 86_400


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([20, 40]),
            st.integers(0, 5),
            st.sampled_from(["book", "cancel", "move"]),
        ),
        max_size=40,
    )
)
def test_no_lane_is_ever_given_twice(steps: list[tuple[int, int, str]]) -> None:
    """Whatever is booked, moved and given up, in lanes of mixed lengths."""
    content, day = rules("awa", "pool-1"), Day(date="2026-11-24")
    made: list[str] = []
    for n, (minutes, slot, what) in enumerate(steps):
        wish = wanted(n, at("09:00") + 60 * minutes * slot, minutes)
        if what == "cancel" and made:
            day, _ = close(day, made.pop(), AppointmentState.CANCELLED, "f" * 32)
            continue
        if what == "move" and made:
            wish = replace(wish, replaces=made[-1])
        day, result = book(day, wish, content, PARIS)
        if isinstance(result, Booking):
            made.append(result.appointment)
        assert overlapping(day.bookings) == []


def test_a_day_of_bookings_given_up_does_not_close_it_to_others() -> None:
    content, day = rules("awa"), Day(date="2026-11-24")
    for n in range(MOST_OF_A_DAY + 20):
        day, result = book(day, wanted(n, at("09:00")), content, PARIS)
        assert isinstance(result, Booking)
        day, _ = close(day, result.appointment, AppointmentState.CANCELLED, "f" * 32)
    assert len(encode(day)) < 65_536
    assert book(day, wanted(9_999, at("09:00")), content, PARIS)[1] != Outcome.TAKEN


def test_rules_are_refused_that_contradict_themselves() -> None:
    subject = SubjectRule(subject="a", name="A", minutes=20)
    hours = Opening(weekday=0, opens="09:00", closes="10:00", lane="awa", subjects=("b",))
    for wrong in (
        {"subjects": (subject, subject)},
        {"subjects": (subject,), "week": (hours,)},
        {"exceptions": (DayException(date="2026-11-24"),) * 2},
    ):
        with pytest.raises(ValueError, match=r"named twice|is none"):
            Rules.model_validate(wrong)
    with pytest.raises(ValueError, match="before"):
        Hours(opens="10:00", closes="10:00", lane="awa")
    with pytest.raises(ValueError, match="day"):
        DayException(date="2026-02-30")


def test_the_demonstration_opens_the_coming_days() -> None:
    content = default_rules()
    assert len(content.week) < MOST_OPENINGS
    tomorrow = TUESDAY + timedelta(days=1)
    assert len(starts(content, "dossier", tomorrow)) == 27
