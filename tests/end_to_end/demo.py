"""The demonstration, started as a newcomer does and joined through its state file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.end_to_end.programs import VISIO_GUICHET, Program, free_port
from tests.end_to_end.waiting import NeverCameError, eventually

#: Seconds within which four processes are up on a machine that does much else.
UP_WITHIN_S = 60.0


class Demo(Program):
    """`visio-guichet demo` with a state folder and ports of its own."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str], options: Sequence[str] = ()
    ) -> None:
        """Start it in `folder`, and return once it says that everything is up.

        Raises:
            NeverCameError: it ended or was not up in time; what it printed is in the message.
        """
        self.state_folder = folder / "state"
        self._state_file = folder / "demo.json"
        ports = ["--desk-port", str(free_port()), "--broker-port", str(free_port())]
        places = ["--state-file", str(self._state_file), "--state-folder", str(self.state_folder)]
        super().__init__(
            [VISIO_GUICHET, "demo", *places, *ports, *options], folder / "demo.log", environment
        )
        try:
            eventually(self._up_or_ended, within_s=UP_WITHIN_S, what="a demonstration that is up")
            self.state: dict[str, Any] = json.loads(self._state_file.read_text(encoding="utf-8"))
        except (NeverCameError, OSError) as error:
            said = self.said()
            self.end()
            raise NeverCameError(f"{error}; the demonstration said:\n{said}") from None

    @property
    def desk_url(self) -> str:
        """Where the agents' page is."""
        return str(self.state["desk_url"])

    def pid_of(self, part: str) -> int:
        """Return the process of `broker`, `desk`, `kiosk` or `robot`."""
        return int(self.state["pids"][part])

    def agents(self, agency: str) -> list[dict[str, str]]:
        """Return the accounts of an agency's agents: user and password."""
        return [agent for agent in self.state["agents"] if agent["agency"] == agency]

    def _up_or_ended(self) -> bool:
        return self._state_file.exists() or not self.running
