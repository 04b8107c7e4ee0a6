"""A booth at rest: dark while every service is closed, and nothing burns in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QColor
from PySide6.QtQml import QQmlComponent

from kiosk.visit.snapshot import TileState
from tests.ui.conftest import Booth
from ui.scenes import HOME, scenes
from ui.screenshots import SIZES
from ui.viewmodels.tiles import TilesModel

CLOSED = scenes()["home-closed"]

DRIFT = """
import QtQml
import VisioGuichet.Screens
Drift { running: true; across: 6; along: 6; everyMs: 10 }
"""


def brightness(booth: Booth) -> float:
    """Return how light the window is on the whole, 0 to 1."""
    booth.drawn()
    tiny = booth.studio.window.grabWindow().scaled(QSize(64, 36))
    lights = [QColor(tiny.pixel(x, y)).lightnessF() for x in range(64) for y in range(36)]
    return sum(lights) / len(lights)


def rest(booth: Booth, resting: bool = True) -> None:
    booth.studio.models.shell.rest(resting=resting)
    booth.drawn()


def test_every_service_closed_is_told() -> None:
    model = TilesModel()
    assert not model.allClosed
    model.show(CLOSED.tiles)
    assert model.allClosed
    model.show((replace(CLOSED.tiles[0], state=TileState.UNREACHABLE), *CLOSED.tiles[1:]))
    assert not model.allClosed


def test_the_booth_dims_when_all_is_closed_and_a_touch_brings_it_back(booth: Booth) -> None:
    booth.show(HOME)
    rest(booth)
    usual = brightness(booth)
    booth.show(CLOSED)
    rest(booth)
    assert brightness(booth) < usual / 2
    assert "Touchez l'écran" in booth.controls()
    booth.studio.models.shell.touched()
    assert brightness(booth) > 0.8


def test_an_operator_may_want_it_bright(booth: Booth) -> None:
    booth.studio.window.setProperty("dimWhenClosed", False)
    booth.show(HOME)
    rest(booth)
    usual = brightness(booth)
    booth.show(CLOSED)
    rest(booth)
    assert brightness(booth) == pytest.approx(usual, abs=0.01)
    booth.studio.window.setProperty("dimWhenClosed", True)


def test_what_stands_still_is_moved_and_comes_back(booth: Booth) -> None:
    component = QQmlComponent(booth.studio.engine)
    component.setData(DRIFT.encode(), "")
    drift = component.create()
    assert isinstance(drift, QObject), component.errorString()
    places: set[tuple[int, int]] = set()

    def all_places() -> bool:
        places.add((drift.property("x"), drift.property("y")))
        return len(places) == 9

    booth.bot.waitUntil(all_places)
    assert {abs(x) for place in places for x in place} == {0, 6}
    drift.setProperty("running", False)
    assert (drift.property("x"), drift.property("y")) == (0, 0)
    drift.deleteLater()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_words_stay_whole_wherever_they_are_moved(booth: Booth, size: QSize) -> None:
    booth.show(CLOSED, size)
    rest(booth)
    (drift,) = [
        one
        for one in booth.studio.window.findChildren(QObject)
        if one.metaObject().className().startswith("Drift")
    ]
    window = QRectF(0, 0, size.width(), size.height())
    for place in range(9):
        drift.setProperty("place", place)
        (words,) = [item for item in booth.items() if item.property("text") == "Touchez l’écran"]
        for text in words.parentItem().childItems():
            assert window.contains(text.mapRectToScene(text.boundingRect()))
    drift.setProperty("place", 0)
