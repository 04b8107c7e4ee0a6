"""Times and codes of appointments in the words that a resident reads."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kiosk.directory.words import NBSP, calendar_day, clock


def local(start: int, zone: ZoneInfo) -> datetime:
    """Return a start, Unix seconds, as the agency's clocks show it."""
    return datetime.fromtimestamp(start, UTC).astimezone(zone)


def when(start: int, zone: ZoneInfo) -> str:
    """Return day and hour: « mardi 24 novembre à 9 h 30 »."""
    moment = local(start, zone)
    return f"{calendar_day(moment.date())} à {clock(moment.time())}"


def in_pairs(code: str) -> str:
    """Return six digits as they are spoken: « 48 03 17 »."""
    return NBSP.join(code[at : at + 2] for at in range(0, len(code), 2))
