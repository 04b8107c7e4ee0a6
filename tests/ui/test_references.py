"""Qt's binding keeps count of what Python lends it: PySide6 6.12.0 does not, hence the pin."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Teller(QObject):
    """Something with a signal."""

    told = Signal()


def test_a_signal_and_a_call_give_back_as_many_references_as_they_took() -> None:
    teller = Teller()
    calls = 1_000
    # Lent in advance, so that a binding which loses them fails this test and not the process.
    spare = [value for _ in range(10 * calls) for value in (True, None)]
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(calls):
        teller.told.emit()
        teller.setObjectName("teller")
    lost = before[0] - sys.getrefcount(True), before[1] - sys.getrefcount(None)
    assert max(lost) < calls / 2, f"lost references to True and None: {lost}"
    assert len(spare) == 20 * calls
