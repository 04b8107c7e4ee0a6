"""A handset for machines that have none, lifted from the dock."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Unpack

from devices.dock import Action, CabledDriver, plain
from devices.handset.hook import Hook
from devices.handset.supervised import SupervisedHandset
from devices.status import Capabilities
from devices.supervisor import Upkeep


class SimulatedHandset(SupervisedHandset):
    """Its hook is a touch on the dock."""

    def __init__(self, **upkeep: Unpack[Upkeep]) -> None:
        """It hangs."""
        self._driver = _Driver()
        upkeep["simulated"] = True
        super().__init__(self._driver, self._driver.hook, **upkeep)

    @property
    def capabilities(self) -> Capabilities:
        """How the hook is read."""
        return {"line": "simulated"}

    @property
    def actions(self) -> Mapping[str, Action]:
        """What can be done to it."""
        return {
            "lift": plain(lambda: self._driver.move(True)),
            "hang_up": plain(lambda: self._driver.move(False)),
            **self._driver.cable.actions(),
        }

    async def found(self) -> tuple[str, ...]:
        """Its name, while it is plugged in."""
        return ("simulated",) if self._driver.cable.plugged else ()


class _Driver(CabledDriver):
    def __init__(self) -> None:
        super().__init__()
        self.hook = Hook()
        self._lifted = False
        self._open = False

    def move(self, lifted: bool) -> None:
        """Somebody lifts the handset or hangs it up; told while the cable is in."""
        self._lifted = lifted
        if self._open:
            self.hook.tell(lifted)

    async def prepare(self) -> str:
        self._open = True
        self.hook.tell(self._lifted)
        return "simulated"

    async def work(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        self._open = False
        self.hook.lose()
