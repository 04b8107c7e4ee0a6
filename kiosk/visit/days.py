"""Days as numbers: what the booth keeps of a visit tells its day, and no hour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

_FIRST: Final = date(1970, 1, 1)
"""Day 0, as Unix time has it."""


def today() -> int:
    """Return the day in the booth's own zone, as days since 1 January 1970."""
    return (datetime.now(UTC).astimezone().date() - _FIRST).days


def date_of(day: int) -> date:
    """Return the date of a day that `today` gave."""
    return _FIRST + timedelta(days=day)
