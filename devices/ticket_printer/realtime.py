"""What a printer's real-time answers mean: DLE EOT 1 to 4 of the ESC/POS command reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from devices.status import DeviceError, DeviceState
from devices.ticket_printer.interface import Paper

QUERIES = tuple(bytes((0x10, 0x04, n)) for n in (1, 2, 3, 4))
"""Printer, cause of being offline, cause of an error, roll paper sensors."""
IN_ORDER_QUERY = b"\x1dr\x01"
"""GS r 1: answered only once everything before it has been worked off."""
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4 8: what is left of a broken slip must not come out before the next one."""

_OFFLINE = 0x08
_COVER_OPEN = 0x04
_FEED_BUTTON = 0x08
_PAPER_STOP = 0x20
_MECHANICAL = 0x04
_CUTTER = 0x08
_UNRECOVERABLE = 0x20
_TOO_HOT = 0x40
_NEAR_END = 0x0C
_END = 0x60


def is_real_time(byte: int) -> bool:
    """Whether a byte can be an answer to DLE EOT: bits 1 and 4 are set, 0 and 7 are not."""
    return byte & 0x93 == 0x12


def is_in_order(byte: int) -> bool:
    """Whether a byte can be the answer to GS r: bits 4 and 7 are not set."""
    return byte & 0x90 == 0


@dataclass(frozen=True, slots=True)
class Condition:
    """How the printer is, as far as it says."""

    state: DeviceState
    paper: Paper
    reasons: tuple[str, ...]
    """By the names of IPP's `printer-state-reasons`."""
    detail: str
    hint: str = ""

    @property
    def answered(self) -> bool:
        """Whether the printer has said anything."""
        return self.state is not DeviceState.UNKNOWN

    def error(self) -> DeviceError:
        """This condition as the reason why a slip did not come out."""
        return DeviceError(self.state, self.detail, hint=self.hint)


SILENT = Condition(
    DeviceState.UNKNOWN, Paper.UNKNOWN, (), "does not answer DLE EOT", "check power and cable"
)


def understand(answers: Sequence[int | None]) -> Condition:
    """The condition that four answers tell of, worst first; None stands for no answer.

    A round with a gap or with a byte that is no answer says nothing: `SILENT`.
    """
    known = [byte for byte in answers if byte is not None and is_real_time(byte)]
    if len(known) != len(QUERIES):
        return SILENT
    printer, offline, error, roll = known
    paper = _paper(offline, roll)
    reasons = tuple(
        reason
        for reason, told in (
            ("media-empty", paper is Paper.EMPTY),
            ("cover-open", offline & _COVER_OPEN),
            ("media-jam", error & (_MECHANICAL | _CUTTER)),
            ("other", error & (_UNRECOVERABLE | _TOO_HOT)),
            ("media-low", paper is Paper.LOW),
        )
        if told
    )
    state, detail, hint = _worst(printer, offline, error, paper)
    return Condition(state, paper, reasons, detail, hint)


def _paper(offline: int, roll: int) -> Paper:
    if roll & _END or offline & _PAPER_STOP:
        return Paper.EMPTY
    return Paper.LOW if roll & _NEAR_END else Paper.PRESENT


def _worst(printer: int, offline: int, error: int, paper: Paper) -> tuple[DeviceState, str, str]:
    broken, person, busy = (
        DeviceState.HARDWARE_ERROR,
        DeviceState.USER_ERROR,
        DeviceState.DEVICE_BUSY,
    )
    unready = printer & _OFFLINE or offline & _FEED_BUTTON
    told = (
        (error & _UNRECOVERABLE, broken, "unrecoverable error", "switch it off and on"),
        (error & (_MECHANICAL | _CUTTER), broken, "paper jam or cutter", "open it, clear it"),
        (offline & _COVER_OPEN, person, "cover open", "close the cover"),
        (paper is Paper.EMPTY, person, "no paper", "put in a new roll"),
        (error & _TOO_HOT, busy, "the head is too hot", "wait"),
        (unready, busy, "not ready, without saying why", "wait"),
        (paper is Paper.LOW, DeviceState.ONLINE, "paper low", "have a new roll at hand"),
    )
    worst = next((row[1:] for row in told if row[0]), None)
    return worst or (DeviceState.ONLINE, "ready", "")
