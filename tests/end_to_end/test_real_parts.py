"""Printer, sound server and card service killed and started again while somebody talks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.status import DeviceState
from tests.end_to_end.agent import Agent
from tests.end_to_end.demo import Demo
from tests.end_to_end.desktop import AccessibleSession
from tests.end_to_end.reader import Reader
from tests.end_to_end.real_parts import Part, RealParts, real_parts
from tests.end_to_end.waiting import eventually, took

#: What a part's own watching takes, at most.
TOLD_WITHIN_S = 10.0
#: A printer off for seconds is looked for again each few seconds; the others are noticed at once.
BACK_WITHIN_S = 10.0
#: What a machine that does much else may add to either.
SLACK_S = 10.0

#: What the resident and the agent are told; of a card reader residents need no word: nothing that
#: they do depends on it.
WORDS = {
    "printer": ("L'impression est indisponible.", "l’imprimante"),
    "sound": ("Le son ne marche pas : l'agent peut vous écrire.", "le micro, le haut-parleur"),
    "cards": ("", "le lecteur de cartes"),
}

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealParts]:
    """The daemons, running."""
    with real_parts(tmp_path_factory.mktemp("parts")) as running:
        yield running


@pytest.fixture(scope="module")
def demo(
    session: AccessibleSession, parts: RealParts, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """A demonstration whose printer, sound and card reader are real."""
    environment = {**session.environment, **parts.environment}
    with Demo(tmp_path_factory.mktemp("demo"), environment) as running:
        yield running


@pytest.fixture
def in_call(booth: Reader, agent: Agent) -> Agent:
    """The agent, with pictures flowing both ways."""
    booth.join("CAF")
    agent.answer()
    agent.sees_and_is_seen()
    booth.wait_for("L'image de l'agent")
    return agent


class Watching:
    """One call, in which parts are killed and looked for on both sides."""

    def __init__(self, booth: Reader, agent: Agent, parts: RealParts, folder: Path) -> None:
        self.booth = booth
        self.agent = agent
        self._parts = parts
        self._folder = folder

    def loses(self, name: str, part: Part) -> tuple[float, float]:
        """Kill a part and start it again.

        Returns the seconds until the agent is told, and from its start until it is in use again.
        """
        to_resident, to_agent = WORDS[name]
        eventually(lambda: self._well(part), within_s=SLACK_S, what=f"{name} in use")
        part.kill()
        told = took(
            lambda: self._told(to_agent), within_s=TOLD_WITHIN_S + SLACK_S, what=f"{name} missed"
        )
        assert all(state.faulty for state in self._states(part))
        if to_resident:
            self.booth.wait_for_words(to_resident)
        part.start_again()
        back = took(
            lambda: self._well(part), within_s=BACK_WITHIN_S + SLACK_S, what=f"{name} in use again"
        )
        if to_resident:
            self.booth.wait_until_gone(to_resident)
        eventually(
            lambda: not self._told(to_agent), within_s=SLACK_S, what=f"{name} missed no more"
        )
        return told, back

    def _told(self, words: str) -> bool:
        """Whether the agent's page shows `words`."""
        return self.agent.page.get_by_text(words).first.is_visible()

    def _well(self, part: Part) -> bool:
        """Whether the part is in use, by the booth's word and by its own."""
        return self._states(part) == {DeviceState.ONLINE} and part.serves()

    def _states(self, part: Part) -> set[DeviceState]:
        return self._parts.states(self._folder, part.kinds)


@pytest.fixture
def watching(in_call: Agent, booth: Reader, parts: RealParts, demo: Demo) -> Watching:
    """A call, watched."""
    return Watching(booth, in_call, parts, demo.state_folder / "kiosk")


def test_parts_are_killed_in_a_call_and_come_back(
    watching: Watching, parts: RealParts, record_property: Record
) -> None:
    connections = watching.agent.connections()
    for name, part in parts.parts.items():
        told, back = watching.loses(name, part)
        record_property(f"{name}_lost_told_after_s", round(told, 1))
        record_property(f"{name}_in_use_again_after_s", round(back, 1))
        watching.agent.moves_on_for(0.5)
    assert watching.agent.connections() == connections
    watching.agent.hang_up()
    watching.booth.wait_for_words("L'agent a raccroché.")
