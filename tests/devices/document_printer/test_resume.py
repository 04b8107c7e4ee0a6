"""Whose pause it is, and when to try."""

from __future__ import annotations

from dataclasses import replace

from devices.document_printer.facts import PrinterFacts
from devices.document_printer.reasons import PrinterState, parse
from devices.document_printer.resume import LONGEST_S, Resumer

RUNNING = PrinterFacts(state=PrinterState.PROCESSING)
PAUSED = PrinterFacts(
    state=PrinterState.STOPPED, reasons=parse(["paused"]), message="Unable to send data."
)


def test_a_fault_of_our_job_is_tried_again_ever_more_rarely() -> None:
    resumer = Resumer(first_s=3)
    assert not resumer.due(RUNNING, 0, printing=True)
    tried = [now for now in range(1, 200) if resumer.due(PAUSED, now, printing=True)]
    waits = [later - sooner for sooner, later in zip([1, *tried], tried, strict=False)]
    assert waits == [3, 6, 12, 24, 48, 60]


def test_a_pause_that_outlives_the_job_is_still_ours() -> None:
    resumer = Resumer(first_s=3)
    resumer.due(RUNNING, 0, printing=True)
    resumer.due(PAUSED, 1, printing=True)
    assert resumer.due(PAUSED, 5, printing=False)


def test_a_pause_that_was_there_before_us_is_left() -> None:
    resumer = Resumer(first_s=3)
    assert not any(resumer.due(PAUSED, now, printing=True) for now in range(100))


def test_a_pause_while_nothing_of_ours_was_printed_is_left() -> None:
    resumer = Resumer(first_s=3)
    resumer.due(RUNNING, 0, printing=False)
    assert not any(resumer.due(PAUSED, now, printing=True) for now in range(1, 100))


def test_a_persons_pause_is_left_also_during_our_job() -> None:
    resumer = Resumer(first_s=3)
    resumer.due(RUNNING, 0, printing=True)
    by_hand = replace(PAUSED, message="Paused")
    assert not any(resumer.due(by_hand, now, printing=True) for now in range(1, 100))


def test_while_the_cause_is_there_nothing_is_tried() -> None:
    resumer = Resumer(first_s=3)
    resumer.due(RUNNING, 0, printing=True)
    jammed = replace(PAUSED, reasons=parse(["paused", "media-jam-error"]))
    assert not any(resumer.due(jammed, now, printing=True) for now in range(1, 100))
    assert not resumer.due(PAUSED, 100, printing=True)
    assert resumer.due(PAUSED, 103, printing=True)


def test_after_a_good_while_the_first_wait_is_short_again() -> None:
    resumer = Resumer(first_s=3)
    resumer.due(RUNNING, 0, printing=True)
    for now in range(1, 30):
        resumer.due(PAUSED, now, printing=True)
    later = 100 + LONGEST_S
    resumer.due(RUNNING, later, printing=True)
    resumer.due(PAUSED, later + 1, printing=True)
    assert resumer.due(PAUSED, later + 4, printing=True)
