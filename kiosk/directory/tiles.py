"""What Home says of an agency: who is there now, and else what its timetable says."""

from __future__ import annotations

from datetime import datetime

from kiosk.directory import words
from kiosk.directory.agencies import Agency
from kiosk.link.messages import Board
from kiosk.visit.snapshot import Tile, TileState


def tile(agency: Agency, board: Board | None, *, line_up: bool, now: datetime) -> Tile:
    """Return the tile of `agency` at `now` (aware).

    `board` is what the agency last told, None when it is too old to be believed. People who are
    there beat the timetable: it speaks only when nobody is signed in.
    """
    state = _state(agency, board, line_up=line_up, now=now)
    closed = state is TileState.CLOSED
    return Tile(
        agency=agency.id,
        name=agency.name,
        full_name=agency.full_name,
        monogram=agency.monogram,
        colour=agency.colour,
        state=state,
        waiting=len(board.queue) if board and line_up else 0,
        opens=words.opening(agency.timetable.next_opening(now), now) if closed else "",
        week=words.week(agency.timetable.week(now)),
        zone=agency.timetable.zone.key,
    )


def _state(agency: Agency, board: Board | None, *, line_up: bool, now: datetime) -> TileState:
    if not line_up:
        return TileState.UNREACHABLE
    if board is None or board.available + board.busy == 0:
        return TileState.EXPECTED if agency.timetable.is_open(now) else TileState.CLOSED
    if board.available and not board.queue:
        return TileState.AVAILABLE
    return TileState.BUSY
