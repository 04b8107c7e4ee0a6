"""The agency that the resident chose, with its week of opening hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Property, QObject, Signal

from kiosk.visit.snapshot import Tile, TileState
from ui.viewmodels.tiles import unbroken

NO_AGENCY = Tile(
    agency="", name="", full_name="", monogram="", colour="#42525b", state=TileState.CLOSED
)


class AgencyModel(QObject):
    """What waiting, call, hours and ended say of the agency; empty words on Home."""

    changed = Signal()

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self._today = today
        self._tile = NO_AGENCY

    def show(self, tile: Tile | None) -> None:
        """Take over the agency chosen."""
        shown = NO_AGENCY if tile is None else tile
        if shown != self._tile:
            self._tile = shown
            self.changed.emit()

    @Property(str, notify=changed)
    def key(self) -> str:
        """Its name on the line; empty on Home."""
        return self._tile.agency

    @Property(str, notify=changed)
    def name(self) -> str:
        """As residents say it."""
        return self._tile.name

    @Property(str, notify=changed)
    def fullName(self) -> str:
        """In full words."""
        return self._tile.full_name

    @Property(str, notify=changed)
    def monogram(self) -> str:
        """The letters in its disc."""
        return self._tile.monogram

    @Property(str, notify=changed)
    def tint(self) -> str:
        """Its disc's colour, `#rrggbb`."""
        return self._tile.colour

    @Property(str, notify=changed)
    def availability(self) -> str:
        """A value of `TileState`."""
        return self._tile.state.value

    @Property(int, notify=changed)
    def waiting(self) -> int:
        """How many people wait."""
        return self._tile.waiting

    @Property(str, notify=changed)
    def opens(self) -> str:
        """The next opening in words; empty when not known."""
        return unbroken(self._tile.opens)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt's own type name
    def days(self) -> list[str]:
        """The names of the week's days, Monday first; empty when the hours are not known."""
        return [day for day, _hours in self._tile.week]

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt's own type name
    def hours(self) -> list[str]:
        """The hours of each of `days`, in words."""
        return [hours for _day, hours in self._tile.week]

    @Property(int, notify=changed)
    def today(self) -> int:
        """The row of `days` that is today."""
        return self._today().weekday()
