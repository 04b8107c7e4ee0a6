"""The code on the screen is read by a code reader, and says what it was given."""

from __future__ import annotations

import pytest
import zxingcpp
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage

from tests.ui.conftest import Booth
from ui.qr_code import LONGEST_BYTES, QrCodeItem
from ui.scenes import scenes
from ui.screenshots import SIZES
from ui.technician_scenes import REPORT


def read(image: QImage) -> list[str]:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = memoryview(grey.constBits()).cast("B", (grey.height(), grey.bytesPerLine()))
    return [code.text for code in zxingcpp.read_barcodes(pixels)]


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_report_can_be_taken_home(booth: Booth, size: QSize) -> None:
    booth.show(scenes()["technician-report"], size)
    assert read(booth.studio.window.grabWindow()) == [REPORT.qr]


def test_too_much_or_nothing_is_no_code(qapp: QGuiApplication) -> None:
    item = QrCodeItem()
    assert item.property("empty")
    item.setProperty("text", "é" * LONGEST_BYTES)
    assert item.property("empty")
    item.setProperty("text", "A" * LONGEST_BYTES)
    assert not item.property("empty")
    item.setProperty("text", "")
    assert item.property("empty")
    item.deleteLater()
