"""A resident and an agent who see and hear each other, until somebody hangs up."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from playwright.sync_api import Browser, expect

from tests.end_to_end.agent import Agent, Flow
from tests.end_to_end.demo import Demo
from tests.end_to_end.eyes import display_of, moves
from tests.end_to_end.other_booth import OtherBooth
from tests.end_to_end.reader import HOME_SIGN, Reader
from tests.end_to_end.rubbish import pieces, publish
from tests.end_to_end.waiting import eventually

#: 1280×720 at 30 fps and 1.2 Mb/s are what a call is for. bench/ measures how soon it is so; here,
#: on a machine that runs both ends and other tests, the size must come, and the rate is told.
FULL_SIZE_WITHIN_S = 60.0
FULL_RATE_KBPS = 1200.0
RATE_WATCHED_S = 10.0


def test_they_see_and_hear_each_other(
    booth: Reader, agent: Agent, demo: Demo, record_property: Callable[[str, object], None]
) -> None:
    start = time.monotonic()
    booth.join("CAF")
    agent.answer()
    agent.sees_and_is_seen()
    booth.wait_for("L'image de l'agent")
    record_property("pictures_after_s", round(time.monotonic() - start, 1))

    for direction in ("inbound", "outbound"):
        eventually(
            partial(_full_size, agent, direction),
            within_s=FULL_SIZE_WITHIN_S,
            what=f"720p {direction} at the desk",
        )
        record_property(direction, str(_best_flow(agent, direction)))
    eventually(lambda: moves(display_of(demo.pid_of("kiosk"))), within_s=20, what="movement")
    eventually(lambda: _hears(agent), within_s=20, what="the booth's speech at the desk")

    agent.hang_up()
    booth.wait_for_words("L'agent a raccroché.")
    expect(agent.button("Raccrocher")).not_to_be_visible()


def test_the_resident_hangs_up(booth: Reader, agent: Agent) -> None:
    booth.join("CAF")
    agent.answer()
    agent.sees_and_is_seen()
    booth.press("Raccrocher")
    booth.wait_for_words("Vous avez raccroché.")
    expect(agent.button("Raccrocher")).not_to_be_visible()
    expect(agent.button("Disponible")).to_be_visible()


def test_the_resident_leaves_the_queue(booth: Reader, agent: Agent) -> None:
    booth.join("CAF")
    expect(agent.button("Répondre")).to_be_visible()
    booth.leave_queue()
    booth.wait_for(HOME_SIGN)
    expect(agent.button("Répondre")).to_have_count(0)


def test_two_agents_press_answer_on_one_ticket(
    booth: Reader, agent: Agent, browser: Browser, demo: Demo
) -> None:
    account = demo.agents("caf")[1]
    colleague = Agent(browser, demo.desk_url)
    colleague.sign_in(account["user"], account["password"])
    colleague.be_available()
    booth.join("CAF")
    both = (agent, colleague)
    for one in both:
        expect(one.button("Répondre")).to_be_visible()
    for one in both:
        one.page.evaluate(_PRESS_SOON)
    with_call = eventually(
        lambda: [one for one in both if one.button("Raccrocher").is_visible()],
        within_s=20,
        what="an agent in the call",
    )
    assert len(with_call) == 1
    winner = with_call[0]
    loser = colleague if winner is agent else agent
    name = winner.page.locator("#who").inner_text()
    loser.waits_for_words("a déjà", within_s=10)
    assert loser.flow("inbound", "video") is None
    winner.sees_and_is_seen()
    assert name
    winner.hang_up()
    booth.wait_for_words("L'agent a raccroché.")
    colleague.close()


def test_the_second_in_line_sees_their_place(booth: Reader, agent: Agent, demo: Demo) -> None:
    kiosk = demo.state["kiosk_id"]
    account = demo.broker_account(f"kiosk-{kiosk}")
    with OtherBooth(account, "caf", kiosk):
        expect(agent.button("Répondre")).to_have_count(1)
        booth.join("CAF")
        booth.wait_for_words("Votre place : 2")
        expect(agent.button("Répondre")).to_have_count(2)
    booth.wait_for_words("Votre place : 1")
    booth.leave_queue()


def test_rubbish_on_the_line_ends_no_call(booth: Reader, agent: Agent, demo: Demo) -> None:
    booth.join("CAF")
    agent.answer()
    agent.sees_and_is_seen()
    ticket = agent.ticket()
    subject = f"signal.caf.{demo.state['kiosk_id']}.{ticket}.booth"
    publish(demo.broker_account("desk-caf"), subject, pieces(ticket))
    for piece in pieces(ticket):
        agent.says(piece.decode(errors="replace"))
    eventually(lambda: "signal dropped" in demo.said(), within_s=10, what="a line in the log")
    agent.sees_and_is_seen()
    booth.wait_for("Raccrocher")
    agent.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


def test_the_page_is_reloaded_in_mid_call(booth: Reader, agent: Agent) -> None:
    booth.join("CAF")
    agent.answer()
    agent.sees_and_is_seen()
    agent.reload()
    agent.sees_and_is_seen()
    booth.wait_for("Raccrocher")
    agent.hang_up()
    booth.wait_for_words("L'agent a raccroché.")


#: Both pages press at the same tenth of a second of the machine's clock.
_PRESS_SOON = """() => {
  const button = [...document.querySelectorAll("button")]
    .find((candidate) => candidate.textContent.includes("Répondre"));
  setTimeout(() => button.click(), 500 - Date.now() % 500);
}"""


def _full_size(agent: Agent, direction: str) -> bool:
    flow = agent.flow(direction, "video")
    return flow is not None and (flow.width, flow.height) == (1280, 720)


def _best_flow(agent: Agent, direction: str) -> Flow | None:
    """Return the first full flow, or the best that was seen."""
    best = None
    until = time.monotonic() + RATE_WATCHED_S
    while time.monotonic() < until:
        flow = agent.flow(direction, "video", between_s=2.0)
        best = max(filter(None, (best, flow)), key=_rate, default=None)
        if best is not None and best.kilobits_per_second >= FULL_RATE_KBPS:
            break
    return best


def _rate(flow: Flow) -> float:
    return flow.kilobits_per_second


def _hears(agent: Agent) -> bool:
    flow = agent.flow("inbound", "audio")
    return flow is not None and flow.sound_energy > 0
