"""What the bench of marked visits is to live: every state, every ending, each row in one slice."""

from __future__ import annotations

from bench.nothing_left import BUTTON, KILLED, PLAN, rows
from tests.end_to_end.marks_endings import ENDINGS
from tests.end_to_end.marks_states import STATES


def test_every_state_is_left_and_killed_and_every_ending_is_lived() -> None:
    assert set(PLAN[BUTTON]) == set(PLAN[KILLED]) == set(STATES)
    assert set(PLAN) == set(ENDINGS)
    assert all(set(states) <= set(STATES) for states in PLAN.values())


def test_slices_are_the_whole_plan_and_no_row_twice() -> None:
    whole = rows([], [], "1/1")
    assert len(set(whole)) == len(whole) == sum(len(states) for states in PLAN.values())
    assert [row for number in range(1, 8) for row in rows([], [], f"{number}/7")] == whole


def test_what_is_named_is_chosen() -> None:
    assert rows(["survey"], [], "1/1") == [
        ("survey", BUTTON),
        ("survey", KILLED),
        ("survey", "booth SIGTERM"),
    ]
    assert rows(["survey"], ["desk kill -9"], "1/1") == [("survey", "desk kill -9")]
