"""The estimate of a wait: a range with ground, or none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.directory.waiting import estimate, position
from kiosk.link.messages import Board, new_ticket_id


def board(available: int = 0, busy: int = 0, typical_call_s: int | None = 600) -> Board:
    return Board(agency="caf", available=available, busy=busy, typical_call_s=typical_call_s)


@pytest.mark.parametrize(
    ("told", "place", "minutes"),
    [
        (board(busy=1), 1, (0, 20)),
        (board(busy=1), 4, (20, 60)),
        (board(busy=4), 4, (5, 15)),
        (board(available=1), 1, (0, 1)),
        (board(available=2, busy=2), 3, (0, 5)),
        (board(busy=1, typical_call_s=None), 1, None),
        (board(), 1, None),
        (board(busy=1), None, None),
        (None, 1, None),
    ],
)
def test_estimate(told: Board | None, place: int | None, minutes: tuple[int, int] | None) -> None:
    assert estimate(told, place) == minutes


def test_position_is_counted_from_one_and_unknown_when_not_told() -> None:
    first, second, stranger = (new_ticket_id() for _ in range(3))
    told = Board(agency="caf", available=0, busy=1, queue=(first, second))
    assert [position(told, ticket) for ticket in (first, second, stranger)] == [1, 2, None]
    assert position(None, first) is None


STAFF = st.integers(0, 50)
PLACES = st.integers(1, 500)
CALLS = st.integers(1, 86_400)


@given(available=STAFF, busy=STAFF, place=PLACES, typical=CALLS)
def test_an_estimate_is_a_range_that_grows_with_the_queue_and_shrinks_with_agents(
    available: int, busy: int, place: int, typical: int
) -> None:
    told = estimate(board(available, busy, typical), place)
    if available + busy == 0:
        assert told is None
        return
    assert told is not None
    lowest, highest = told
    assert 0 <= lowest < highest
    further = estimate(board(available, busy, typical), place + 1)
    assert further is not None
    assert further[0] >= lowest
    assert further[1] >= highest
    with_one_more = estimate(board(available, busy + 1, typical), place)
    assert with_one_more is not None
    assert with_one_more[0] <= lowest
    assert with_one_more[1] <= highest


@pytest.mark.parametrize(("agents", "place"), [(1, 1), (1, 3), (3, 2), (5, 8)])
def test_about_two_simulated_waits_in_three_fall_inside(agents: int, place: int) -> None:
    told = estimate(board(busy=agents), place)
    assert told is not None
    dice = random.Random(f"{agents} {place}")
    waits = [sum(dice.expovariate(agents / 10) for _ in range(place)) for _ in range(2_000)]
    inside = sum(told[0] <= wait <= told[1] for wait in waits) / len(waits)
    assert 0.6 <= inside <= 0.95
