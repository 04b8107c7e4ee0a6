"""A broker, a gateway and the robot agent in a process of its own: what a rehearsal calls."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.link.broker import Broker
from kiosk.settings.booth import KioskSettings
from tests.desk.running import PASSWORD, desk_settings, running_desk, write_agents

KIOSK = "pvp-test"
AGENCY = "essai"
REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class RobotSite:
    """Where everything is."""

    broker: Broker
    folder: Path

    def settings(self, **more: object) -> KioskSettings:
        """A booth with simulated devices."""
        user = f"kiosk-{KIOSK}"
        return KioskSettings.model_validate(
            {
                "booth": {"id": KIOSK, "state_folder": self.folder / "state"},
                "link": {
                    "url": self.broker.url,
                    "user": user,
                    "password_file": self.broker.passwords_folder / user,
                },
                "camera": {"source": "simulated"},
                "sound": {"microphone": "simulated", "loudspeaker": "simulated"},
                **more,
            }
        )


@asynccontextmanager
async def robot_site(folder: Path, *, robot: bool = True) -> AsyncIterator[RobotSite]:
    """Run it all; `robot` false: nobody answers."""
    broker = Broker(folder / "broker", [AGENCY], [KIOSK], port=0)
    await broker.start()
    write_agents(folder / "agents.toml", [("robot", "Robot", AGENCY)])
    desk = desk_settings(
        folder, broker.url, broker.passwords_folder, agencies={AGENCY: "Service d’essai"}
    )
    try:
        async with running_desk(desk) as running, _robot(running.url, folder, robot=robot):
            yield RobotSite(broker, folder)
    finally:
        await broker.stop()


@asynccontextmanager
async def _robot(url: str, folder: Path, *, robot: bool) -> AsyncIterator[None]:
    if not robot:
        yield
        return
    password = folder / "robot-password"
    password.write_text(PASSWORD)
    options: Sequence[str] = ["--desk", url, "--user", "robot", "--password-file", str(password)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "kiosk", "robot", *options, cwd=REPOSITORY,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        await process.wait()
