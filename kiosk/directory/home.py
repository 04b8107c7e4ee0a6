"""Home's tiles, worked out when something changed and not at every glance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from kiosk.directory.agencies import Agency
from kiosk.directory.tiles import tile
from kiosk.link.messages import Board
from kiosk.visit.snapshot import Tile


class HomeTiles:
    """The tiles of all agencies, in the order of the operator's file."""

    def __init__(
        self,
        agencies: Sequence[Agency],
        board: Callable[[str], Board | None],
        line_up: Callable[[], bool],
        now: Callable[[], datetime],
    ) -> None:
        """Ask `board` for each agency's last word; `now` gives the aware present time."""
        self._agencies = agencies
        self._board = board
        self._line_up = line_up
        self._now = now
        self.tiles: tuple[Tile, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Work the tiles out anew: a board, the line, or the time of day has changed."""
        now, line_up = self._now(), self._line_up()
        self.tiles = tuple(
            tile(agency, self._board(agency.id), line_up=line_up, now=now)
            for agency in self._agencies
        )
