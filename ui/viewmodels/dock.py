"""The dock as its panel shows it: simulated devices, and what can be done to each."""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal, Slot

from kiosk.visit.snapshot import DockDevice
from ui.viewmodels.rows import Row, RowsModel


class DockModel(QObject):
    """The simulated devices, and whether the panel is out; there is none until asked for."""

    askedChanged = Signal()
    openChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._devices = RowsModel("key", "kind", "stands", "actions", "takes")
        self._asked = False
        self._open = False

    def show(self, devices: tuple[DockDevice, ...]) -> None:
        """Take over the simulated devices."""
        self._devices.show([_row(number, device) for number, device in enumerate(devices)])

    def ask(self, *, asked: bool = True) -> None:
        """The booth was started with its dock; or, in a studio, is to look as if it was not."""
        self._asked, self._open = asked, False
        self.askedChanged.emit()
        self.openChanged.emit()

    @Slot()
    def toggle(self) -> None:
        """Bring the panel out, or put it away; nothing where there is no dock."""
        if self._asked:
            self._open = not self._open
            self.openChanged.emit()

    @Property(QObject, constant=True)
    def devices(self) -> RowsModel:
        """One row per simulated device: names of its actions, and what each takes beside them."""
        return self._devices

    @Property(bool, notify=askedChanged)
    def asked(self) -> bool:
        """Whether there is a dock at all."""
        return self._asked

    @Property(bool, notify=openChanged)
    def open(self) -> bool:
        """Whether the panel is out."""
        return self._open


def _row(number: int, device: DockDevice) -> Row:
    # Two devices may be of one kind; a device whose actions change is another row.
    actions = [name for name, _takes in device.actions]
    key = " ".join((str(number), device.kind, *actions))
    return (key, device.kind, device.state, actions, [takes for _name, takes in device.actions])
