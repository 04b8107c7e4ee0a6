"""The technician's rooms as their screens show them: door, overview, lists of steps."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Property, QObject, Signal

from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.view import DeviceRow, DoorView, Room, StepView, TechnicianView
from ui.viewmodels.countdown import Countdown
from ui.viewmodels.guided import GuidedModel
from ui.viewmodels.report import ReportModel
from ui.viewmodels.rows import Row, RowsModel

DEVICE_ROLES = (
    "kind", "name", "stands", "condition", "simulated", "lastTest", "outcome", "hint", "testable",
)  # fmt: skip
STEP_ROLES = ("key", "name", "outcome", "detail")

CLOSED = TechnicianView(Room.DOOR)
"""What the model holds while nobody is at the door."""


class TechnicianModel(QObject):
    """All of `TechnicianView`; its two countdowns have signals of their own."""

    changed = Signal()
    roomChanged = Signal()
    lockedChanged = Signal()
    leavesChanged = Signal()

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._view = CLOSED
        self._devices = RowsModel(*DEVICE_ROLES)
        self._steps = RowsModel(*STEP_ROLES)
        self._guided = GuidedModel()
        self._report = ReportModel()
        self._locked = Countdown(self, monotonic)
        self._locked.changed.connect(self.lockedChanged)
        self._leaves = Countdown(self, monotonic)
        self._leaves.changed.connect(self.leavesChanged)
        self._at_door: DoorView | None = None

    def show(self, view: TechnicianView | None) -> None:
        """Take over the technician's view; None while the door is shut."""
        before, self._view = self._view, view or CLOSED
        self._count_down(view)
        now = self._view
        self._devices.show([_device(row) for row in now.devices])
        opening = now.room is Room.OPENING
        self._steps.show([_step(row) for row in (now.opening if opening else now.steps)])
        self._guided.show(now.guided)
        self._report.show(now.report)
        if now != before:
            self.changed.emit()
        if now.room is not before.room:
            self.roomChanged.emit()

    def _count_down(self, view: TechnicianView | None) -> None:
        door = None if view is None else view.door
        if door != self._at_door:
            self._at_door = door
            self._locked.start(0 if door is None else door.locked_for_s)
        # The view says how long is left now, whenever it is made anew.
        self._leaves.start(0 if view is None else view.leaves_in_s)

    @Property(str, notify=roomChanged)
    def room(self) -> str:
        """A value of `Room`."""
        return self._view.room.value

    @Property(int, notify=changed)
    def triesLeft(self) -> int:
        """How many PINs may still be tried before the door is locked."""
        return self._view.door.tries_left

    @Property(int, notify=lockedChanged)
    def lockedForSeconds(self) -> int:
        """Above 0: the door takes no PIN for so long."""
        return self._locked.left

    @Property(bool, notify=changed)
    def hasPin(self) -> bool:
        """Whether this booth's door opens by a PIN at all."""
        return self._view.door.has_pin

    @Property(QObject, constant=True)
    def devices(self) -> RowsModel:
        """The overview's rows, `DEVICE_ROLES`."""
        return self._devices

    @Property(QObject, constant=True)
    def steps(self) -> RowsModel:
        """Of the opening, the network or the rehearsal, `STEP_ROLES`."""
        return self._steps

    @Property(bool, notify=changed)
    def stepsRunning(self) -> bool:
        """Whether a list of steps is being worked through."""
        return self._view.steps_running

    @Property(int, notify=changed)
    def stepsFailed(self) -> int:
        """How many steps of the list have failed."""
        return sum(step.outcome is Outcome.FAILED for step in self._view.steps)

    @Property(int, notify=changed)
    def stepsAborted(self) -> int:
        """How many steps of the list were left before their end."""
        return sum(step.outcome is Outcome.ABORTED for step in self._view.steps)

    @Property(QObject, constant=True)
    def guided(self) -> GuidedModel:
        """The step of a guided test."""
        return self._guided

    @Property(QObject, constant=True)
    def report(self) -> ReportModel:
        """The readiness report."""
        return self._report

    @Property(int, notify=leavesChanged)
    def leavesInSeconds(self) -> int:
        """Until Home, without a touch."""
        return self._leaves.left

    @Property(str, notify=changed)
    def crashed(self) -> str:
        """What the last run left behind; empty when it ended well or it has been read."""
        return self._view.crashed

    @Property(str, notify=changed)
    def notice(self) -> str:
        """One passing line."""
        return self._view.notice


def _device(row: DeviceRow) -> Row:
    outcome = "" if row.outcome is None else row.outcome.value
    return (
        row.kind, row.name, row.state, row.condition, row.simulated, row.last_test, outcome,
        row.hint, row.testable,
    )  # fmt: skip


def _step(row: StepView) -> Row:
    return (row.key, row.name, row.outcome.value, row.detail)
