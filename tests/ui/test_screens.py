"""Every screen in every size: no word is cut or covers another, each target is large and near."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtQuick import QQuickItem

from tests.ui.conftest import Booth
from ui.scenes import scenes
from ui.screenshots import SIZES

SCENES = scenes()

#: Names that no agency has: they may get an ellipsis, but nothing may cover them.
ENDLESS = {
    *("home-long-names", "hours-expected", "waiting-long", "in-call-trouble", "ended-fault"),
    "ended-fates-long",
    *("booking-subject-long", "booked-long", "summary-long", "ringing-long"),
}

#: Screens that lie over another one.
OVER = {"idle-prompt", "papers-waiting-scan", "dock", "technician-overview-crash"}


#: Portrait screens with more to touch than the lower two thirds hold. The technician's overview
#: shows ten devices at once; the dock is no resident's.
OUT_OF_REACH = {
    "home-line-down",
    "dock",
    *(name for name in SCENES if "long" in name),
    *(f"technician-overview{variant}" for variant in ("", "-leaving", "-crash")),
}

PORTRAIT = SIZES["1080x1920"]

#: Where what a seated person reaches begins in portrait: the lower two thirds, and a little more.
REACH = 0.29

#: 15 mm on a 24-inch 1080p screen, of 0.2767 mm a pixel.
TARGET_PX = 55

#: Rounding of positions to whole pixels.
SLACK = 1.5


#: Twice the pixels of 1920×1080 in the same shape: what holds there holds here.
FINE = "3840x2160"

USUAL = {name: size for name, size in SIZES.items() if name != FINE}

#: Those that fill their screen most, for a look at rounding in that size.
DENSE = ("home", "waiting-lost", "booking-time-many", "booked-long", "check-in-found", "in-call")


@pytest.mark.parametrize("scene", SCENES)
def test_words_and_targets(booth: Booth, scene: str) -> None:
    # A screen is made once and turned through the sizes: making it costs the most.
    booth.show(SCENES[scene], next(iter(USUAL.values())))
    for name, size in USUAL.items():
        booth.resize(size)
        look_at(booth, scene, name)
    for name, control in booth.controls().items():
        assert name.strip() or not control.state().focusable, "a control without a name"


@pytest.mark.parametrize("scene", DENSE)
def test_words_and_targets_on_a_fine_screen(booth: Booth, scene: str) -> None:
    booth.show(SCENES[scene], SIZES[FINE])
    look_at(booth, scene, FINE)


def look_at(booth: Booth, scene: str, name: str) -> None:
    """Check every word and every target of a scene in the size of that name."""
    size = SIZES[name]
    items = list(booth.items())
    words = [item for item in items if item.inherits("QQuickText") and item.property("text")]
    texts = [item for item in words if not scrolled_away(item)]
    assert texts, name
    if scene.startswith("ended"):
        assert texts == words, (name, "the screen goes by itself: all of it is read at once")
    if scene not in ENDLESS:
        cut = [item.property("text") for item in texts if item.property("truncated")]
        assert cut == [], name
    for item in texts:
        assert fits(item, size), (name, item.property("text"))
    if scene not in OVER:
        places = [(item.property("text"), on_screen(item)) for item in texts]
        for (one, here), (other, there) in combinations(places, 2):
            assert not covers(here, there), (name, one, other)
    unit = min(size.width(), size.height()) / 1080
    touched = [item for item in items if item.inherits("QQuickAbstractButton")]
    for item in touched:
        assert min(item.width(), item.height()) >= TARGET_PX * unit, name
    # Beside a conversation its older lines are scrolled away.
    if scene.startswith("papers-") and not scene.endswith("-writing"):
        away = [item.property("text") for item in touched if scrolled_away(item)]
        assert away == [], (name, "what can be done with a paper is seen at once")
    if size == PORTRAIT and scene not in OUT_OF_REACH:
        for item in touched:
            top = item.mapToScene(item.boundingRect().topLeft()).y()
            assert scrolled_away(item) or top >= PORTRAIT.height() * REACH, name


def scrolled_away(item: QQuickItem) -> bool:
    """Return whether a text is reached by scrolling what holds it."""
    above = item.parentItem()
    while above is not None:
        if above.inherits("QQuickFlickable") and above.clip():
            seen = above.mapRectToScene(above.boundingRect())
            return not seen.contains(item.mapRectToScene(item.boundingRect()))
        above = above.parentItem()
    return False


def fits(item: QQuickItem, size: QSize) -> bool:
    """Return whether a text lies inside its own place and inside the window."""
    painted = item.boundingRect()
    window = QRectF(0, 0, size.width(), size.height()).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    place = QRectF(0, 0, item.width(), item.height()).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    is_sign = item.property("glyph") is not None
    return (is_sign or place.contains(painted)) and window.contains(on_screen(item))


def covers(one: QRectF, other: QRectF) -> bool:
    """Return whether the places of two texts lie over each other."""
    shared = one.intersected(other)
    return shared.width() > SLACK and shared.height() > SLACK


def on_screen(item: QQuickItem) -> QRectF:
    """Return where a text's letters are, in the window; the space above and below them apart."""
    painted = item.mapRectToScene(item.boundingRect())
    air = painted.height() * 0.12 / max(1, int(item.property("lineCount")))
    return painted.adjusted(0, air, 0, -air)
