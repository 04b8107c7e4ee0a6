"""The demonstration, started as a newcomer does and joined through its state file."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.end_to_end.other_booth import BrokerAccount
from tests.end_to_end.programs import VISIO_GUICHET, Program, free_port
from tests.end_to_end.waiting import NeverCameError, eventually

#: Seconds within which four processes are up on a machine that does much else.
UP_WITHIN_S = 60.0


class Demo(Program):
    """`visio-guichet demo` with a state folder and ports of its own."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        options: Sequence[str] = (),
        command: Sequence[str] = (VISIO_GUICHET,),
    ) -> None:
        """Start it in `folder`, and return once it says that everything is up.

        `command` may be another that takes `demo` and its options.

        Raises:
            NeverCameError: it ended or was not up in time; what it printed is in the message.
        """
        self.state_folder = folder / "state"
        self.state_file = folder / "demo.json"
        ports = ["--desk-port", str(free_port()), "--broker-port", str(free_port())]
        places = ["--state-file", str(self.state_file), "--state-folder", str(self.state_folder)]
        super().__init__(
            [*command, "demo", *places, *ports, *options], folder / "demo.log", environment
        )
        try:
            eventually(self._up, within_s=UP_WITHIN_S, what="a demonstration that is up")
        except NeverCameError as error:
            said = self.said()
            self.end()
            raise NeverCameError(f"{error}; the demonstration said:\n{said}") from None

    @property
    def state(self) -> dict[str, Any]:
        """What the state file says now: a part that came back has a new number."""
        state: dict[str, Any] = json.loads(self.state_file.read_text(encoding="utf-8"))
        return state

    @property
    def desk_url(self) -> str:
        """Where the agents' page is."""
        return str(self.state["desk_url"])

    def pid_of(self, part: str) -> int:
        """Return the process of `broker`, `desk`, `kiosk` or `robot`."""
        return int(self.state["pids"][part])

    def broker_account(self, user: str) -> BrokerAccount:
        """Return how `user`, such as `desk-caf`, connects to the broker."""
        password = self.state_folder / "broker" / "passwords" / user
        return BrokerAccount(
            self.state["broker_url"], user, password.read_text(encoding="utf-8").strip()
        )

    def dock(self, device: str, action: str, argument: str = "") -> None:
        """Do something to a simulated device of the booth, from outside as a person would.

        A booth shows its screens first, and listens to other processes soon after.
        """
        kiosk = self.state_folder / "kiosk"
        eventually((kiosk / "control.sock").exists, within_s=UP_WITHIN_S, what="the control socket")
        place = ["--state-folder", str(kiosk)]
        said = subprocess.run(
            [VISIO_GUICHET, "dock", *place, device, action, *([argument] if argument else [])],
            capture_output=True,
            check=False,
            text=True,
        )
        if said.returncode:
            raise RuntimeError(said.stderr)

    def agents(self, agency: str) -> list[dict[str, str]]:
        """Return the accounts of an agency's agents: user and password."""
        return [agent for agent in self.state["agents"] if agent["agency"] == agency]

    def _up(self) -> bool:
        if not self.running:
            raise NeverCameError(f"the demonstration ended with {self.wait()}")
        return self.state_file.exists()
