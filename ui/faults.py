"""Faults of the interface itself: told to the visit, which shows its fail-safe screen."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtQml import QQmlApplicationEngine, QQmlError

from kiosk.log import get_logger

log = get_logger(__name__)

#: A fault that comes again within this time is logged but not told again, seconds: the fail-safe
#: screen is shown already, and a fault of its own must not make it endless.
QUIET_S = 10.0

_LEVELS = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "error",
    QtMsgType.QtFatalMsg: "critical",
}


class Faults:
    """Gathers QML's runtime errors and uncaught exceptions; tells `failed` of them."""

    def __init__(
        self, failed: Callable[[str], None], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._failed = failed
        self._monotonic = monotonic
        self._last = -QUIET_S
        self._hook_before = sys.excepthook

    def watch(self, engine: QQmlApplicationEngine) -> None:
        """Listen to the engine, to Python's exception hook and to Qt's messages."""
        engine.setOutputWarningsToStandardError(False)
        engine.warnings.connect(self.on_qml)
        self._hook_before = sys.excepthook
        sys.excepthook = self.on_exception
        qInstallMessageHandler(log_message)

    def unwatch(self) -> None:
        """Put the hooks back."""
        sys.excepthook = self._hook_before
        qInstallMessageHandler(None)

    def on_qml(self, errors: list[QQmlError]) -> None:
        """A binding or handler of QML failed."""
        for error in errors:
            self._tell(f"{error.url().fileName()}:{error.line()}: {error.description()}")

    def on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """An exception reached the edge of the program, from a slot or a timer."""
        if issubclass(kind, KeyboardInterrupt):
            self._hook_before(kind, error, trace)
            return
        log.error("uncaught_exception", error=error, exc_info=(kind, error, trace))
        self._tell(kind.__name__)

    def _tell(self, detail: str) -> None:
        log.error("interface_fault", reason=detail)
        now = self._monotonic()
        if now - self._last >= QUIET_S:
            self._last = now
            self._failed(detail)


def log_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Write what Qt says of itself into the booth's log."""
    getattr(log, _LEVELS[kind])("qt_message", reason=message, module=context.category or "")
