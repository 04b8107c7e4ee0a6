"""How an appointment stands at this booth and hour: one verdict for each case."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from kiosk.appointments.view import Verdict
from kiosk.appointments.words import local
from kiosk.link.errands import Appointment, AppointmentState, Outcome
from kiosk.link.passes import Refusal

OPENS = timedelta(minutes=10)
"""How long before its start somebody may check in: the agent knows them arrived."""
LATE = timedelta(minutes=10)
"""How long after its start an appointment is kept; the desk then calls it missed."""

COMING_IN = frozenset(
    {Verdict.ON_TIME, Verdict.EARLY, Verdict.LATE, Verdict.WRONG_BOOTH, Verdict.UNREACHABLE}
)
"""With these a resident may wait for an agent, each in its own words."""
STANDING = frozenset(
    {Verdict.ON_TIME, Verdict.EARLY, Verdict.LATE, Verdict.WRONG_BOOTH, Verdict.WRONG_DAY}
)
"""With these an appointment can be moved or given up."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and the minutes it speaks of: see `CheckInView.minutes`."""

    verdict: Verdict
    minutes: int = 0


_BY_OUTCOME = {
    Outcome.DONE: Judged(Verdict.NOT_FOUND),
    Outcome.TAKEN: Judged(Verdict.NOT_FOUND),
    Outcome.UNKNOWN: Judged(Verdict.NOT_FOUND),
    Outcome.CANCELLED: Judged(Verdict.CANCELLED),
    Outcome.USED: Judged(Verdict.USED),
    Outcome.MISSED: Judged(Verdict.LATE),
    Outcome.TOO_EARLY: Judged(Verdict.EARLY, 1),
    Outcome.WRONG_BOOTH: Judged(Verdict.WRONG_BOOTH),
    Outcome.WRONG_DAY: Judged(Verdict.WRONG_DAY),
    Outcome.REFUSED: Judged(Verdict.TOO_MANY),
}


def by_clock(start: int, booth: str, here: str, now: datetime, zone: ZoneInfo) -> Judged:
    """Judge an appointment that stands, by day, booth and hour, in this order.

    `start` in Unix seconds; `booth` empty: it is good at every booth; `now` aware.
    """
    begins = local(start, zone)
    day, today = begins.date(), now.astimezone(zone).date()
    if day != today:
        return Judged(Verdict.PAST if day < today else Verdict.WRONG_DAY)
    if booth not in {"", here}:
        return Judged(Verdict.WRONG_BOOTH)
    if now < begins - OPENS:
        return Judged(Verdict.EARLY, math.ceil((begins - OPENS - now) / timedelta(minutes=1)))
    if now > begins + LATE:
        return Judged(Verdict.LATE, (now - begins) // timedelta(minutes=1))
    return Judged(Verdict.ON_TIME)


def of_appointment(known: Appointment, here: str, now: datetime, zone: ZoneInfo) -> Judged:
    """Judge an appointment as its agency tells of it."""
    judged = by_clock(known.starts_at, known.kiosk, here, now, zone)
    match known.state:
        case AppointmentState.CANCELLED | AppointmentState.MOVED:
            return Judged(Verdict.CANCELLED)
        case AppointmentState.HONOURED:
            return Judged(Verdict.USED)
        case AppointmentState.MISSED if judged.verdict is Verdict.ON_TIME:
            since = now - local(known.starts_at, zone)
            return Judged(Verdict.LATE, max(0, since // timedelta(minutes=1)))
        case AppointmentState.BOOKED | AppointmentState.ARRIVED | AppointmentState.MISSED:
            return judged
        case _:
            assert_never(known.state)


def of_answer(
    outcome: Outcome, known: Appointment, here: str, now: datetime, zone: ZoneInfo
) -> Judged:
    """Judge what an agency answered; where its clock and ours disagree, its refusal counts."""
    judged = of_appointment(known, here, now, zone)
    if judged.verdict is not Verdict.ON_TIME or outcome is Outcome.DONE:
        return judged
    return without_appointment(outcome)


def of_refusal(refusal: Refusal) -> Verdict:
    """Say what a code is that is no pass of ours."""
    match refusal:
        case Refusal.FOREIGN:
            return Verdict.FOREIGN
        case Refusal.EXPIRED:
            return Verdict.PAST
        case Refusal.NOT_YET:
            return Verdict.WRONG_DAY
        case Refusal.MALFORMED | Refusal.UNKNOWN_KEY | Refusal.FORGED:
            return Verdict.FORGED
        case _:
            assert_never(refusal)


def without_appointment(outcome: Outcome) -> Judged:
    """Judge an answer that names no appointment."""
    return _BY_OUTCOME[outcome]
