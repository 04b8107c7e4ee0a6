"""Decides whether a paused queue may be let go on: only one that a fault of our own job paused."""

from __future__ import annotations

from devices.document_printer.facts import PrinterFacts
from devices.document_printer.reasons import PAUSED, PrinterState

FIRST_S = 3.0
"""CUPS keeps a queue stopped for ever after one fault (OpenPrinting #1005); most faults are over
by the time that somebody has closed the door."""
LONGEST_S = 60.0
"""A fault that lasts makes the queue stop again each time; the log should stay readable."""
BY_A_PERSON = "Paused"
"""CUPS's `printer-state-message` when somebody paused the queue and gave no reason; after a fault
it is the backend's words."""


class Resumer:
    """Remembers why the queue stands still."""

    def __init__(self, first_s: float = FIRST_S) -> None:
        """`first_s`: until the first try."""
        self._first_s = first_s
        self._paused = True  # One that was paused before us is not ours to resume.
        self._ours = False
        self._printing = False
        self._delay_s = first_s
        self._due = 0.0

    def due(self, facts: PrinterFacts, now: float, *, printing: bool) -> bool:
        """Whether to resume now; `printing`: a job of ours is under way.

        To be asked after each look at the printer, with the loop's time.
        """
        printed, self._printing = self._printing, printing
        paused = facts.state == PrinterState.STOPPED and PAUSED in facts.names
        if not paused:
            # Between two tries it runs for a moment: the fault and its delay are remembered
            # until a try has outlived the longest of them.
            if now > self._due + LONGEST_S:
                self._delay_s = self._first_s
            self._paused = False
            return False
        if not self._paused:
            self._paused = True
            self._ours = printed and facts.message != BY_A_PERSON
            self._due = now + self._delay_s
        if any(reason.hinders for reason in facts.reasons):
            self._due = now + self._first_s
            return False
        if not self._ours or now < self._due:
            return False
        self._delay_s = min(LONGEST_S, self._delay_s * 2)
        self._due = now + self._delay_s
        return True
