"""The visit as one table of states and transitions; everything else listens to it."""

from __future__ import annotations

from statemachine import State, StateMachine

from kiosk.visit.snapshot import Screen


class VisitMachine(StateMachine):
    """Home, and back Home: one screen per state, each event named for what has happened.

    An event that means nothing in the present state is ignored: a touch that comes as the agent
    answers is not an error. Side effects belong to listeners, never to this class.
    """

    allow_event_without_transition = True

    home = State(value=Screen.HOME, initial=True)
    hours = State(value=Screen.HOURS)
    consent = State(value=Screen.CONSENT)
    rehearsing = State(value=Screen.REHEARSING)
    waiting = State(value=Screen.WAITING)
    connecting = State(value=Screen.CONNECTING)
    in_call = State(value=Screen.IN_CALL)
    ended = State(value=Screen.ENDED)
    summary = State(value=Screen.SUMMARY)
    survey = State(value=Screen.SURVEY)
    booking = State(value=Screen.BOOKING)
    booked = State(value=Screen.BOOKED)
    call_back = State(value=Screen.CALL_BACK)
    checking_in = State(value=Screen.CHECKING_IN)
    ringing = State(value=Screen.RINGING)
    fail_safe = State(value=Screen.FAIL_SAFE)
    technician = State(value=Screen.TECHNICIAN)

    closed_agency_touched = home.to(hours)
    open_agency_touched = home.to(consent)
    agreed = consent.to(rehearsing)
    devices_tried = rehearsing.to(waiting)
    # A place in the queue is kept while its holder books or asks to be called back.
    agent_answered = connecting.from_(waiting, booking, booked, call_back)
    media_came = connecting.to(in_call)
    agent_withdrew = connecting.to(waiting)
    call_over = connecting.to(ended) | in_call.to(ended)

    summary_wanted = ended.to(summary)
    visit_done = survey.from_(ended, summary)

    booking_wanted = booking.from_(home, hours, waiting, ended, checking_in)
    booked_now = booking.to(booked)
    call_back_wanted = call_back.from_(hours, waiting)
    turned_back_to_hours = hours.from_(booking, call_back)
    turned_back_to_queue = waiting.from_(booking, booked, call_back)
    turned_back_to_check_in = booking.to(checking_in)
    turned_back_to_end = ended.from_(booking, booked)
    check_in_wanted = home.to(checking_in)
    came_in = checking_in.to(consent)
    agency_rang = home.to(ringing)
    ring_answered = ringing.to(consent)

    technician_came = home.to(technician)
    left = home.from_(
        hours, consent, rehearsing, waiting, ended, summary, survey,
        booking, booked, call_back, checking_in, ringing, fail_safe, technician,
    )  # fmt: skip

    fault = fail_safe.from_.any()
