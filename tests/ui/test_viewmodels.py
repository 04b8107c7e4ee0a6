"""View models tell of changes only, and put nothing in place of what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.diagnostics.printer_words import for_resident
from kiosk.documents.view import PapersView, PrintView, ReceivedDocument, SentPage
from kiosk.link.messages import EndReason
from kiosk.visit.snapshot import CallView, EndedView, Screen, Tile, TileState, WaitingView
from ui.scenes import CAF, HOME, IN_VISIT, TILES, scenes
from ui.viewmodels.agency import AgencyModel
from ui.viewmodels.booth import BoothModels
from ui.viewmodels.call import CallModel
from ui.viewmodels.ended import EndedModel
from ui.viewmodels.shell import ShellModel
from ui.viewmodels.tiles import FIRST_ROLE, ROLES, TilesModel
from ui.viewmodels.waiting import WaitingModel

pytestmark = pytest.mark.usefixtures("qapp")


def told(model: QObject, *signals: str) -> list[str]:
    """Return a list to which the names of the signals are added as they come."""
    seen: list[str] = []
    for name in signals:
        getattr(model, name).connect(lambda *_, name=name: seen.append(name))
    return seen


def test_tiles_tell_of_the_row_that_changed() -> None:
    model = TilesModel()
    model.show(TILES)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles: changed.append(first.row()))
    resets = told(model, "modelReset")
    model.show((*TILES[:2], replace(TILES[2], waiting=4), *TILES[3:]))
    assert (changed, resets) == ([2], [])
    model.show(TILES[:3])
    assert resets == ["modelReset"]
    assert model.count == model.rowCount() == 3


def test_tile_roles() -> None:
    model = TilesModel()
    model.show(TILES)
    assert [name.data().decode() for name in model.roleNames().values()] == list(ROLES)
    row = {name: model.data(model.index(3), FIRST_ROLE + i) for i, name in enumerate(ROLES)}
    assert row["name"] == "Impôts"
    assert row["availability"] == "closed"
    assert row["opens"] == "demain à\N{NO-BREAK SPACE}9\N{NO-BREAK SPACE}h"
    assert model.data(model.index(99), FIRST_ROLE) is None
    assert model.data(model.index(0), FIRST_ROLE + 99) is None
    assert model.rowCount(model.index(0)) == 0


def test_agency_has_its_week() -> None:
    model = AgencyModel(today=lambda: date(2026, 11, 26))
    model.show(CAF)
    assert (model.name, model.monogram, model.availability) == ("CAF", "CAF", "available")
    assert model.days[0] == "Lundi"
    assert model.hours[5] == "fermé"
    assert model.today == 3
    changes = told(model, "changed")
    model.show(CAF)
    assert changes == []
    model.show(None)
    assert (model.name, model.days) == ("", [])


def test_agency_says_when_it_opens_and_who_waits() -> None:
    model = AgencyModel()
    model.show(Tile("x", "X", "Xylophones", "X", "#000000", TileState.CLOSED, 3, "lundi à 9 h"))
    assert (model.fullName, model.tint, model.waiting) == ("Xylophones", "#000000", 3)
    assert model.opens == "lundi à\N{NO-BREAK SPACE}9 h"


def test_waiting_gives_no_figure_without_ground() -> None:
    model = WaitingModel()
    assert (model.position, model.lowestMinutes, model.highestMinutes) == (0, -1, -1)
    changes = told(model, "changed")
    model.show(WaitingView(position=2, estimate_min=(3, 5)))
    model.show(WaitingView(position=2, estimate_min=(3, 5)))
    assert (model.position, model.lowestMinutes, model.highestMinutes) == (2, 3, 5)
    assert changes == ["changed"]


def test_call_counts_from_the_first_picture(qtbot: QtBot) -> None:
    now = [100.0]
    model = CallModel(monotonic=lambda: now[0])
    model.show(CallView(agent_name="Sophie", connected_at=90.5))
    assert (model.elapsedSeconds, model.agentName) == (9, "Sophie")
    now[0] = 163.0
    changes = told(model, "changed")
    with qtbot.waitSignal(model.elapsedChanged, timeout=3000):
        pass
    assert (model.elapsedSeconds, changes) == (72, [])
    model.show(CallView())
    assert model.elapsedSeconds == 0


def test_call_facts() -> None:
    model = CallModel()
    model.show(CallView(muted=True, volume=3, slowed=True, remote_video=True, camera_working=False))
    assert (model.muted, model.volume, model.quality) == (True, 3, "good")
    assert (model.slowed, model.remoteVideo, model.cameraWorking) == (True, True, False)
    assert (model.microphoneWorking, model.loudspeakerWorking) == (True, True)


def test_ended() -> None:
    model = EndedModel()
    assert model.durationSeconds == -1
    papers = PapersView(
        sent=(SentPage(1, 100), SentPage(2, 100), SentPage(3, 40)),
        received=(
            ReceivedDocument("a", "a.pdf", printed=True),
            ReceivedDocument("b", "b.pdf", taken_away=True),
            ReceivedDocument("c", "c.pdf"),
        ),
    )
    changes = told(model, "changed")
    model.show(EndedView(EndReason.AGENT, 61, 20), papers)
    model.show(EndedView(EndReason.AGENT, 61, 20), papers)
    assert changes == ["changed"]
    assert (model.pagesSent, model.pagesNotSent) == (2, 1)
    assert (model.documentsPrinted, model.documentsTaken) == (1, 1)
    assert (model.reason, model.durationSeconds, model.homeInSeconds) == ("agent", 61, 20)
    assert not model.printing
    job = PrintView("processing-stopped", pages=8, pages_printed=3, reasons=("media-jam",))
    one = ReceivedDocument("d", "d.pdf", job="processing-stopped")
    model.show(EndedView(), PapersView(received=(one,), printing=job))
    assert (model.printing, model.pagesToPrint, model.pagesPrinted) == (True, 8, 3)
    assert model.printerSaid == for_resident(("media-jam",))


def test_the_clock_is_the_one_of_the_agencies_hours(qtbot: QtBot) -> None:
    model = ShellModel(now=lambda: datetime(2026, 3, 29, 0, 59, tzinfo=UTC))
    tile = Tile("caf", "CAF", "", "CAF", "#1b4a8a", TileState.CLOSED, zone="Europe/Paris")
    model.show(replace(HOME, tiles=(tile,)))
    assert model.time == "01:59"


def test_shell_clock_changes_by_the_minute(qtbot: QtBot) -> None:
    now = [datetime(2026, 11, 22, 14, 32, 59, tzinfo=UTC)]
    model = ShellModel(now=lambda: now[0])
    assert model.time == "14:32"
    now[0] = datetime(2026, 11, 22, 14, 33, tzinfo=UTC)
    with qtbot.waitSignal(model.timeChanged, timeout=3000):
        pass
    assert model.time == "14:33"


def test_shell_facts() -> None:
    model = ShellModel()
    assert (model.screen, model.idleSecondsLeft) == ("home", -1)
    model.show(replace(HOME, idle_seconds_left=7))
    assert (model.placeName, model.lineUp) == ("France services de Lamballe", True)
    assert (model.idleSecondsLeft, model.simulated) == (7, ["camera", "microphone", "loudspeaker"])


def test_home_rests_when_nobody_touches_it(qtbot: QtBot) -> None:
    model = ShellModel(rest_after_ms=30)
    with qtbot.waitSignal(model.restingChanged):
        pass
    assert model.resting
    model.touched()
    assert not model.resting
    with qtbot.waitSignal(model.restingChanged):
        pass
    model.show(replace(IN_VISIT, screen=Screen.WAITING))
    assert not model.resting
    model.rest(resting=True)
    assert not model.resting


def test_screen_changes_when_what_it_reads_is_there() -> None:
    models = BoothModels()
    names: list[str] = []
    models.shell.screenChanged.connect(lambda: names.append(models.agency.name))
    models.show(HOME)
    models.show(scenes()["waiting-third"])
    models.show(HOME)
    assert names == ["CAF", "CAF"]
    assert models.agency.name == ""
