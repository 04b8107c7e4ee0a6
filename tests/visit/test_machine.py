"""The visit's table: every way leads Home, every state can fail safe, nonsense is ignored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.visit.diagram import command, draw
from kiosk.visit.machine import VisitMachine
from kiosk.visit.snapshot import Screen

EVENTS = [event.id for event in VisitMachine.events]


def at(screen: Screen) -> VisitMachine:
    """Return a machine that stands at `screen`."""
    return VisitMachine(start_value=screen)


def test_there_is_one_state_per_screen() -> None:
    assert {state.value for state in VisitMachine.states} == set(Screen)


@pytest.mark.parametrize("screen", list(Screen))
def test_a_fault_is_a_transition_of_every_state(screen: Screen) -> None:
    machine = at(screen)
    machine.send("fault")
    assert machine.current_state_value == Screen.FAIL_SAFE


@pytest.mark.parametrize("screen", list(Screen))
def test_every_state_has_a_way_home(screen: Screen) -> None:
    machine = at(screen)
    for event in ("call_over", "left"):
        machine.send(event)
    assert machine.current_state_value == Screen.HOME


@given(st.lists(st.sampled_from(EVENTS)))
def test_any_story_ends_home_after_a_fault(story: list[str]) -> None:
    machine = VisitMachine()
    for event in story:
        machine.send(event)
    machine.send("fault")
    machine.send("left")
    assert machine.current_state_value == Screen.HOME


def test_a_call_needs_an_agent() -> None:
    machine = at(Screen.WAITING)
    machine.send("media_came")
    assert machine.current_state_value == Screen.WAITING


def test_the_diagram_is_drawn_from_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert command([]) == 0
    assert capsys.readouterr().out.strip() == draw().strip()
    for state in VisitMachine.states:
        assert f"--> {state.id} " in draw()
