"""A visit's snapshots become the events they should, in an outbox on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.link.events import Event, EventKind
from kiosk.link.messages import decode
from kiosk.link.outbox import Outbox
from kiosk.statistics.recorder import VisitStatistics
from kiosk.visit.farewell_view import SurveyView
from kiosk.visit.snapshot import Screen, Tile, TileState, VisitSnapshot

Told = tuple[str, int]
"""Kind and count."""
TILE = Tile("caf", "CAF", "Allocations familiales", "C", "#123456", TileState.AVAILABLE)


async def told(folder: Path, *steps: tuple[Screen, float]) -> list[tuple[str, int | None]]:
    """Return kind and duration of what a visit through these screens and moments leaves."""
    outbox = Outbox(folder / "outbox.sqlite")
    at = [0.0]
    statistics = VisitStatistics(outbox, "mairie-a", lambda: at[0], lambda: 7_200.0)
    for screen, moment in steps:
        at[0] = moment
        statistics.snapshot(VisitSnapshot(screen=screen, agency=TILE))
        if screen is Screen.SURVEY:
            statistics.count(EventKind.SATISFACTION, 3)
    events = [decode(Event, letter.payload) for letter in await outbox.due(0, 99)]
    await outbox.close()
    assert all((one.hour, one.agency, one.kiosk) == (2, "caf", "mairie-a") for one in events)
    return [(one.kind.value, one.duration_s) for one in events]


async def test_a_visit_that_is_served(tmp_path: Path) -> None:
    assert await told(
        tmp_path,
        (Screen.CONSENT, 0),
        (Screen.REHEARSING, 1),
        (Screen.WAITING, 2),
        (Screen.CONNECTING, 10),
        (Screen.WAITING, 12),
        (Screen.CONNECTING, 32),
        (Screen.IN_CALL, 33),
        (Screen.ENDED, 93),
        (Screen.SURVEY, 95),
        (Screen.HOME, 99),
    ) == [("started", None), ("waited", 30), ("served", 60), ("satisfaction", None)]


async def test_a_visit_that_is_abandoned(tmp_path: Path) -> None:
    steps = ((Screen.REHEARSING, 1.0), (Screen.WAITING, 2.0), (Screen.HOME, 42.0))
    assert await told(tmp_path, *steps) == [("started", None), ("abandoned", 40)]


async def test_who_books_while_waiting_has_not_abandoned(tmp_path: Path) -> None:
    screens = (Screen.REHEARSING, Screen.WAITING, Screen.BOOKING, Screen.BOOKED, Screen.HOME)
    assert await told(tmp_path, *((screen, 1.0) for screen in screens)) == [("started", None)]


async def what_is_left(folder: Path, end: Callable[[VisitStatistics], None]) -> list[Told]:
    """Return what a visit leaves that is cut off by `end` once a face was touched."""
    outbox = Outbox(folder / "outbox.sqlite")
    statistics = VisitStatistics(outbox, "mairie-a")
    for screen in (Screen.WAITING, Screen.CONNECTING, Screen.IN_CALL, Screen.SURVEY):
        statistics.snapshot(VisitSnapshot(screen=screen, agency=TILE))
    face = SurveyView(face=2)
    statistics.snapshot(VisitSnapshot(screen=Screen.SURVEY, agency=TILE, survey=face))
    end(statistics)
    events = [decode(Event, letter.payload) for letter in await outbox.due(float("inf"), 99)]
    await outbox.close()
    return [(one.kind.value, one.count) for one in events]


@pytest.mark.parametrize("screen", [Screen.HOME, Screen.FAIL_SAFE])
async def test_a_face_counts_however_the_survey_is_left(tmp_path: Path, screen: Screen) -> None:
    def leave(statistics: VisitStatistics) -> None:
        statistics.snapshot(VisitSnapshot(screen=screen))

    told = await what_is_left(tmp_path, leave)
    assert told == [("started", 1), ("waited", 1), ("served", 1), ("satisfaction", 2)]


async def test_a_face_that_was_told_counts_once(tmp_path: Path) -> None:
    def leave(statistics: VisitStatistics) -> None:
        statistics.count(EventKind.SATISFACTION, 2)
        statistics.snapshot(VisitSnapshot(screen=Screen.HOME))

    assert (await what_is_left(tmp_path, leave)).count(("satisfaction", 2)) == 1


async def test_a_booth_that_stops_tells_what_was(tmp_path: Path) -> None:
    def stop(statistics: VisitStatistics) -> None:
        statistics.close()
        # Who listens is told of the booth until its very end.
        statistics.snapshot(VisitSnapshot(screen=Screen.SURVEY))
        statistics.close()

    told = await what_is_left(tmp_path, stop)
    assert told == [("started", 1), ("waited", 1), ("served", 1), ("satisfaction", 2)]
