"""What Qt warns of though nothing is wrong: silenced by name, and nothing else is."""

from __future__ import annotations

from PySide6.QtCore import QLoggingCategory

#: At each look of a screen reader Qt says that it does not know a newer question of AT-SPI, which
#: is answered all the same; and its on-screen keyboard warns of its own parts as it is loaded.
RULES = (
    "qt.accessibility.atspi.warning=false\n"
    "qt.multimedia.symbolsresolver.warning=false\n"
    "qt.qml.propertyCache.append.warning=false"
)


def silence() -> None:
    """Silence it; to be called before the application is made."""
    QLoggingCategory.setFilterRules(RULES)
