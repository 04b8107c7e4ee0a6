"""A visit's snapshots become the events they should, in an outbox on disk."""

from __future__ import annotations

from pathlib import Path

from kiosk.link.events import Event, EventKind
from kiosk.link.messages import decode
from kiosk.link.outbox import Outbox
from kiosk.statistics.recorder import VisitStatistics
from kiosk.visit.snapshot import Screen, Tile, TileState, VisitSnapshot

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
