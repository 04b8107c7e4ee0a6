"""Home's tiles are worked out anew when asked, from what is known then."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.directory.agencies import load_agencies
from kiosk.directory.home import HomeTiles
from kiosk.link.messages import Board
from kiosk.visit.snapshot import TileState

CONFIG = Path(__file__).parents[2] / "config" / "agencies.toml"
MONDAY_AT_10 = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))
SUNDAY_AT_10 = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Paris"))


class World:
    """What the tiles are told: boards, the line, the time."""

    def __init__(self) -> None:
        self.boards: dict[str, Board] = {}
        self.line_up = False
        self.now = SUNDAY_AT_10
        self.home = HomeTiles(
            load_agencies(CONFIG), self.boards.get, lambda: self.line_up, lambda: self.now
        )

    def states(self) -> dict[str, TileState]:
        self.home.refresh()
        return {tile.agency: tile.state for tile in self.home.tiles}


def test_the_tiles_follow_the_line_the_clock_and_the_boards() -> None:
    world = World()
    assert set(world.states().values()) == {TileState.UNREACHABLE}
    world.line_up = True
    assert world.states()["caf"] is TileState.CLOSED
    assert world.states()["essai"] is TileState.EXPECTED
    world.now = MONDAY_AT_10
    assert world.states()["caf"] is TileState.EXPECTED
    world.boards["caf"] = Board(agency="caf", available=1, busy=0)
    assert world.states()["caf"] is TileState.AVAILABLE


def test_nothing_is_worked_out_between_two_looks() -> None:
    world = World()
    tiles = world.home.tiles
    world.line_up = True
    assert world.home.tiles is tiles
