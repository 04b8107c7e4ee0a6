"""The booth's window: fonts, words, view models and QML brought together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

QML = Path(__file__).parent / "qml"
MAIN = QML / "VisioGuichet" / "Booth" / "Main.qml"


class WindowError(RuntimeError):
    """The interface's own files could not be loaded."""


def make_engine() -> QQmlApplicationEngine:
    """Return an engine that finds the booth's QML modules."""
    engine = QQmlApplicationEngine()
    engine.addImportPath(str(QML))
    return engine


def load_window(engine: QQmlApplicationEngine, properties: Mapping[str, object]) -> QQuickWindow:
    """Load the window, still hidden, with its required properties.

    Raises:
        WindowError: QML refused; the reasons are in the text.
    """
    reasons: list[str] = []

    def gather(errors: list[QObject]) -> None:
        reasons.extend(str(error) for error in errors)

    engine.warnings.connect(gather)
    engine.setInitialProperties(dict(properties))
    engine.load(QUrl.fromLocalFile(str(MAIN)))
    engine.warnings.disconnect(gather)
    roots = engine.rootObjects()
    if not roots or not isinstance(roots[0], QQuickWindow):
        raise WindowError("; ".join(reasons) or f"{MAIN.name} gave no window")
    return roots[0]
