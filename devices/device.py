"""What all devices have in common, and the base of those that a supervisor keeps alive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, Unpack

from devices.status import Capabilities, DeviceKind, DeviceStatus
from devices.supervisor import Driver, Supervisor, Upkeep


class Device(Protocol):
    """One device of the booth, real or simulated, as reports and notices see it."""

    @property
    def kind(self) -> DeviceKind:
        """Its class."""

    @property
    def status(self) -> DeviceStatus:
        """How it is now; readable from any thread. `UNKNOWN` while it is closed."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do, as far as it is known."""

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` on the loop at each change of status."""

    async def found(self) -> tuple[str, ...]:
        """Names of what is plugged in now that would be used, stable ones first; opens nothing."""

    def retry(self) -> None:
        """Somebody changed something: try again now, also after a permanent fault."""

    async def stop(self) -> None:
        """Close it; when this returns nothing holds it open. Safe to call twice."""


class SupervisedDevice:
    """The part of `Device` that is the same for all whose life a `Supervisor` looks after."""

    kind: DeviceKind
    """Set by the subclass, before it comes to `__init__` here."""

    def __init__(self, driver: Driver, **upkeep: Unpack[Upkeep]) -> None:
        """Nothing is opened until `_begin`, which a subclass calls from its `start`."""
        self._supervisor = Supervisor(self.kind.value, driver, **upkeep)

    @property
    def status(self) -> DeviceStatus:
        """How it is now; readable from any thread."""
        return self._supervisor.status

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` on the loop at each change of status."""
        self._supervisor.on_status(listener)

    @property
    def capabilities(self) -> Capabilities:
        """What it can do; nothing, where a subclass knows of nothing."""
        return {}

    def retry(self) -> None:
        """Try again now, also after a permanent fault."""
        self._supervisor.retry()

    async def stop(self) -> None:
        """Close it; when this returns the driver is closed."""
        await self._supervisor.stop()

    async def _begin(self) -> None:
        await self._supervisor.start()
