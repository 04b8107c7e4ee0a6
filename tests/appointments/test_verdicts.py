"""Every way in which an appointment can stand has a verdict of its own."""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.appointments import verdicts
from kiosk.appointments.verdicts import Judged
from kiosk.appointments.view import Verdict
from kiosk.link.errands import Appointment, AppointmentState, Outcome
from kiosk.link.passes import Refusal
from tests.appointments.world import NOW, PARIS, at

HERE = "mairie-a"


@pytest.mark.parametrize(
    ("start", "booth", "judged"),
    [
        (at(9), HERE, Judged(Verdict.ON_TIME)),
        (at(9), "", Judged(Verdict.ON_TIME)),
        (at(9, 10), HERE, Judged(Verdict.ON_TIME)),
        (at(9, 11), HERE, Judged(Verdict.EARLY, 1)),
        (at(11), HERE, Judged(Verdict.EARLY, 110)),
        (at(8, 50), HERE, Judged(Verdict.ON_TIME)),
        (at(8, 49), HERE, Judged(Verdict.LATE, 11)),
        (at(0), HERE, Judged(Verdict.LATE, 540)),
        (at(9), "poste-b", Judged(Verdict.WRONG_BOOTH)),
        (at(9, 0, 1), "poste-b", Judged(Verdict.WRONG_DAY)),
        (at(0, 0, 1), HERE, Judged(Verdict.WRONG_DAY)),
        (at(23, 59, -1), HERE, Judged(Verdict.PAST)),
    ],
)
def test_by_the_clock(start: int, booth: str, judged: Judged) -> None:
    assert verdicts.by_clock(start, booth, HERE, NOW, PARIS) == judged


def test_the_day_is_the_agency_s_own() -> None:
    """At half past midnight in Paris it is still yesterday for the computer's clock."""
    start = int(datetime(2026, 11, 24, 0, 30, tzinfo=PARIS).timestamp())
    now = datetime(2026, 11, 24, 0, 25, tzinfo=PARIS)
    assert verdicts.by_clock(start, HERE, HERE, now, PARIS) == Judged(Verdict.ON_TIME)


def _known(start: int, state: AppointmentState) -> Appointment:
    return Appointment(
        appointment="a" * 32,
        agency="caf",
        subject_name="Logement",
        starts_at=start,
        minutes=20,
        kiosk=HERE,
        place_name="Mairie",
        code="480317",
        pass_text="VG1.A",
        state=state,
    )


@pytest.mark.parametrize(
    ("state", "start", "verdict"),
    [
        (AppointmentState.BOOKED, at(9), Verdict.ON_TIME),
        (AppointmentState.ARRIVED, at(9), Verdict.ON_TIME),
        (AppointmentState.HONOURED, at(9), Verdict.USED),
        (AppointmentState.CANCELLED, at(9, 0, 1), Verdict.CANCELLED),
        (AppointmentState.MOVED, at(9), Verdict.CANCELLED),
        (AppointmentState.MISSED, at(8), Verdict.LATE),
        (AppointmentState.MISSED, at(8, 55), Verdict.LATE),
        (AppointmentState.MISSED, at(8, 0, -1), Verdict.PAST),
    ],
)
def test_by_its_state(state: AppointmentState, start: int, verdict: Verdict) -> None:
    assert verdicts.of_appointment(_known(start, state), HERE, NOW, PARIS).verdict is verdict


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_refusal_of_the_agency_counts_more_than_our_clock(outcome: Outcome) -> None:
    known = _known(at(9), AppointmentState.BOOKED)
    judged = verdicts.of_answer(outcome, known, HERE, NOW, PARIS)
    assert (judged.verdict is Verdict.ON_TIME) == (outcome is Outcome.DONE)


def test_each_outcome_without_an_appointment_is_told() -> None:
    told = {outcome: verdicts.without_appointment(outcome).verdict for outcome in Outcome}
    assert Verdict.NONE not in told.values()
    assert Verdict.ON_TIME not in told.values()
    assert told[Outcome.REFUSED] is Verdict.TOO_MANY


def test_each_refusal_of_a_pass_is_told() -> None:
    told = {refusal: verdicts.of_refusal(refusal) for refusal in Refusal}
    assert told[Refusal.FOREIGN] is Verdict.FOREIGN
    assert told[Refusal.FORGED] is Verdict.FORGED
    assert told[Refusal.EXPIRED] is Verdict.PAST
    assert told[Refusal.NOT_YET] is Verdict.WRONG_DAY
