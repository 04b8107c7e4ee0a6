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
    rehearsing = State(value=Screen.REHEARSING)
    waiting = State(value=Screen.WAITING)
    connecting = State(value=Screen.CONNECTING)
    in_call = State(value=Screen.IN_CALL)
    ended = State(value=Screen.ENDED)
    fail_safe = State(value=Screen.FAIL_SAFE)
    technician = State(value=Screen.TECHNICIAN)

    closed_agency_touched = home.to(hours)
    open_agency_touched = home.to(rehearsing)
    devices_tried = rehearsing.to(waiting)
    agent_answered = waiting.to(connecting)
    media_came = connecting.to(in_call)
    agent_withdrew = connecting.to(waiting)
    call_over = connecting.to(ended) | in_call.to(ended)
    technician_came = home.to(technician)
    left = home.from_(hours, rehearsing, waiting, ended, fail_safe, technician)

    fault = fail_safe.from_.any()
