"""The readiness report as its screen shows it."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from kiosk.diagnostics.view import ReportView
from ui.viewmodels.rows import RowsModel

NO_REPORT = ReportView(ready=False, verdict="")


class ReportModel(QObject):
    """Verdict, facts, crashes, and the text of the QR code."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view = NO_REPORT
        self._facts = RowsModel("name", "value")

    def show(self, view: ReportView | None) -> None:
        """Take over the report; None while it is being made."""
        before, self._view = self._view, view or NO_REPORT
        self._facts.show(self._view.facts)
        if self._view != before:
            self.changed.emit()

    @Property(bool, notify=changed)
    def made(self) -> bool:
        """Whether there is a report yet."""
        return bool(self._view.verdict)

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether the booth may be opened to the public."""
        return self._view.ready

    @Property(str, notify=changed)
    def verdict(self) -> str:
        """The report in one sentence."""
        return self._view.verdict

    @Property(QObject, constant=True)
    def facts(self) -> RowsModel:
        """Version, disk, memory and so on, by name and value in words."""
        return self._facts

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt's own type name
    def crashes(self) -> list[str]:
        """The last crashes, one line each."""
        return list(self._view.crashes)

    @Property(str, notify=changed)
    def qr(self) -> str:
        """The text of the QR code; empty for none."""
        return self._view.qr
