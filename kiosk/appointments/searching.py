"""Asking every agency at once whose appointment a code or a card is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.appointments import verdicts
from kiosk.appointments.means import Means
from kiosk.appointments.verdicts import Judged
from kiosk.appointments.view import Verdict
from kiosk.link.errands import Appointment, ErrandAnswer, ErrandBody, Outcome
from kiosk.link.line import LineDown

#: Of two agencies' appointments with the same six digits the first of these is meant.
_LIKELIEST = (
    Verdict.ON_TIME,
    Verdict.EARLY,
    Verdict.LATE,
    Verdict.WRONG_BOOTH,
    Verdict.WRONG_DAY,
    Verdict.USED,
    Verdict.CANCELLED,
    Verdict.PAST,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What the agencies said together."""

    judged: Judged
    appointment: Appointment | None = None


async def search(means: Means, body_for: Callable[[str], ErrandBody], nobody: Verdict) -> Found:
    """Ask all agencies that are heard; `nobody` is the verdict where none knows it."""
    agencies = [agency for agency in means.desks.agencies if agency in means.site.agencies]
    answers = await asyncio.gather(*(_ask(means, agency, body_for(agency)) for agency in agencies))
    found = [
        Found(judged(means, answer), answer.appointment)
        for answer in answers
        if answer is not None and answer.appointment is not None
    ]
    if found:
        return min(found, key=_rank)
    if any(answer is not None and answer.outcome is Outcome.REFUSED for answer in answers):
        return Found(Judged(Verdict.TOO_MANY))
    if not answers or None in answers:
        return Found(Judged(Verdict.UNREACHABLE))
    return Found(Judged(nobody))


def judged(means: Means, answer: ErrandAnswer) -> Judged:
    """Return how an answer stands, here and now."""
    if answer.appointment is None:
        return verdicts.without_appointment(answer.outcome)
    zone = means.site.agencies[answer.appointment.agency].zone
    return verdicts.of_answer(
        answer.outcome, answer.appointment, means.site.kiosk, means.clock(), zone
    )


async def _ask(means: Means, agency: str, body: ErrandBody) -> ErrandAnswer | None:
    try:
        answer = await means.desks.ask(agency, body)
    except LineDown:
        return None
    known = answer.appointment
    # No agency speaks for another.
    return answer if known is None or known.agency == agency else None


def _rank(found: Found) -> int:
    verdict = found.judged.verdict
    return _LIKELIEST.index(verdict) if verdict in _LIKELIEST else len(_LIKELIEST)
