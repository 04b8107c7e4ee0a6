"""What booth and child process say to each other about slips; both sides check what they read."""

from __future__ import annotations

import json
from typing import Any

from devices.child import MAX_MESSAGE_BYTES
from devices.status import DeviceError, DeviceState
from devices.ticket_printer.interface import Paper, Printed, Slip
from devices.ticket_printer.realtime import Condition

CONDITION = b"k"
"""From the child: a `Condition` as JSON."""
RESULT = b"r"
"""From the child: how a slip ended, as JSON."""
BEAT = b"b"
"""From the child: still here, while it waits for the printer."""
MAX_TEXT = 3000
"""Characters on one slip, 1.5 m of paper."""
MAX_CODE = 40
"""Characters of the large code."""
MAX_QR = 1024
"""Characters in the QR code."""


def slip_message(slip: Slip) -> bytes:
    """A slip for the child.

    Raises:
        ValueError: it is longer than any slip of ours.
    """
    if (
        len(slip.title) + sum(map(len, slip.lines)) > MAX_TEXT
        or len(slip.lines) > MAX_TEXT // 10
        or len(slip.code or "") > MAX_CODE
        or len(slip.qr or "") > MAX_QR
    ):
        raise ValueError("too long for a slip")
    told = {"title": slip.title, "lines": slip.lines, "qr": slip.qr, "code": slip.code}
    message = json.dumps(told, ensure_ascii=False).encode()
    if len(message) > MAX_MESSAGE_BYTES:
        raise ValueError("too long for a slip")
    return message


def slip_of(message: bytes) -> Slip:
    """The slip in a message of the booth."""
    told = json.loads(message)
    return Slip(told["title"], tuple(told["lines"]), told["qr"], told["code"])


def condition_message(condition: Condition) -> bytes:
    """A condition for the booth."""
    told = {
        "state": condition.state,
        "paper": condition.paper,
        "reasons": condition.reasons,
        "detail": condition.detail,
        "hint": condition.hint,
    }
    return CONDITION + json.dumps(told).encode()


def condition_of(message: bytes) -> Condition | None:
    """The condition in a message of the child; None where it can't be read."""
    try:
        told: dict[str, Any] = json.loads(message[1:])
        return Condition(
            DeviceState(told["state"]),
            Paper(told["paper"]),
            tuple(map(str, told["reasons"])),
            str(told["detail"]),
            str(told["hint"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def result_message(result: Printed | DeviceError) -> bytes:
    """How a slip ended, for the booth."""
    if isinstance(result, Printed):
        return RESULT + json.dumps({"printed": result}).encode()
    told = {"state": result.state, "detail": result.detail, "hint": result.hint}
    return RESULT + json.dumps(told).encode()


def result_of(message: bytes) -> Printed | DeviceError:
    """The result in a message of the child; an odd one is an error too."""
    try:
        told: dict[str, Any] = json.loads(message[1:])
        if "printed" in told:
            return Printed(told["printed"])
        return DeviceError(DeviceState(told["state"]), str(told["detail"]), hint=str(told["hint"]))
    except (ValueError, KeyError, TypeError):
        return DeviceError(DeviceState.HARDWARE_ERROR, "the child's result can't be read")
