"""A QR code as a QML item, `QrCode` of module `VisioGuichet.Codes`: squares, painted once."""

from __future__ import annotations

from PySide6.QtCore import Property, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtQml import qmlRegisterType
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

MODULE = "VisioGuichet.Codes"

#: Light modules round the code (ISO/IEC 18004, 9.1): readers look for them.
QUIET_MODULES = 4

#: Longest text, bytes of UTF-8: what the largest code holds at the error correction used here
#: (ISO/IEC 18004, table 7: version 40, level M, bytes).
LONGEST_BYTES = 2331


class QrCodeItem(QQuickPaintedItem):
    """Shows `text` as a code, in whole pixels to a module, black on white as readers want it."""

    text_changed = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._modules: list[list[bool]] = []

    def _get_text(self) -> str:
        return self._text

    def _set_text(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self._modules = _modules(text)
            self.update()
            self.text_changed.emit()

    def _get_empty(self) -> bool:
        return not self._modules

    text = Property(str, _get_text, _set_text, notify=text_changed)
    """What the code says."""
    empty = Property(bool, _get_empty, notify=text_changed)
    """Whether there is no code: no text, or more than a code holds."""

    def paint(self, painter: QPainter) -> None:
        """Draw the modules in the middle of the item."""
        if not self._modules:
            return
        side = len(self._modules)
        step = int(min(self.width(), self.height())) // (side + 2 * QUIET_MODULES)
        painter.fillRect(QRectF(0, 0, self.width(), self.height()), Qt.GlobalColor.white)
        left = (int(self.width()) - step * side) // 2
        top = (int(self.height()) - step * side) // 2
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    painter.fillRect(
                        left + x * step, top + y * step, step, step, Qt.GlobalColor.black
                    )


def _modules(text: str) -> list[list[bool]]:
    if not text or len(text.encode()) > LONGEST_BYTES:
        return []
    # Loaded for the report alone: nobody else shows a code.
    from kiosk.diagnostics.readiness.qr import modules  # noqa: PLC0415

    return modules(text)


def register() -> None:
    """Make `QrCode` known to QML. Call it once, before the first QML file is loaded."""
    # The stubs want bytes where the function takes only text.
    qmlRegisterType(QrCodeItem, MODULE, 1, 0, "QrCode")  # type: ignore[call-overload]
