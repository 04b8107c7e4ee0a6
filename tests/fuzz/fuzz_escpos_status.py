"""Fuzzes what a ticket printer answers: any bytes, in any order, to the status queries."""

from __future__ import annotations

from devices.status import DeviceState
from devices.ticket_printer.interface import Paper
from devices.ticket_printer.realtime import is_real_time, understand
from devices.ticket_printer.wire import condition_of, result_of

SEEDS = (b"\x12\x12\x12\x12", b"\x1a\x32\x12\x72", b"\x12\x12\x12", b'k{"state": "online"}')


def target(data: bytes) -> None:
    """A round of answers, and a message of the child."""
    condition = understand(data[:4])
    whole = len(data) >= 4 and all(map(is_real_time, data[:4]))
    if whole is (condition.state is DeviceState.UNKNOWN):
        raise AssertionError("a whole round says something, and nothing else does")
    if not whole and (condition.paper is not Paper.UNKNOWN or condition.reasons):
        raise AssertionError("nothing known, and yet something told")
    if condition.paper is Paper.EMPTY and not condition.state.faulty:
        raise AssertionError("no paper, and no fault")
    condition_of(data)
    result_of(data)
