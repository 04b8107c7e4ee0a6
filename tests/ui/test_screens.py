"""Every screen in every size: no word is cut or covers another, every target is large enough."""

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
    *("booking-subject-long", "booked-long", "summary-long", "ringing-long"),
}

#: Screens that lie over another one.
OVER = {"idle-prompt", "papers-waiting-scan", "dock", "technician-overview-crash"}


#: Portrait screens with more to touch than the lower two thirds hold. The technician's overview
#: shows ten devices at once; the dock is no resident's.
OUT_OF_REACH = {
    "home-line-down",
    "dock",
    *(f"technician-overview{variant}" for variant in ("", "-leaving", "-crash")),
}

#: 15 mm on a 24-inch 1080p screen, of 0.2767 mm a pixel.
TARGET_PX = 55

#: Rounding of positions to whole pixels.
SLACK = 1.5


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_words_and_targets(booth: Booth, scene: str, size: QSize) -> None:
    booth.show(SCENES[scene], size)
    texts = [
        item
        for item in booth.items()
        if item.inherits("QQuickText") and item.property("text") and not scrolled_away(item)
    ]
    assert texts
    if scene not in ENDLESS:
        cut = [item.property("text") for item in texts if item.property("truncated")]
        assert cut == []
    for item in texts:
        assert fits(item, size), item.property("text")
    if scene not in OVER:
        for one, other in combinations(texts, 2):
            assert not covers(one, other), (one.property("text"), other.property("text"))
    unit = min(size.width(), size.height()) / 1080
    for item in booth.items():
        if item.inherits("QQuickAbstractButton"):
            assert min(item.width(), item.height()) >= TARGET_PX * unit


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


def covers(one: QQuickItem, other: QQuickItem) -> bool:
    """Return whether two texts lie over each other."""
    shared = on_screen(one).intersected(on_screen(other))
    return shared.width() > SLACK and shared.height() > SLACK


def on_screen(item: QQuickItem) -> QRectF:
    """Return where a text's letters are, in the window; the space above and below them apart."""
    painted = item.mapRectToScene(item.boundingRect())
    air = painted.height() * 0.12 / max(1, int(item.property("lineCount")))
    return painted.adjusted(0, air, 0, -air)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_portrait_puts_what_is_touched_within_reach(booth: Booth, size: QSize) -> None:
    for scene in SCENES:
        booth.show(SCENES[scene], size)
        if size.height() < size.width() or "long" in scene or scene in OUT_OF_REACH:
            continue
        for item in booth.items():
            if item.inherits("QQuickAbstractButton"):
                top = item.mapToScene(item.boundingRect().topLeft()).y()
                assert top >= size.height() * 0.29, scene
