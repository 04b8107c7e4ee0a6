"""What is the matter with a printer: IPP's `printer-state-reasons` made into our vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import assert_never

from devices.status import DeviceState

MAX_REASONS = 16
"""More at once help nobody."""
_KEYWORD = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}\Z")
"""Lower-case words (RFC 8011, 5.1.4), short ones."""
_NOTHING = ("none", "cups-waiting-for-")
"""What is no news: CUPS says the latter of every job."""


class Severity(StrEnum):
    """The suffix of a reason (RFC 8011, 5.4.12)."""

    REPORT = "report"
    WARNING = "warning"
    ERROR = "error"
    NONE = ""
    """No suffix: an error by the letter of the RFC; in the field also `paused` and `toner-low`."""


class PrinterState(IntEnum):
    """`printer-state` (RFC 8011, 5.4.11)."""

    IDLE = 3
    PROCESSING = 4
    STOPPED = 5


BY_HAND = frozenset(
    """
    media-empty media-needed media-jam door-open cover-open interlock-open input-tray-missing
    output-tray-missing output-area-full toner-empty marker-supply-empty marker-supply-missing
    marker-waste-full marker-waste-missing developer-empty input-manual-input-request
    """.split()
)
"""Somebody beside the printer can put these right, and nothing prints until then."""
_PAPER = frozenset({"media-empty", "media-needed", "input-tray-missing"})
_EVEN_WARNED = frozenset(
    "media-jam door-open cover-open interlock-open output-area-full output-tray-missing".split()
)
BROKEN = frozenset(
    """
    fuser-over-temp fuser-under-temp opc-life-over power-down motor-failure hardware-failure
    interpreter-resource-unavailable spool-area-full cups-missing-filter cups-insecure-filter
    """.split()
)
"""These need a technician."""
AWAY = frozenset({"offline", "shutdown", "timed-out"})
"""The queue can't reach the printer. CUPS says `offline-report`: no mere report to a resident."""
NOTICES = frozenset(
    """
    media-low toner-low marker-supply-low marker-waste-almost-full opc-near-eol developer-low
    output-area-almost-full connecting-to-device paused moving-to-paused stopped-partly stopping
    spool-area-near-full other
    """.split()
)
"""It still prints, or is only on its way."""
PAUSED = "paused"
KNOWN = BY_HAND | BROKEN | AWAY | NOTICES
"""All that have words of their own; a printer may give others."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, without its suffix."""

    name: str
    severity: Severity
    hinders: bool
    """Whether nothing will be printed before it is gone."""


def parse(keywords: Iterable[str], *, a4_ready: bool = False) -> tuple[Reason, ...]:
    """The reasons in a printer's keywords: each once, known ones first, and not too many.

    `a4_ready`: the printer says that it still has A4 in some tray.
    """
    found: dict[str, Reason] = {}
    for keyword in keywords:
        if not _KEYWORD.match(keyword) or keyword.startswith(_NOTHING):
            continue
        name, dash, suffix = keyword.rpartition("-")
        severity = Severity(suffix) if dash and suffix in set(Severity) - {""} else Severity.NONE
        name = name if severity else keyword
        reason = Reason(name, severity, _hinders(name, severity, a4_ready=a4_ready))
        # Of two trays one may be empty and the other only low: the graver word counts.
        if reason.name not in found or reason.hinders:
            found[reason.name] = reason
    return tuple(sorted(found.values(), key=lambda reason: reason.name not in KNOWN)[:MAX_REASONS])


def _hinders(name: str, severity: Severity, *, a4_ready: bool) -> bool:
    match severity:
        case Severity.ERROR | Severity.NONE:
            return name in AWAY | BROKEN | BY_HAND
        case Severity.WARNING:
            # By the RFC a warning stops nothing; yet printers (ippeveprinter among them) only warn
            # of a jam, and wait. An empty tray is no more than a warning if another has A4.
            return name in AWAY | _EVEN_WARNED or (name in _PAPER and not a4_ready)
        case Severity.REPORT:
            return name in AWAY
        case never:
            assert_never(never)


def condition(state: int, reasons: Iterable[Reason], *, accepting: bool) -> DeviceState:
    """How a printer is that gives these answers."""
    hindering = {reason.name for reason in reasons if reason.hinders}
    if hindering & AWAY:
        return DeviceState.OFFLINE
    if hindering & BROKEN:
        return DeviceState.HARDWARE_ERROR
    if hindering or not accepting:
        return DeviceState.USER_ERROR
    if state != PrinterState.STOPPED:
        return DeviceState.ONLINE
    names = {reason.name for reason in reasons}
    # Stopped without a word of why is for the technician.
    by_hand = names & (BY_HAND | {PAUSED})
    return DeviceState.USER_ERROR if by_hand else DeviceState.HARDWARE_ERROR
