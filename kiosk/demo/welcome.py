"""What the demonstration tells the person at the terminal once everything is up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.demo.accounts import Credentials
from kiosk.demo.plan import Plan
from kiosk.directory.agencies import Agency


def welcome(
    plan: Plan, agencies: Sequence[Agency], agents: Sequence[Credentials], vnc_port: int | None
) -> Iterator[str]:
    """Yield the lines: where to look, how to sign in, what to try."""
    names = {agency.id: agency.name for agency in agencies}
    robot = names.get(plan.robot.agency, plan.robot.agency)
    yield ""
    yield f"The agent's page:  {plan.desk_url}"
    if vnc_port is not None:
        yield f"The booth's screen: no DISPLAY here, so it is shown at vnc://127.0.0.1:{vnc_port}"
    yield f"Agents, with passwords for this run alone (« {robot} » answers by itself too):"
    for agency in plan.agencies:
        both = [agent for agent in agents if agent.agency == agency]
        words = "   ".join(f"{agent.user} {agent.password}" for agent in both)
        yield f"  {names.get(agency, agency):16} {words}"
    yield f"Written inside {plan.folder} only."
    yield "Ctrl-C ends everything."
