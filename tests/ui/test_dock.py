"""The dock's panel: out when asked for, beside what runs, and each button does one thing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest

from kiosk.visit.snapshot import DockDevice, VisitSnapshot
from tests.ui.conftest import FULL_HD, Booth
from ui.scenes import HOME, scenes
from ui.screenshots import SIZES
from ui.window import QML

DOCK = scenes()["dock"]
DEVICES = (
    DockDevice("camera", "online", (("unplug", ""), ("unheard_of", ""))),
    DockDevice("card_reader", "online", (("present", "kind of card"),)),
)


def dock(booth: Booth, size: QSize = FULL_HD) -> VisitSnapshot:
    snapshot = replace(HOME, dock=DEVICES)
    booth.show(snapshot, size)
    return snapshot


def test_there_is_none_unless_asked_for(booth: Booth) -> None:
    booth.show(HOME)
    assert not any("pupitre" in name for name in booth.controls())


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_it_never_covers_the_whole_screen(booth: Booth, size: QSize) -> None:
    booth.show(DOCK, size)
    (panel,) = [item for item in booth.items() if item.metaObject().className().startswith("DockP")]
    assert panel.mapToScene(QPoint(0, 0)).x() >= size.width() / 2 - 1
    assert panel.width() > 300


def test_a_button_is_an_action(booth: Booth) -> None:
    dock(booth)
    booth.touch("Débrancher")
    booth.touch("unheard of")
    assert booth.visit.asked == [
        ("dock", "camera", "unplug", ""),
        ("dock", "camera", "unheard_of", ""),
    ]


def test_an_argument_is_typed(booth: Booth) -> None:
    dock(booth)
    booth.studio.window.requestActivate()
    booth.bot.waitUntil(booth.studio.window.isActive)
    booth.touch("Présenter : kind of card")
    for character in "technician":
        QTest.keyClick(booth.studio.window, Qt.Key(ord(character.upper())))
    booth.key(Qt.Key.Key_Return)
    booth.touch("Présenter")
    (first, second) = booth.visit.asked
    assert first == second
    assert [str(word).lower() for word in first] == ["dock", "card_reader", "present", "technician"]


def test_the_handle_puts_it_away(booth: Booth) -> None:
    dock(booth)
    booth.touch("Ranger le pupitre des appareils simulés")
    booth.drawn()
    assert not booth.studio.models.dock.open
    assert "Débrancher" not in booth.controls()
    booth.touch("Sortir le pupitre des appareils simulés")
    booth.drawn()
    assert "Débrancher" in booth.controls()


def test_what_runs_beside_it_can_be_touched(booth: Booth) -> None:
    dock(booth)
    booth.touch("CAF")
    assert booth.visit.asked == [("choose", "caf")]


def test_nothing_simulated_is_said(booth: Booth) -> None:
    booth.show(replace(HOME, dock=DEVICES))
    booth.studio.models.dock.show(())
    booth.drawn()
    assert "Aucun appareil de cette borne n'est simulé." in booth.controls()


def test_every_action_there_is_has_a_word() -> None:
    files = [Path("devices/dock.py"), *Path("devices").glob("*/simulated.py")]
    actions = {
        name
        for file in files
        for name in re.findall(r'"(\w+)": (?:plain|number|Action)\(', file.read_text())
    }
    worded = set(re.findall(r'case "(\w+)"', (QML / "VisioGuichet/Dock/DockWords.qml").read_text()))
    assert len(actions) > 10
    assert actions - worded == set()
