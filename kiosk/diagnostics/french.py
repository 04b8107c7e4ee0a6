"""Figures as a French reader writes them: a comma, a thin space before the unit."""

from __future__ import annotations

import math

NO_BREAK = "\N{NARROW NO-BREAK SPACE}"


def decimal(value: float, digits: int = 1) -> str:
    """« 29,8 »; with no digits, « 30 »."""
    return f"{value:.{digits}f}".replace(".", ",")


def milliseconds(seconds: float) -> str:
    """« 12 ms », or « 0,7 ms » under ten."""
    value = seconds * 1000
    return f"{decimal(value, 0 if abs(value) >= 10 else 1)}{NO_BREAK}ms"


def seconds(value: float) -> str:
    """« 1,4 s »."""
    return f"{decimal(value)}{NO_BREAK}s"


def percent(share: float) -> str:
    """« 3,2 % » of a share from 0 to 1."""
    return f"{decimal(share * 100)}{NO_BREAK}%"


def bit_rate(kbps: float) -> str:
    """« 480 kb/s », « 1,8 Mb/s »."""
    if kbps >= 1000:
        return f"{decimal(kbps / 1000)}{NO_BREAK}Mb/s"
    return f"{decimal(kbps, 0)}{NO_BREAK}kb/s"


def count(number: int, one: str, many: str) -> str:
    """« 1 jour », « 12 jours »; in French zero is singular."""
    return f"{number}{NO_BREAK}{one if abs(number) < 2 else many}"


def decibels(value: float) -> str:
    """« −32 dB »; « silence » for −∞."""
    if not math.isfinite(value):
        return "silence"
    return f"{decimal(value, 0)}{NO_BREAK}dB".replace("-", "\N{MINUS SIGN}")
