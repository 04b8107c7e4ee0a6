"""What the demonstration tells the person at the terminal once everything is up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kiosk.demo.accounts import Credentials
from kiosk.demo.hardware import Sources
from kiosk.demo.plan import Plan


def welcome(
    plan: Plan,
    names: Mapping[str, str],
    agents: Sequence[Credentials],
    sources: Sources,
    vnc_port: int | None,
) -> Iterator[str]:
    """Yield the lines: where to look, how to sign in, what is simulated.

    `names` are the agencies' as residents read them; `vnc_port` is None where the booth is on a
    real screen.
    """
    robot = names.get(plan.robot.agency, plan.robot.agency)
    yield ""
    yield f"The agent's page:   {plan.desk_url}"
    if vnc_port is not None:
        yield f"The booth's screen: there is no DISPLAY; see vnc://127.0.0.1:{vnc_port}"
    yield f"Robot agent:        answers for « {robot} » by itself"
    for line in _devices(sources):
        yield f"Simulated:          {line}"
    yield f"Agents:             sign in with one of these; they end with this run ({plan.folder})"
    width = max(len(agent.user) for agent in agents)
    for agency in plan.agencies:
        both = [agent for agent in agents if agent.agency == agency]
        words = "   ".join(f"{agent.user:{width}}  {agent.password}" for agent in both)
        yield f"  {names.get(agency, agency):17} {words}"
    yield "Ctrl-C ends everything."


def _devices(sources: Sources) -> Iterator[str]:
    if absent := sources.simulated():
        names = ", ".join(name.replace("_", " ") for name in absent)
        yield f"{names} (F12 on the booth's screen shows what can be done to them)"
    for name, source in (("camera", sources.camera), ("microphone", sources.microphone)):
        if Path(source).is_file():
            yield f"{name}: it plays {source}"
