"""Fuzzes calendars that agents import: refused, or busy times within bounds."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desk.agenda.ical import LAID_OUT_DAYS, NotACalendar, busy_times
from desk.agenda.rules import MOST_ABSENCES

ZONE = ZoneInfo("Europe/Paris")
NOW = 1_795_500_000.0
_HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART:20261125T080000Z\r\n"
_TAIL = b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
SEEDS = (
    _HEAD + b"DURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=TU" + _TAIL,
    _HEAD + b"DTEND:20261125T090000Z\r\nEXDATE:20261126T080000Z" + _TAIL,
    _HEAD + b"UID:1\r\nRECURRENCE-ID:20261124T080000Z\r\nRDATE:20261127T080000Z" + _TAIL,
    b"RRULE:FREQ=DAILY;COUNT=3",
)


def target(data: bytes) -> None:
    """The bytes as a calendar, and as lines of an event."""
    for hostile in (data, _HEAD + data + _TAIL):
        try:
            found, _ = busy_times(hostile, "awa", ZONE, NOW)
        except NotACalendar:
            continue
        latest = NOW + LAID_OUT_DAYS * 86_400
        if len(found) > MOST_ABSENCES + 1 or any(each.begins > latest for each in found):
            raise AssertionError("beyond the bounds")
