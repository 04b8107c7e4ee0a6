"""The state of a tile: presence first, then the timetable, and neither when the line is down."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.directory.agencies import Agency
from kiosk.directory.hours import Timetable
from kiosk.directory.tiles import tile
from kiosk.directory.words import NBSP
from kiosk.link.messages import Board, new_ticket_id
from kiosk.visit.snapshot import TileState

PARIS = ZoneInfo("Europe/Paris")
MONDAY_AT_10 = datetime(2026, 11, 23, 10, tzinfo=PARIS)
MONDAY_AT_20 = datetime(2026, 11, 23, 20, tzinfo=PARIS)
CAF = Agency(
    id="caf",
    name="CAF",
    full_name="Allocations familiales",
    monogram="CAF",
    colour="#1b4a8a",
    timetable=Timetable("Mo-Fr 09:00-12:00,14:00-17:00; PH off", PARIS),
)


def board(available: int = 0, busy: int = 0, waiting: int = 0) -> Board:
    queue = tuple(new_ticket_id() for _ in range(waiting))
    return Board(agency="caf", available=available, busy=busy, queue=queue)


@pytest.mark.parametrize(
    ("told", "now", "state"),
    [
        (board(available=1), MONDAY_AT_10, TileState.AVAILABLE),
        (board(available=1, busy=3), MONDAY_AT_10, TileState.AVAILABLE),
        (board(available=1), MONDAY_AT_20, TileState.AVAILABLE),
        (board(available=1, waiting=2), MONDAY_AT_10, TileState.BUSY),
        (board(busy=2), MONDAY_AT_10, TileState.BUSY),
        (board(busy=2), MONDAY_AT_20, TileState.BUSY),
        (board(), MONDAY_AT_10, TileState.EXPECTED),
        (board(waiting=2), MONDAY_AT_10, TileState.EXPECTED),
        (None, MONDAY_AT_10, TileState.EXPECTED),
        (board(), MONDAY_AT_20, TileState.CLOSED),
        (None, MONDAY_AT_20, TileState.CLOSED),
    ],
)
def test_state(told: Board | None, now: datetime, state: TileState) -> None:
    assert tile(CAF, told, line_up=True, now=now).state is state


def test_a_closed_tile_says_when_it_opens() -> None:
    closed = tile(CAF, None, line_up=True, now=MONDAY_AT_20)
    assert closed.opens == f"demain à 9{NBSP}h"
    assert closed.week[0] == (
        "Lundi",
        f"9{NBSP}h{NBSP}–{NBSP}12{NBSP}h, 14{NBSP}h{NBSP}–{NBSP}17{NBSP}h",
    )


def test_an_open_tile_says_how_many_wait_and_no_opening() -> None:
    busy = tile(CAF, board(available=1, waiting=3), line_up=True, now=MONDAY_AT_10)
    assert (busy.waiting, busy.opens) == (3, "")


def test_a_tile_without_a_line_tells_nothing_it_cannot_know() -> None:
    lost = tile(CAF, board(available=1, waiting=3), line_up=False, now=MONDAY_AT_10)
    assert (lost.state, lost.waiting, lost.opens) == (TileState.UNREACHABLE, 0, "")


@given(
    available=st.integers(0, 5),
    busy=st.integers(0, 5),
    waiting=st.integers(0, 5),
    hours=st.integers(0, 2 * 365 * 24),
)
def test_presence_beats_the_timetable(available: int, busy: int, waiting: int, hours: int) -> None:
    now = MONDAY_AT_10 + timedelta(hours=hours)
    seen = tile(CAF, board(available, busy, waiting), line_up=True, now=now)
    someone_is_there = seen.state in (TileState.AVAILABLE, TileState.BUSY)
    assert someone_is_there is (available + busy > 0)
    assert bool(seen.opens) is (seen.state is TileState.CLOSED)
    if seen.state is TileState.AVAILABLE:
        assert seen.waiting == 0
