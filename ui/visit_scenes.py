"""Scripted snapshots of the screens round a call: consent, appointments, call-backs, the end."""

from __future__ import annotations

from dataclasses import replace

from kiosk.appointments.view import (
    AppointmentsView,
    AppointmentView,
    BookingStep,
    BookingView,
    CallBackStep,
    CallBackView,
    CheckInStep,
    CheckInView,
    Choice,
    ExpectedView,
    RingView,
    TicketState,
    Verdict,
)
from kiosk.documents.view import PapersView, ReceivedDocument, SentPage
from kiosk.link.messages import EndReason
from kiosk.visit.farewell_view import (
    SummaryItem,
    SummaryLine,
    SummaryView,
    SummaryWay,
    SurveyView,
)
from kiosk.visit.snapshot import EndedView, Screen, VisitSnapshot, WaitingView

NB = "\N{NO-BREAK SPACE}"

LONG = "Très longue demande au sujet d'une aide que peu de personnes connaissent"

AGENCIES = (
    Choice("caf", "CAF", "Allocations familiales"),
    Choice("cpam", "CPAM", "Assurance maladie"),
    Choice("impots", "Impôts", "Finances publiques"),
    Choice("mairie", "Mairie", "État civil et vie locale"),
)
SUBJECTS = (
    Choice("logement", "Ma demande d'aide au logement", f"20{NB}minutes"),
    Choice("naissance", "La naissance d'un enfant", f"30{NB}minutes"),
    Choice("lettre", "Une lettre que je ne comprends pas", f"20{NB}minutes"),
    Choice("autre", "Une autre question", f"20{NB}minutes"),
)
DAYS = tuple(
    Choice(f"2026-11-{day}", name, f"{day}{NB}novembre", chosen=day == 24)
    for day, name in ((24, "mardi"), (25, "mercredi"), (26, "jeudi"), (27, "vendredi"))
)
MORE_DAYS = tuple(
    Choice(f"2026-12-{day:02}", name, f"{day}{NB}décembre")
    for day, name in (
        *((1, "mardi"), (2, "mercredi"), (3, "jeudi"), (4, "vendredi")),
        *((7, "lundi"), (8, "mardi"), (9, "mercredi")),
    )
)
HOURS = tuple(
    Choice(f"{hour}:{minute:02}", f"{hour}{NB}h{NB}{minute:02}" if minute else f"{hour}{NB}h")
    for hour in (9, 10, 11, 14)
    for minute in (0, 30)
)
ALL_DAY = tuple(
    Choice(f"{hour}:{minute:02}", f"{hour}{NB}h{NB}{minute:02}")
    for hour in range(8, 18)
    for minute in (0, 10, 20, 30, 40, 50)
)

APPOINTMENT = AppointmentView(
    agency_name="CAF",
    subject_name="Ma demande d'aide au logement",
    when=f"mardi 24{NB}novembre à 9{NB}h{NB}30",
    place_name="France services de Lamballe",
    code=f"48{NB}03{NB}17",
    qr="VG1.eyJzIjoiY2FmIiwidCI6MTc5NTUwMDAwMCwiYiI6InB2cC1kZW1vIn0.c2lnbmF0dXJlLWVkMjU1MTk",
    ticket=TicketState.PRINTED,
)

SUMMARY = SummaryView(
    lines=(
        SummaryLine(SummaryItem.AGENCY, "Avec qui", ("CAF, Allocations familiales",)),
        SummaryLine(
            SummaryItem.HANDED_OVER, "Vous avez donné", (f"Une lettre, 2{NB}pages", "Un bail")
        ),
        SummaryLine(SummaryItem.RECEIVED, "Vous avez reçu", ("Attestation de droits",)),
        SummaryLine(SummaryItem.MISSING, "Il manque encore", ("Un relevé d'identité bancaire",)),
        SummaryLine(
            SummaryItem.NEXT,
            "La prochaine date",
            (f"mardi 24{NB}novembre à 9{NB}h{NB}30",),
            chosen=False,
        ),
    ),
    print_possible=True,
)


def visit_scenes(home: VisitSnapshot, visit: VisitSnapshot) -> dict[str, VisitSnapshot]:
    """Return a snapshot of each, in a booth that is `home`, with the agency of `visit`."""
    return {
        **_expected(home, visit),
        **_bookings(visit),
        **_booked(visit),
        **_check_ins(home),
        **_call_backs(home, visit),
        **_fates(visit),
        **_farewells(visit),
    }


def _expected(home: VisitSnapshot, visit: VisitSnapshot) -> dict[str, VisitSnapshot]:
    soon = AppointmentsView(expected=ExpectedView("CAF", f"10{NB}h", 8))
    kept = AppointmentsView(expected=ExpectedView("CAF", f"10{NB}h", 8, kept=True))
    waiting = replace(visit, screen=Screen.WAITING)
    return {
        "home-expected": replace(home, appointments=soon),
        "home-kept": replace(home, appointments=kept),
        "home-assisted": replace(home, assisted=True),
        "consent": replace(visit, screen=Screen.CONSENT),
        "consent-expected": replace(visit, screen=Screen.CONSENT, appointments=soon),
        "waiting-arrived": replace(waiting, waiting=WaitingView(arrived=True)),
        "waiting-closing": replace(waiting, waiting=WaitingView(closing=True, position=4)),
        "waiting-nobody": replace(waiting, waiting=WaitingView(nobody=True, position=2)),
        "waiting-assisted": replace(
            waiting, waiting=WaitingView(position=1), appointments=kept, assisted=True
        ),
        "waiting-expected": replace(
            waiting, waiting=WaitingView(position=3, estimate_min=(4, 8)), appointments=soon
        ),
    }


def _bookings(visit: VisitSnapshot) -> dict[str, VisitSnapshot]:
    time = BookingView(BookingStep.TIME, days=DAYS, hours=HOURS)
    views = {
        "agency": BookingView(BookingStep.AGENCY, choices=AGENCIES),
        "agency-many": BookingView(
            BookingStep.AGENCY,
            choices=tuple(replace(one, key=f"{one.key}{n}") for n in range(6) for one in AGENCIES),
        ),
        "subject": BookingView(BookingStep.SUBJECT, choices=SUBJECTS),
        "subject-long": BookingView(
            BookingStep.SUBJECT,
            choices=tuple(Choice(str(n), LONG, f"60{NB}minutes") for n in range(12)),
        ),
        "time": time,
        "time-many": replace(time, days=DAYS + MORE_DAYS, hours=ALL_DAY),
        "time-taken": replace(time, taken=True),
        "time-busy": replace(time, busy=True),
        "time-moving": replace(time, moving=True),
        "time-unreachable": replace(time, unreachable=True),
        "nothing-free": BookingView(BookingStep.TIME, nothing_free=True),
        "unreachable": BookingView(BookingStep.TIME, unreachable=True),
        "asking": BookingView(BookingStep.TIME, busy=True),
        "person": BookingView(BookingStep.PERSON),
        "person-busy": BookingView(BookingStep.PERSON, busy=True),
    }
    return {
        f"booking-{name}": replace(
            visit, screen=Screen.BOOKING, appointments=AppointmentsView(booking=view)
        )
        for name, view in views.items()
    }


def _booked(visit: VisitSnapshot) -> dict[str, VisitSnapshot]:
    long = replace(
        APPOINTMENT,
        agency_name="Communauté d'agglomération Saint-Étienne-du-Rouvray",
        subject_name=LONG,
        place_name="France services de Saint-Étienne-du-Rouvray, place de la Libération",
        when=f"mercredi 23{NB}décembre à 13{NB}h{NB}30",
    )
    views = {
        **{f"-{state}": replace(APPOINTMENT, ticket=state) for state in TicketState},
        "-long": long,
        "-card": replace(APPOINTMENT, ticket=TicketState.PRINTED, can_link=True),
    }
    return {
        f"booked{name}": replace(
            visit, screen=Screen.BOOKED, appointments=AppointmentsView(booked=view)
        )
        for name, view in views.items()
    }


def _check_ins(home: VisitSnapshot) -> dict[str, VisitSnapshot]:
    found = CheckInView(
        CheckInStep.FOUND, Verdict.ON_TIME, APPOINTMENT, can_cancel=True, can_move=True
    )
    views = {
        "asking": CheckInView(reading=True),
        "asking-card": CheckInView(reading=True, cards=True),
        "typing": CheckInView(digits="4803"),
        "looking": CheckInView(CheckInStep.LOOKING, digits="480317"),
        "found": found,
        "found-early": replace(found, verdict=Verdict.EARLY, opens=f"9{NB}h{NB}50"),
        "found-late": replace(found, verdict=Verdict.LATE, minutes=14),
        "found-moved": replace(found, verdict=Verdict.WRONG_DAY, moved=True),
        "missed": replace(
            found, verdict=Verdict.LATE, minutes=34, can_move=False, can_cancel=False
        ),
        "cancelled": replace(found, step=CheckInStep.ANSWERED, cancelled=True),
        **{
            f"answered-{verdict}": CheckInView(
                CheckInStep.ANSWERED,
                verdict,
                APPOINTMENT if verdict in WITH_APPOINTMENT else None,
                minutes=14,
                can_move=verdict in MOVABLE,
            )
            for verdict in Verdict
            if verdict is not Verdict.NONE
        },
    }
    return {
        f"check-in-{name}": replace(
            home,
            screen=Screen.CHECKING_IN,
            simulated=(),
            appointments=AppointmentsView(check_in=view),
        )
        for name, view in views.items()
    }


#: Verdicts that are about an appointment which the booth could read.
WITH_APPOINTMENT = frozenset(
    {
        *(Verdict.ON_TIME, Verdict.EARLY, Verdict.LATE, Verdict.WRONG_BOOTH, Verdict.WRONG_DAY),
        *(Verdict.PAST, Verdict.USED, Verdict.CANCELLED, Verdict.UNREACHABLE),
    }
)


#: Verdicts after which another time may be chosen.
MOVABLE = frozenset({Verdict.EARLY, Verdict.LATE, Verdict.WRONG_BOOTH, Verdict.WRONG_DAY})


def _call_backs(home: VisitSnapshot, visit: VisitSnapshot) -> dict[str, VisitSnapshot]:
    views = {
        **{f"call-back-{step}": CallBackView(step) for step in CallBackStep},
        "call-back-wrong": CallBackView(CallBackStep.NUMBER, wrong_number=True),
    }
    scenes = {
        name: replace(visit, screen=Screen.CALL_BACK, appointments=AppointmentsView(call_back=view))
        for name, view in views.items()
    }
    for name, ring in (
        ("ringing", RingView("CAF", "Sophie Martin")),
        ("ringing-long", RingView("Communauté d'agglomération Saint-Étienne-du-Rouvray")),
    ):
        scenes[name] = replace(
            home,
            screen=Screen.RINGING,
            simulated=(),
            appointments=AppointmentsView(ring=ring),
        )
    return scenes


#: Papers with all that can become of them.
FATES = PapersView(
    sent=(SentPage(1, 100), SentPage(2, 100), SentPage(3, 40), SentPage(4, 0)),
    received=(
        ReceivedDocument("d1", "attestation.pdf", 2, 100, printed=True),
        ReceivedDocument("d2", "dossier.pdf", 12, 100, printed=True, taken_away=True),
        ReceivedDocument("d3", "photo.jpg", 1, 100, taken_away=True),
    ),
)


def _fates(visit: VisitSnapshot) -> dict[str, VisitSnapshot]:
    lost = EndedView(EndReason.TIMEOUT, 754)
    ended = replace(visit, screen=Screen.ENDED, papers=FATES)
    long = visit.agency and replace(
        visit.agency,
        name="Communauté d'agglomération Saint-Étienne-du-Rouvray",
        full_name="Urbanisme, logement, transports, eau, déchets et assainissement",
    )
    return {
        "ended-fates": replace(ended, ended=EndedView(EndReason.AGENT, 754)),
        "ended-fates-lost": replace(ended, ended=lost),
        "ended-fates-long": replace(ended, ended=EndedView(EndReason.FAULT, 754), agency=long),
    }


def _farewells(visit: VisitSnapshot) -> dict[str, VisitSnapshot]:
    code = "CAF, Allocations familiales\nVous avez reçu : Attestation de droits\n" * 3
    summaries = {
        "choosing": SUMMARY,
        "no-printer": replace(SUMMARY, print_possible=False),
        "nothing": replace(
            SUMMARY, lines=tuple(replace(line, chosen=False) for line in SUMMARY.lines)
        ),
        "printing": replace(SUMMARY, way=SummaryWay.PRINTING),
        "printed": replace(SUMMARY, way=SummaryWay.PRINTED),
        "print-unconfirmed": replace(SUMMARY, way=SummaryWay.PRINT_UNCONFIRMED),
        "print-failed": replace(SUMMARY, way=SummaryWay.PRINT_FAILED),
        "shown": replace(SUMMARY, way=SummaryWay.SHOWN, qr=code),
        "long": replace(
            SUMMARY,
            lines=tuple(
                replace(line, lines=tuple(f"{n}. {LONG}" for n in range(6)))
                for line in SUMMARY.lines
            ),
        ),
    }
    surveys = {
        "faces": SurveyView(),
        "question": SurveyView(face=2, question_shown=True),
        "thanks": SurveyView(face=3, thanked=True),
    }
    return {
        **{
            f"summary-{name}": replace(visit, screen=Screen.SUMMARY, summary=view)
            for name, view in summaries.items()
        },
        **{
            f"survey-{name}": replace(visit, screen=Screen.SURVEY, survey=view)
            for name, view in surveys.items()
        },
    }
