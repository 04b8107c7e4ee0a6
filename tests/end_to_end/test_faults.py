"""Parts killed and cables cut in mid-call, with the booth at the far end of a real network."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.end_to_end.agent import Agent
from tests.end_to_end.browser import chromium, chromium_path
from tests.end_to_end.desktop import AccessibleSession, Screen
from tests.end_to_end.eyes import moves
from tests.end_to_end.lab import EVERYTHING, MEDIA, Lab, NoNamespacesError
from tests.end_to_end.reader import HOME_SIGN, Reader
from tests.end_to_end.site import DESK_URL, Site
from tests.end_to_end.waiting import eventually, took

#: The issue's own limits, and what a machine that does much else may add to each.
TOLD_WITHIN_S = 6.0
BACK_WITHIN_S = 3.0
SLACK_S = 9.0

#: Longer than tickets (4 s) and claims (6 s) live without being refreshed.
OUTLIVED_S = 8.0

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    """The network; a kernel that gives none cannot run these tests."""
    try:
        network = Lab()
    except NoNamespacesError:
        pytest.skip("this kernel gives no network namespaces")
    with network:
        yield network


@pytest.fixture(scope="module")
def site(
    lab: Lab, session: AccessibleSession, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Broker, desk and booth, each alone."""
    folder = tmp_path_factory.mktemp("site")
    with Screen(folder / "screen.log") as screen:
        environment = {**session.environment, **screen.environment}
        with Site(folder, lab, environment) as running:
            yield running


@pytest.fixture(scope="module")
def reader(session: AccessibleSession, site: Site) -> Iterator[Reader]:
    """A screen reader on the booth, which shows Home."""
    with Reader(session.environment) as running:
        running.wait_for(HOME_SIGN, within_s=60)
        yield running


@pytest.fixture(scope="module")
def browser(
    lab: Lab, media: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """The agents' Chromium, on the hub's side."""
    wrapper = lab.hub.wrap(chromium_path(), tmp_path_factory.mktemp("hub") / "chromium")
    with chromium(*media, executable=str(wrapper)) as running:
        yield running


@pytest.fixture
def agent(browser: Browser, site: Site) -> Iterator[Agent]:
    """An agent of the CAF who is available."""
    eventually(lambda: "desk: http" in site.desk.said(), within_s=30, what="the desk")
    sitting = Agent(browser, DESK_URL)
    sitting.sign_in(site.agents[0].user, site.agents[0].password)
    sitting.be_available()
    yield sitting
    sitting.close()


@pytest.fixture
def in_call(booth: Reader, agent: Agent) -> Agent:
    """The agent, with pictures flowing both ways."""
    booth.join("CAF")
    agent.answer()
    agent.sees_and_is_seen()
    booth.wait_for("L'image de l'agent")
    return agent


@pytest.mark.parametrize("what", [EVERYTHING, MEDIA], ids=["everything", "media"])
def test_the_network_is_cut_and_comes_back(
    what: str, booth: Reader, in_call: Agent, site: Site, record_property: Record
) -> None:
    site.lab.cut(what)
    try:
        slowed = took(
            lambda: interrupted(booth), within_s=TOLD_WITHIN_S + SLACK_S, what="the slowed sign"
        )
        in_call.page.wait_for_timeout(OUTLIVED_S * 1000)
        booth.wait_for_words("La connexion est ralentie")
    finally:
        site.lab.restore()
    back = took(
        in_call.shows_movement,
        within_s=BACK_WITHIN_S + SLACK_S,
        what="the picture back at the desk",
    )
    at_booth = back + took(
        lambda: not interrupted(booth) and moves(site.screen),
        within_s=SLACK_S,
        what="and at the booth",
    )
    record_property("slowed_after_s", round(slowed, 1))
    record_property("back_at_desk_after_s", round(back, 1))
    record_property("back_at_booth_after_s", round(at_booth, 1))
    in_call.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


def test_the_broker_restarts_in_mid_call(booth: Reader, in_call: Agent, site: Site) -> None:
    connections = in_call.connections()
    site.restart_broker()
    eventually(lambda: "broker ready" in site.broker.said(), within_s=20, what="the broker again")
    in_call.moves_on_for(OUTLIVED_S)
    booth.wait_for("Raccrocher")
    assert in_call.connections() == connections
    eventually(lambda: _hangs_up(in_call, booth), within_s=20, what="a hang-up over the new broker")


def test_the_desk_is_killed_in_mid_call(booth: Reader, in_call: Agent, site: Site) -> None:
    connections = in_call.connections()
    site.desk.kill()
    in_call.moves_on_for(OUTLIVED_S)
    booth.wait_for("Raccrocher")
    assert in_call.connections() == connections
    site.restart_desk()
    eventually(lambda: "desk: http" in site.desk.said(), within_s=30, what="the desk again")
    eventually(lambda: _is_back(in_call, site), within_s=30, what="the agent back in the same call")
    in_call.sees_and_is_seen()
    eventually(lambda: _hangs_up(in_call, booth), within_s=20, what="a hang-up over the new desk")


def test_the_booth_is_killed_in_mid_call(
    booth: Reader, in_call: Agent, site: Site, record_property: Record
) -> None:
    start = time.monotonic()
    site.booth.kill()
    in_call.waits_for_words("La borne ne répond plus", within_s=TOLD_WITHIN_S + SLACK_S)
    record_property("told_after_s", round(time.monotonic() - start, 1))
    in_call.hang_up()
    site.restart_booth()
    booth.wait_for(HOME_SIGN, within_s=60)
    expect(in_call.button("Disponible")).to_be_visible()


def interrupted(booth: Reader) -> bool:
    """Whether the booth says that the call stands still."""
    said = "\n".join(booth.names())
    return "La connexion est ralentie" in said or "L'image arrive" in said


def _hangs_up(agent: Agent, booth: Reader) -> bool:
    button = agent.button("Raccrocher")
    if button.is_visible():
        button.click()
    return "L'appel est terminé." in booth.names()


def _is_back(agent: Agent, site: Site) -> bool:
    if agent.button("Se connecter").is_visible():
        agent.sign_in(site.agents[0].user, site.agents[0].password)
    return agent.button("Raccrocher").is_visible()
