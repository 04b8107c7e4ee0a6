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
    SILENT,
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
STANDING_S = 1.0
"""What a round says that came with rubbish is believed once rounds have said it for so long."""
_MAX_RUBBISH = 16
"""Bytes in a round and since the one before that answer nothing: with more, nothing in it is an
answer. One in 16 bytes of noise looks like one."""
_MAX_READS = 256
"""Of what came unasked, at a time: a line that never falls silent must not hold us."""


class Conversation:
    """One open line to a printer: asks how it is, and prints."""

    def __init__(self, line: Line, byte_s: float, told: Callable[[Condition], None]) -> None:
        """`byte_s`: seconds that a byte takes on the line; `told` gets each condition."""
        self._line = line
        self._byte_s = byte_s
        self._told = told
        self._patience_s = ANSWER_S
        self._missed = False
        self._in_order_awaited = False
        self._rubbish = 0
        """Bytes since the end of the last round that answer nothing."""
        self._known: Condition | None = None
        """As last told."""
        self._doubtful: tuple[Condition, float] | None = None
        """What rounds with rubbish say, and since when (`time.monotonic`)."""

    def ask(self) -> Condition:
        """How the printer is now, told on as well; `SILENT` where a round has a gap.

        Rubbish on the line makes a round doubtful: then it is how it was, until the same has been
        said for `STANDING_S`.
        """
        self.hear()
        answers: list[int | None] = []
        for query in QUERIES:
            self._line.write(query, TAKE_S)
            answers.append(self._answer())
            if answers[-1] is None:
                break
        self._missed = None in answers
        rubbish, self._rubbish = self._rubbish, 0
        condition = understand(answers) if rubbish <= _MAX_RUBBISH else SILENT
        if rubbish and not self._stands(condition):
            condition = self._known or SILENT
        self._known = condition
        self._told(condition)
        return condition

    def _stands(self, condition: Condition) -> bool:
        now = time.monotonic()
        if self._doubtful is None or self._doubtful[0] != condition:
            self._doubtful = (condition, now)
        return now - self._doubtful[1] >= STANDING_S

    def hear(self) -> None:
        """Drop what came unasked; a late answer earns the printer more patience."""
        for _ in range(_MAX_READS):
            data = self._line.read(0)
            if not data:
                break
            if self._take(data) is None:
                continue
            if self._missed:
                self._missed = False
                self._patience_s = min(2 * self._patience_s, MAX_ANSWER_S)
            else:
                self._rubbish += 1

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
        self._in_order_awaited = True
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
            elif condition.state is DeviceState.ONLINE and (
                not self._in_order_awaited or now > ample
            ):
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
        while self._rubbish <= _MAX_RUBBISH and (left := until - time.monotonic()) > 0:
            real = self._take(self._line.read(left))
            if real is not None:
                return real
        return None

    def _take(self, data: bytes) -> int | None:
        """The last byte of `data` that answers a real-time query; notes one that answers GS r."""
        real = None
        for byte in data:
            if is_real_time(byte):
                self._rubbish += real is not None
                real = byte
            elif self._in_order_awaited and is_in_order(byte):
                self._in_order_awaited = False
            else:
                self._rubbish += 1
        return real
