"""One run of the demonstration, from the first port to the last process."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import AsyncExitStack
from pathlib import Path

from kiosk.demo import accounts
from kiosk.demo.accounts import Credentials
from kiosk.demo.display import Display, open_display
from kiosk.demo.hardware import Sources, present
from kiosk.demo.options import Options
from kiosk.demo.plan import Plan, agencies_to_serve, base_environment, own_overrides
from kiosk.demo.ports import claim
from kiosk.demo.process import Guard, children
from kiosk.demo.supervisor import Supervisor
from kiosk.demo.terminal import Terminal
from kiosk.demo.welcome import welcome
from kiosk.directory.agencies import load_agencies
from kiosk.files import write_private
from kiosk.settings import KioskSettings


class Demo:
    """Starts everything in order, tells where to go, and ends everything."""

    def __init__(
        self, options: Options, settings: KioskSettings, folder: Path, terminal: Terminal
    ) -> None:
        """Prepare a run that writes inside `folder`, which is there and ours alone.

        Raises:
            SettingsError: the list of agencies is wrong.
            PortBusy: another program holds a port.
        """
        self._options = options
        self._terminal = terminal
        self._asked = options.sources(settings)
        self._agencies = load_agencies(settings.booth.agencies_file)
        served = agencies_to_serve([agency.id for agency in self._agencies])
        self._agents = accounts.make(served)
        self._plan = Plan(
            config=options.config.absolute(),
            kiosk_id=settings.booth.id,
            agencies=served,
            folder=folder.absolute(),
            broker_port=claim(options.broker_port, "--broker-port"),
            desk_port=claim(options.desk_port, "--desk-port"),
            robot=accounts.make_robot(),
        )
        self._display: Display | None = None
        self._supervisor: Supervisor | None = None
        self._up = False

    async def run(self) -> None:
        """Run until cancelled; whatever happens, no process is left.

        Raises:
            NoDisplay: there is no screen, and none can be made.
            PartFailed: a part cannot be started.
        """
        self._write_files()
        async with AsyncExitStack() as stack:
            guard = await Guard.start()
            stack.push_async_callback(guard.close)
            environment = base_environment(os.environ, self._plan.folder)
            self._display = await self._screen(environment, guard)
            if self._display is not None:
                stack.push_async_callback(self._display.close)
                environment["DISPLAY"] = self._display.name
            self._supervisor = Supervisor(guard, self._terminal.say, self._part_ready)
            stack.push_async_callback(self._supervisor.stop)
            sources = await present(self._asked)
            await self._start_parts(self._supervisor, environment, sources)
            self._up = True
            self._write_state()
            stack.callback(self._remove_state)
            names = {agency.id: agency.name for agency in self._agencies}
            for line in welcome(self._plan, names, self._agents, sources, self._vnc_port):
                self._terminal.say("demo", line)
            await asyncio.Event().wait()

    async def _start_parts(
        self, supervisor: Supervisor, environment: dict[str, str], sources: Sources
    ) -> None:
        supervisor.begin(self._plan.broker(environment))
        await supervisor.ready("broker")
        supervisor.begin(self._plan.desk(environment))
        await supervisor.ready("desk")
        supervisor.begin(self._plan.robot_agent(environment))
        own, window = own_overrides(os.environ), self._options.window(os.environ)
        supervisor.begin(self._plan.kiosk(environment, own, sources, window))
        await supervisor.ready("robot")
        await supervisor.ready("kiosk")

    async def _screen(self, environment: dict[str, str], guard: Guard) -> Display | None:
        if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
            return None
        return await open_display(
            self._options.size,
            self._options.vnc_port,
            environment,
            guard,
        )

    def _write_files(self) -> None:
        for folder in self._plan.folders():
            folder.mkdir(mode=0o700, exist_ok=True)
        accounts.write(self._plan.accounts_file, [*self._agents, self._plan.robot])
        write_private(self._plan.robot_password_file, self._plan.robot.password + "\n")

    def _part_ready(self) -> None:
        # A part that came back has a new number.
        if self._up:
            self._write_state()

    def _write_state(self) -> None:
        path = self._options.state_file
        if path is None or self._supervisor is None:
            return
        state = {
            "desk_url": self._plan.desk_url,
            "broker_url": self._plan.broker_url,
            "kiosk_id": self._plan.kiosk_id,
            "agents": [_signs_in(agent) for agent in self._agents],
            "pids": self._pids(self._supervisor),
            "vnc_port": self._vnc_port,
        }
        write_private(path.absolute(), json.dumps(state, indent=2) + "\n")

    def _remove_state(self) -> None:
        # What it says, passwords among it, is no longer so.
        if self._options.state_file is not None:
            self._options.state_file.unlink(missing_ok=True)

    @property
    def _vnc_port(self) -> int | None:
        return self._display.vnc_port if self._display else None

    def _pids(self, supervisor: Supervisor) -> dict[str, int | None]:
        numbers = {name: supervisor.pid(name) for name in ("broker", "desk", "kiosk", "robot")}
        # Of the broker, the server itself: it is what holds the port, and what a test would cut.
        broker = numbers["broker"]
        servers = children(broker) if broker is not None else ()
        return numbers | {"broker": servers[0] if servers else broker}


def _signs_in(agent: Credentials) -> dict[str, str]:
    return {"agency": agent.agency, "user": agent.user, "password": agent.password}
