"""The states in which marked visits are ended, and how a resident comes there from Home."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.end_to_end.marks_site import MarkedSite

Steps = Callable[[MarkedSite], None]


def _in_call(*names: str) -> Steps:
    def go(site: MarkedSite) -> None:
        for name in names:
            getattr(site.resident, name)()

    return go


def _waiting(*names: str) -> Steps:
    """Nobody answers: the agent is not at the desk."""

    def go(site: MarkedSite) -> None:
        site.agent.go()
        site.resident.wait()
        for name in names:
            getattr(site.resident if hasattr(site.resident, name) else site.caller, name)()

    return go


def _beside(*names: str) -> Steps:
    def go(site: MarkedSite) -> None:
        for name in names:
            getattr(site.caller, name)()

    return go


def _ringing(site: MarkedSite) -> None:
    """The visit that asked for it is over and wiped; another begins as it rings."""
    before = site.wipes
    _waiting("be_called_here")(site)
    site.wiped(before + 1)
    site.agent.ring()
    site.resident.booth.wait_for("Répondre")


STATES: Mapping[str, Steps] = {
    "consent": _in_call("come"),
    "rehearsal": _in_call("agree"),
    "waiting": _waiting(),
    "scanning ahead": _waiting("scan"),
    "in call": _in_call("call"),
    "writing": _in_call("call", "write"),
    "reading": _in_call("call", "write", "read"),
    "printing": _in_call("call", "write", "read", "print"),
    "taking away": _in_call("call", "write", "read", "take_away"),
    "page taken": _in_call("call", "scan"),
    "page given": _in_call("call", "scan", "keep"),
    "being shown": _in_call("call", "look_on"),
    "call ended": _in_call("call", "write", "hang_up"),
    "summary": _in_call("call", "write", "hang_up", "sum_up"),
    "survey": _in_call("call", "hang_up", "opine"),
    "booking, name typed": _beside("name_themselves"),
    "booked": _beside("name_themselves", "book"),
    "call-back, number typed": _waiting("type_number"),
    "call-back asked": _waiting("type_number", "leave_number"),
    "checking in": _beside("show_code"),
    "ringing": _ringing,
}
"""By name, as the table has them."""
