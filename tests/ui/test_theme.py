"""The tokens: contrast, sizes to read and to touch, and pictograms that exist."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QGuiApplication, QRawFont
from PySide6.QtQml import QQmlComponent

from ui.fonts import font_files
from ui.window import make_engine

ASK = """
import QtQml
import VisioGuichet.Theme
QtObject {
    readonly property QtObject theme: Theme
    readonly property QtObject glyphs: Glyphs
}
"""

#: Lettering, and every surface it is put on.
LETTERING = [
    ("ink", ("paper", "white", "mist", "mistPressed", "gold")),
    ("white", ("teal", "tealPressed", "brick", "brickPressed", "ink")),
    ("slate", ("paper", "white")),
    ("green", ("paper", "white")),
    ("brick", ("paper", "white")),
    ("mistPressed", ("night",)),
]
PAIRS = [(text, surface) for text, surfaces in LETTERING for surface in surfaces]

MM_PER_PX = 0.2767
"""A 24-inch screen of 1920×1080."""


@pytest.fixture(scope="module")
def tokens(qapp: QGuiApplication) -> Callable[[str], object]:
    engine = make_engine()
    component = QQmlComponent(engine)
    component.setData(ASK.encode(), "")
    asked = component.create()
    theme, glyphs = asked.property("theme"), asked.property("glyphs")
    assert isinstance(theme, QObject)
    assert isinstance(glyphs, QObject)
    keep = (engine, component, asked)

    def value(name: str) -> object:
        assert keep
        found = theme.property(name)
        return glyphs.property(name) if found is None else found

    return value


def luminance(colour: QColor) -> float:
    """Return WCAG 2.2's relative luminance."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: object, other: object) -> float:
    """Return WCAG 2.2's contrast ratio."""
    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "surface"), PAIRS)
def test_text_contrast(tokens: Callable[[str], object], text: str, surface: str) -> None:
    assert contrast(tokens(text), tokens(surface)) >= 7.0


@pytest.mark.parametrize(
    ("edge", "surface"), [*product(("edge",), ("paper", "white", "mist")), ("gold", "ink")]
)
def test_edges_and_focus_can_be_seen(
    tokens: Callable[[str], object], edge: str, surface: str
) -> None:
    assert contrast(tokens(edge), tokens(surface)) >= 3.0


def test_what_must_be_read_is_high_enough(tokens: Callable[[str], object]) -> None:
    regular = next(file for file in font_files() if file.name.endswith("Hyperlegible-Regular.ttf"))
    capital = QRawFont(str(regular), 1000).capHeight() / 1000
    least_mm = 600 * 0.7 * 3.14159 / 180
    for size in ("body", "button", "heading", "title", "number"):
        height = tokens(size)
        assert isinstance(height, int)
        assert height * capital * MM_PER_PX >= least_mm


def test_targets(tokens: Callable[[str], object]) -> None:
    target = tokens("target")
    assert isinstance(target, int)
    assert target * MM_PER_PX >= 15


def test_pictograms_are_what_their_names_say(tokens: Callable[[str], object]) -> None:
    spec = find_spec("qtawesome")
    assert spec is not None
    assert spec.origin is not None
    (charmap,) = (Path(spec.origin).parent / "fonts").glob("phosphor-charmap-*.json")
    known = {chr(int(code, 16)): name for name, code in json.loads(charmap.read_text()).items()}
    source = Path("ui/qml/VisioGuichet/Theme/Glyphs.qml").read_text()
    names = [line.split()[3].rstrip(":") for line in source.splitlines() if "\\u" in line]
    assert len(names) > 20
    shown = {name: known[str(tokens(name))] for name in names}
    for name in ("microphone", "phoneDisconnect", "house", "arrowLeft", "checkCircle"):
        words = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
        assert shown[name].startswith(words)
