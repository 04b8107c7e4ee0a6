"""The booth as a subject: broker, desk, a light agent, and `visio-guichet run` on the screen."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.chromium import browser_agent
from bench.material import Material
from bench.programs import free_port, listens, running, until
from bench.screen import Server
from bench.subject import Colour, Servers
from kiosk.demo import accounts
from kiosk.demo.hardware import Sources
from kiosk.demo.plan import Plan, base_environment
from kiosk.settings import config_file

AGENCY = "caf"


class Booth:
    """The booth with its default settings, a file as camera and a file as microphone."""

    name = "booth"
    tile_colour: Colour = (0x1B, 0x4A, 0x8A)
    """The CAF's in config/agencies.toml."""
    asks_first = True

    def __init__(self, material: Material, kept: Path, *, real_desk: bool = False) -> None:
        """`kept` is a folder that outlives a visit, as a booth's cache outlives the night."""
        self._material = material
        self._cache = kept / "booth-cache"
        self._real_desk = real_desk

    @contextmanager
    def servers(self, folder: Path) -> Iterator[Servers]:
        """Run broker, desk and the agent, all inside `folder`."""
        robot = accounts.make_robot()
        plan = Plan(
            config=config_file("kiosk.toml"),
            kiosk_id="pvp-demo",
            agencies=("caf", "cpam", "france-travail", "impots", "mairie", "departement", "essai"),
            folder=folder,
            broker_port=free_port(),
            desk_port=free_port(),
            robot=robot,
        )
        for inside in plan.folders():
            inside.mkdir(mode=0o700, parents=True, exist_ok=True)
        (agent,) = (one for one in accounts.make((AGENCY,)) if one.user.startswith("agent1"))
        accounts.write(plan.accounts_file, [agent, robot])
        self._cache.mkdir(parents=True, exist_ok=True)
        base = {**base_environment(os.environ, folder), "XDG_CACHE_HOME": str(self._cache)}
        log = folder / "far-end.txt"
        with ExitStack() as stack:
            for part in (plan.broker(base), plan.desk(base)):
                stack.enter_context(
                    running(part.command, folder / f"{part.name}.log", part.environment)
                )
                port = plan.broker_port if part.name == "broker" else plan.desk_port
                until(lambda port=port: listens(port), f"the {part.name} does not listen")  # type: ignore[misc]
            if self._real_desk:
                line = browser_agent(plan.desk_url, self._material, log)
            else:
                line = [
                    *(sys.executable, "-m", "bench.far_end", "desk", "--desk", plan.desk_url),
                    *("--loop", self._material.loop, "--log", log),
                ]
            line += ["--user", agent.user]
            words = agent.password + "\n"
            far_end = stack.enter_context(running(line, folder / "far-end.log", words=words))
            sources = Sources(
                camera=str(self._material.camera),
                microphone=str(self._material.microphone),
                loudspeaker="simulated",
            )
            yield Servers(log, far_end.pid, lambda screen: _run(plan, base, sources, screen))


@contextmanager
def _run(plan: Plan, base: Mapping[str, str], sources: Sources, screen: Server) -> Iterator[int]:
    here = {**base, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    part = plan.kiosk(here, {}, sources)
    with running(part.command, plan.folder / "kiosk.log", part.environment) as process:
        yield process.pid
