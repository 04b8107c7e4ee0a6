"""Prints a slip piece by piece, asking the printer in between; for the child process."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from devices.status import DeviceError, DeviceState
from devices.ticket_printer.interface import Printed
from devices.ticket_printer.line import Line
from devices.ticket_printer.realtime import (
    CLEAR_BUFFERS,
    IN_ORDER_QUERY,
    QUERIES,
    Condition,
    is_in_order,
    is_real_time,
    understand,
)

ANSWER_S = 0.5
"""Printers answer DLE EOT within 0.1 s; a slow network print server takes some more."""
MAX_ANSWER_S = 4.0
"""Patience grows up to this while answers are found to come late."""
TAKE_S = 5.0
"""A printer that takes no byte for so long, beyond the time the bytes need, stands still."""
READY_S = 3.0
"""How long a printer that is busy for no stated cause may keep a slip waiting."""
LOOK_S = 0.2
"""Between two looks at a printer that works off a slip."""
ROWS_PER_S = 400.0
"""50 mm/s at 8 rows/mm: the slowest mechanisms."""
CUT_S = 2.0
"""Feeding to the cutter, and the cut."""
_GARBAGE_BYTES = 256
"""More than this in the place of an answer, and nobody is going to answer."""


class Conversation:
    """One open line to a printer: asks how it is, and prints."""

    def __init__(self, line: Line, byte_s: float, told: Callable[[Condition], None]) -> None:
        """`byte_s`: seconds that a byte takes on the line; `told` gets each condition."""
        self._line = line
        self._byte_s = byte_s
        self._told = told
        self._patience_s = ANSWER_S
        self._missed = False
        self._worked_off = False

    def ask(self) -> Condition:
        """How the printer is now, told on as well; `SILENT` where a round has a gap."""
        self.hear()
        answers: list[int | None] = []
        for query in QUERIES:
            self._line.write(query, TAKE_S)
            answers.append(self._answer())
            if answers[-1] is None:
                break
        self._missed = None in answers
        condition = understand(answers)
        self._told(condition)
        return condition

    def hear(self) -> None:
        """Drop what came unasked; a late answer earns the printer more patience."""
        late = False
        for _ in range(_GARBAGE_BYTES):
            data = self._line.read(0)
            if not data:
                break
            late = self._take(data) is not None or late
        if late and self._missed:
            self._missed = False
            self._patience_s = min(2 * self._patience_s, MAX_ANSWER_S)

    def print(self, pieces: Sequence[bytes], rows: int) -> Printed:
        """Print `pieces`, which are `rows` of dots in all.

        Raises:
            DeviceError: the printer was not ready, or stopped before the end; what it had not
                printed yet it has been told to forget.
        """
        if not (condition := self._ready(READY_S)).answered:
            self._send(pieces)
            return Printed.UNCONFIRMED
        for piece in pieces:
            self._send([piece])
            if condition.answered:
                condition = self.ask()
                if condition.state.faulty:
                    raise self._give_up(condition)
        return self._end(rows) if condition.answered else Printed.UNCONFIRMED

    def _end(self, rows: int) -> Printed:
        """Wait until the slip is out: the printer says so in order, or had ample time for it."""
        self._worked_off = False
        self._line.write(IN_ORDER_QUERY, TAKE_S)
        ample = time.monotonic() + rows / ROWS_PER_S + CUT_S
        silent_until = ample + MAX_ANSWER_S
        while True:
            condition = self.ask()
            now = time.monotonic()
            if condition.state.faulty:
                raise self._give_up(condition)
            if not condition.answered:
                if now > silent_until:
                    return Printed.UNCONFIRMED
            elif condition.state is DeviceState.ONLINE and (self._worked_off or now > ample):
                return Printed.PRINTED
            elif now > ample + READY_S:
                raise self._give_up(condition)
            self._take(self._line.read(LOOK_S))

    def _ready(self, within_s: float) -> Condition:
        until = time.monotonic() + within_s
        while True:
            condition = self.ask()
            busy = condition.state is DeviceState.DEVICE_BUSY
            if condition.state.faulty or (busy and time.monotonic() > until):
                raise condition.error()
            if not busy:
                return condition
            self._take(self._line.read(LOOK_S))

    def _give_up(self, condition: Condition) -> DeviceError:
        self._line.write(CLEAR_BUFFERS, TAKE_S)
        return condition.error()

    def _send(self, pieces: Sequence[bytes]) -> None:
        for piece in pieces:
            self._line.write(piece, TAKE_S + len(piece) * self._byte_s)
            self._patience_s = max(self._patience_s, ANSWER_S + len(piece) * self._byte_s)

    def _answer(self) -> int | None:
        until = time.monotonic() + self._patience_s
        garbage = 0
        while garbage < _GARBAGE_BYTES and (left := until - time.monotonic()) > 0:
            data = self._line.read(left)
            real = self._take(data)
            if real is not None:
                return real
            garbage += len(data)
        return None

    def _take(self, data: bytes) -> int | None:
        """The last byte of `data` that answers a real-time query; notes one that answers GS r."""
        real = None
        for byte in data:
            if is_real_time(byte):
                real = byte
            elif is_in_order(byte):
                self._worked_off = True
        return real
