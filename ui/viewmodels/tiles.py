"""Home's tiles as a list model: a change of one agency repaints one tile."""

from __future__ import annotations

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from kiosk.visit.snapshot import Tile, TileState

#: Role names that the tile asks for as required properties, in the order of their numbers.
ROLES = ("agency", "name", "fullName", "monogram", "tint", "availability", "waiting", "opens")
FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1

AnyIndex = QModelIndex | QPersistentModelIndex


def unbroken(opens: str) -> str:
    """Return an opening in words with « à » on the line of its hour."""
    return opens.replace(" à ", " à\N{NO-BREAK SPACE}")


def role_value(tile: Tile, role: str) -> str | int:
    """Return what `role` names of `tile`."""
    values: dict[str, str | int] = {
        "agency": tile.agency,
        "name": tile.name,
        "fullName": tile.full_name,
        "monogram": tile.monogram,
        "tint": tile.colour,
        "availability": tile.state.value,
        "waiting": tile.waiting,
        "opens": unbroken(tile.opens),
    }
    return values[role]


class TilesModel(QAbstractListModel):
    """One row per agency, in the operator's order."""

    countChanged = Signal()
    allClosedChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tiles: tuple[Tile, ...] = ()
        self._all_closed = False

    def show(self, tiles: tuple[Tile, ...]) -> None:
        """Take over the tiles: rows that changed are told, others are left alone."""
        self._show_rows(tiles)
        all_closed = bool(tiles) and all(tile.state is TileState.CLOSED for tile in tiles)
        if all_closed != self._all_closed:
            self._all_closed = all_closed
            self.allClosedChanged.emit()

    def _show_rows(self, tiles: tuple[Tile, ...]) -> None:
        if [tile.agency for tile in tiles] != [tile.agency for tile in self._tiles]:
            self.beginResetModel()
            self._tiles = tiles
            self.endResetModel()
            self.countChanged.emit()
            return
        before, self._tiles = self._tiles, tiles
        for row, (old, new) in enumerate(zip(before, tiles, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return the number of agencies."""
        return 0 if parent is not None and parent.isValid() else len(self._tiles)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | int | None:
        """Return one role of one agency; None for what does not exist."""
        number = role - FIRST_ROLE
        if not 0 <= index.row() < len(self._tiles) or not 0 <= number < len(ROLES):
            return None
        return role_value(self._tiles[index.row()], ROLES[number])

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the names that QML uses."""
        return {FIRST_ROLE + i: QByteArray(name.encode()) for i, name in enumerate(ROLES)}

    @Property(int, notify=countChanged)
    def count(self) -> int:
        """How many agencies there are."""
        return len(self._tiles)

    @Property(bool, notify=allClosedChanged)
    def allClosed(self) -> bool:
        """Whether there are agencies and none is open: nobody is waited for."""
        return self._all_closed
