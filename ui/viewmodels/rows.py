"""A list of rows with named roles: a row that changes repaints alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1

Cell = str | int | bool | list[str]
Row = tuple[Cell, ...]


class RowsModel(QAbstractListModel):
    """Rows of cells, one per role; the first cell says which row it is."""

    countChanged = Signal()

    def __init__(self, *roles: str) -> None:
        super().__init__()
        self._roles = roles
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Take over the rows: those that changed are told, others are left alone."""
        before, after = self._rows, tuple(rows)
        keys = [row[0] for row in after]
        if before and len(keys) > len(before) and keys[: len(before)] == [row[0] for row in before]:
            # A list that only grows keeps its place on the screen.
            self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
            self._rows = (*before, *after[len(before) :])
            self.endInsertRows()
            self.countChanged.emit()
            before = self._rows
        if [row[0] for row in before] != [row[0] for row in after]:
            self.beginResetModel()
            self._rows = after
            self.endResetModel()
            self.countChanged.emit()
            return
        self._rows = after
        for number, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Cell | None:
        """Return one cell; None for what does not exist."""
        number = role - FIRST_ROLE
        if not 0 <= index.row() < len(self._rows) or not 0 <= number < len(self._roles):
            return None
        return self._rows[index.row()][number]

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the names that QML uses."""
        return {FIRST_ROLE + i: QByteArray(name.encode()) for i, name in enumerate(self._roles)}

    @Property(int, notify=countChanged)
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)
