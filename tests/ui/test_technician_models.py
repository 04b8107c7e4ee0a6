"""The technician's view models tell of changes only, and count down between two snapshots."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from kiosk.diagnostics.outcome import Outcome
from kiosk.diagnostics.view import DoorView, Room, TechnicianView
from kiosk.visit.snapshot import DockDevice
from tests.ui.test_viewmodels import told
from ui.technician_scenes import CAMERA, NETWORK, OVERVIEW, REPORT, ROWS
from ui.viewmodels.dock import DockModel
from ui.viewmodels.guided import GuidedModel
from ui.viewmodels.report import ReportModel
from ui.viewmodels.rows import FIRST_ROLE, RowsModel
from ui.viewmodels.technician import DEVICE_ROLES, TechnicianModel
from ui.viewmodels.technician_touches import DOUBLE_TAP_S, TechnicianTouches
from ui.viewmodels.touches import Request

pytestmark = pytest.mark.usefixtures("qapp")


def row(model: RowsModel, number: int, *roles: str) -> dict[str, object]:
    return {
        name: model.data(model.index(number), FIRST_ROLE + index)
        for index, name in enumerate(roles)
    }


def test_rows_tell_of_the_row_that_changed() -> None:
    model = RowsModel("key", "value")
    model.show([("a", 1), ("b", 2)])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles: changed.append(first.row()))
    resets = told(model, "modelReset", "countChanged")
    model.show([("a", 1), ("b", 3)])
    assert (changed, resets) == ([1], [])
    model.show([("a", 1)])
    assert sorted(resets) == ["countChanged", "modelReset"]
    assert (model.count, model.rowCount(model.index(0))) == (1, 0)
    assert model.data(model.index(5), FIRST_ROLE) is None
    assert model.data(model.index(0), FIRST_ROLE + 9) is None


def test_rooms_and_rows() -> None:
    model = TechnicianModel()
    rooms = told(model, "roomChanged")
    model.show(OVERVIEW)
    model.show(OVERVIEW)
    assert (model.room, rooms) == ("overview", ["roomChanged"])
    camera = row(model.devices, 0, *DEVICE_ROLES)
    assert (camera["kind"], camera["outcome"], camera["simulated"]) == ("camera", "success", True)
    assert row(model.devices, 2, *DEVICE_ROLES)["outcome"] == ""
    assert model.devices.rowCount() == len(ROWS)
    model.show(None)
    assert (model.room, model.devices.rowCount()) == ("door", 0)


def test_a_list_tells_how_many_steps_went_wrong() -> None:
    model = TechnicianModel()
    aborted = replace(NETWORK[0], outcome=Outcome.ABORTED)
    view = TechnicianView(Room.NETWORK, steps=(aborted, *NETWORK[1:]), steps_running=True)
    model.show(view)
    assert (model.stepsRunning, model.stepsFailed, model.stepsAborted) == (True, 2, 1)
    assert model.steps.rowCount() == len(NETWORK)


def test_opening_shows_its_own_steps() -> None:
    model = TechnicianModel()
    model.show(TechnicianView(Room.OPENING, opening=NETWORK[:3], steps=NETWORK))
    assert model.steps.rowCount() == 3


def test_the_lock_runs_down_by_itself(qtbot: QtBot) -> None:
    now = [100.0]
    model = TechnicianModel(monotonic=lambda: now[0])
    door = DoorView(0, locked_for_s=30)
    model.show(TechnicianView(Room.DOOR, door=door))
    assert (model.lockedForSeconds, model.triesLeft, model.hasPin) == (30, 0, True)
    now[0] = 110.2
    with qtbot.waitSignal(model.lockedChanged, timeout=3000):
        pass
    assert model.lockedForSeconds == 20
    model.show(TechnicianView(Room.DOOR, door=door, notice="anything"))
    assert (model.lockedForSeconds, model.notice) == (20, "anything")
    now[0] = 131.0
    with qtbot.waitSignal(model.lockedChanged, timeout=3000):
        pass
    assert model.lockedForSeconds == 0


def test_time_to_leave_begins_again_with_each_word_of_the_booth(qtbot: QtBot) -> None:
    now = [0.0]
    model = TechnicianModel(monotonic=lambda: now[0])
    model.show(replace(OVERVIEW, leaves_in_s=45))
    now[0] = 30.0
    with qtbot.waitSignal(model.leavesChanged, timeout=3000):
        pass
    assert model.leavesInSeconds == 15
    model.show(replace(OVERVIEW, leaves_in_s=600))
    assert model.leavesInSeconds == 600
    model.show(None)
    assert model.leavesInSeconds == 0


def test_guided_step() -> None:
    model = GuidedModel()
    steps = told(model, "stepChanged", "levelChanged")
    model.show(CAMERA)
    assert (model.kind, model.name, model.number, model.of) == ("camera", "Caméra", 2, 4)
    assert (model.surface, model.outcome, model.ended) == ("picture", "running", False)
    assert (model.asksPerson, model.hint, model.finished) == (True, "", False)
    assert model.level == -1
    assert model.figures.rowCount() == 4
    model.show(replace(CAMERA, level=1.7, figures=()))
    assert (model.level, model.figures.rowCount()) == (1.0, 0)
    assert steps == ["stepChanged", "levelChanged"]
    model.show(None)
    assert (model.sentence, model.ended) == ("", False)


def test_report() -> None:
    model = ReportModel()
    assert not model.made
    changes = told(model, "changed")
    model.show(REPORT)
    model.show(REPORT)
    assert (model.made, model.ready, model.verdict) == (True, False, REPORT.verdict)
    assert (model.facts.rowCount(), model.crashes) == (7, list(REPORT.crashes))
    assert model.qr == REPORT.qr
    assert changes == ["changed"]


def test_dock_is_there_only_when_asked_for() -> None:
    model = DockModel()
    model.toggle()
    assert (model.asked, model.open) == (False, False)
    model.ask()
    model.toggle()
    assert (model.asked, model.open) == (True, True)
    model.toggle()
    assert not model.open


def test_two_devices_of_a_kind_are_two_rows() -> None:
    model = DockModel()
    one = DockDevice("microphone", "online", (("plug", ""), ("slow", "seconds")))
    model.show((one, one))
    resets = told(model.devices, "modelReset")
    model.show((one, replace(one, state="noDevice")))
    assert resets == []
    shown = row(model.devices, 1, "key", "kind", "stands", "actions", "takes")
    assert (shown["kind"], shown["stands"]) == ("microphone", "noDevice")
    assert (shown["actions"], shown["takes"]) == (["plug", "slow"], ["", "seconds"])


def test_the_second_tap_of_a_double_one_answers_nothing() -> None:
    now = [10.0]
    asked: list[Request] = []
    touches = TechnicianTouches(asked.append, lambda: now[0])
    touches.confirm()
    for _ in range(3):
        now[0] += DOUBLE_TAP_S / 2
        touches.confirm()
        touches.fails()
    assert len(asked) == 1
    now[0] += DOUBLE_TAP_S
    touches.fails()
    assert len(asked) == 2


def test_trying_again_asks_for_the_device_and_for_the_step() -> None:
    asked: list[Request] = []
    touches = TechnicianTouches(asked.append, lambda: 10.0)
    touches.retry("camera")
    touches.again()
    assert len(asked) == 2
