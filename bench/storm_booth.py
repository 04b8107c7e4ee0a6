"""The booth in a storm: every device simulated, a robot at the agency, and how it is seen to be."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import procs
from bench.programs import free_port, listens, running, until
from bench.screen import Box, Screen, virtual_screen
from bench.storm_judge import Holdings
from kiosk.control.client import ask
from kiosk.control.messages import (
    DeviceTold,
    DockRequest,
    Done,
    ReadinessRequest,
    ReadinessTold,
    Statuses,
    StatusesRequest,
)
from kiosk.demo import accounts
from kiosk.demo.hardware import Sources
from kiosk.demo.plan import Plan, base_environment
from kiosk.diagnostics.black_box.entries import EndedEntry, ScreenEntry
from kiosk.diagnostics.black_box.files import kept_visits
from kiosk.diagnostics.readiness.report import Readiness
from kiosk.link.messages import EndReason
from kiosk.settings import config_file
from kiosk.visit.snapshot import Screen as Shown

AGENCY = "caf"
AGENCIES = ("caf", "cpam", "france-travail", "impots", "mairie", "departement", "essai")
"""Of config/agencies.toml and config/desk.toml."""
SIZE = (1280, 800)
LEAVES_AFTER_S = 30
"""The shortest that the settings allow."""
OVERRIDES = {
    "VISIO_GUICHET_IDLE__ENDED_S": "3",
    # A card or a code shown to Home opens the check-in, which nobody closes but the clock.
    "VISIO_GUICHET_IDLE__AFTER_S": "8",
    "VISIO_GUICHET_IDLE__PROMPT_S": "5",
    # Its first button lies where « Raccrocher » and « Terminer » were: a storm's touches are blind.
    "VISIO_GUICHET_STATISTICS__SURVEY": "false",
    "VISIO_GUICHET_TECHNICIAN__LEAVE_AFTER_S": str(LEAVES_AFTER_S),
}
"""Not the 20 s and 10 min of a booth: a storm has many visits."""
AT_ONCE = 8
"""As many as the control socket takes; more than an executor has threads on two cores."""
GONE_S = 1.0
"""What the ends of those connections take to close."""
TECHNICIAN_CAME, TECHNICIAN_LEFT = "technician's mode opens", "technician left"
"""In the booth's log: the black box knows nothing of technicians."""


@dataclass(frozen=True, slots=True)
class StormBooth:
    """A booth that runs, seen from outside."""

    pid: int
    robot: int
    """The agent's process."""
    folder: Path
    """The booth's state folder."""
    log: Path
    screen: Screen

    async def devices(self) -> tuple[DeviceTold, ...]:
        """Return every device, with what can be done to it."""
        told = await ask(self.folder, StatusesRequest())
        if not isinstance(told, Statuses):
            raise TypeError(f"no statuses but {told!r}")
        return told.devices

    async def strike(self, device: str, action: str, argument: str) -> bool:
        """Do something to a device; False when the booth refused it."""
        request = DockRequest(device=device, action=action, argument=argument)
        return isinstance(await ask(self.folder, request), Done)

    async def readiness(self) -> Readiness:
        """Return the booth's own report."""
        told = await ask(self.folder, ReadinessRequest(accept_simulated=True))
        if not isinstance(told, ReadinessTold):
            raise TypeError(f"no report but {told!r}")
        return told.report

    def shown(self) -> Shown:
        """Return the screen of the last visit, as the black box has it."""
        last = None
        for visit in kept_visits(self.folder, 1):
            for entry in visit.entries:
                if isinstance(entry, ScreenEntry):
                    last = entry.screen
        return last or Shown.HOME

    def endings(self) -> tuple[EndReason | None, ...]:
        """Return how each visit that began to call ended; None for one that never came to it."""
        return tuple(
            next((entry.reason for entry in visit.entries if isinstance(entry, EndedEntry)), None)
            for visit in kept_visits(self.folder)
            if any(
                isinstance(entry, ScreenEntry) and entry.screen is Shown.CONSENT
                for entry in visit.entries
            )
        )

    async def holdings(self) -> Holdings:
        """Return what the booth holds now.

        Reports are asked for at once first, so that the pool of threads which they share with all
        else is at its full size: from then on a thread more is one that was left over.
        """
        await asyncio.gather(*(self.readiness() for _ in range(AT_ONCE)))
        await asyncio.sleep(GONE_S)
        process = Path("/proc") / str(self.pid)
        names = (_leads_to(entry) for entry in (process / "fd").iterdir())
        return Holdings(
            processes=procs.count(self.pid),
            threads=tuple(sorted(_name(task) for task in (process / "task").iterdir())),
            descriptors=tuple(sorted(names)),
        )

    def kill_child(self, number: int) -> bool:
        """Kill one of the booth's child processes, chosen by `number`; False when it has none."""
        children = sorted(set(procs.tree(self.pid)) - {self.pid})
        if not children:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(children[number % len(children)], signal.SIGKILL)
        return True

    @contextmanager
    def robot_asleep(self) -> Iterator[None]:
        """The agent answers nobody for as long as the block lasts."""
        os.kill(self.robot, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.robot, signal.SIGCONT)

    def technicians(self) -> tuple[int, int]:
        """Return how many technicians have come in by card, and how many have left."""
        said = self.log.read_text(errors="replace")
        return said.count(TECHNICIAN_CAME), said.count(TECHNICIAN_LEFT)

    def picture(self) -> bytes:
        """Return a few points of the agent's picture: they change while it moves."""
        box = Box(SIZE[0] // 4, SIZE[1] // 4, SIZE[0] // 4, SIZE[1] // 8)
        return np.ascontiguousarray(self.screen.look(box)[::8, ::8]).tobytes()

    def glance(self) -> bytes:
        """Return every few points of the whole screen."""
        return np.ascontiguousarray(self.screen.look()[::4, ::4]).tobytes()


@contextmanager
def storm_booth(folder: Path, camera: str = "simulated") -> Iterator[StormBooth]:
    """Run broker, desk, robot and booth in `folder`, and wait until the booth answers."""
    agent = accounts.make((AGENCY,))[0]
    plan = Plan(
        config=config_file("kiosk.toml"),
        kiosk_id="pvp-demo",
        agencies=AGENCIES,
        folder=folder,
        broker_port=free_port(),
        desk_port=free_port(),
        robot=agent,
    )
    for inside in plan.folders():
        inside.mkdir(mode=0o700, parents=True, exist_ok=True)
    accounts.write(plan.accounts_file, [agent])
    plan.robot_password_file.write_text(agent.password, encoding="utf-8")
    base = base_environment(os.environ, folder)
    ports = {"broker": plan.broker_port, "desk": plan.desk_port}
    with ExitStack() as stack:
        numbers = {}
        for part in (plan.broker(base), plan.desk(base), plan.robot_agent(base)):
            log = folder / f"{part.name}.log"
            numbers[part.name] = stack.enter_context(running(part.command, log, part.environment))
            if (port := ports.get(part.name)) is not None:
                until(lambda port=port: listens(port), f"the {part.name} does not listen")  # type: ignore[misc]
        server = stack.enter_context(virtual_screen(*SIZE))
        screen = Screen(server.display, *SIZE)
        stack.callback(screen.close)
        here = {**base, "DISPLAY": server.display, "QT_QPA_PLATFORM": "xcb"}
        sources = Sources(camera, *["simulated"] * 8)
        part = plan.kiosk(here, OVERRIDES, sources)
        log = folder / "kiosk.log"
        booth = stack.enter_context(running(part.command, log, part.environment))
        state = folder / "kiosk"
        until((state / "control.sock").exists, "the booth does not answer")
        yield StormBooth(booth.pid, numbers["robot"].pid, state, log, screen)


def _name(task: Path) -> str:
    try:
        return (task / "comm").read_text(encoding="utf-8").strip()
    except OSError:
        return "gone meanwhile"


def _leads_to(entry: Path) -> str:
    """Return what a descriptor leads to; numbers, as of sockets and visits, left out."""
    try:
        target = str(entry.readlink())
    except OSError:
        return "gone meanwhile"
    return re.sub(r"\d+", "#", target)
