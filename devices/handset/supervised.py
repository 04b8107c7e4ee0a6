"""A handset whose hook is a device that may be lost."""

from __future__ import annotations

from typing import Unpack

from devices.device import SupervisedDevice
from devices.handset.hook import Hook
from devices.handset.interface import HookListener
from devices.status import DeviceKind
from devices.supervisor import Driver, Upkeep


class SupervisedHandset(SupervisedDevice):
    """Tells what its driver says of the hook."""

    kind = DeviceKind.HANDSET

    def __init__(self, driver: Driver, hook: Hook, **upkeep: Unpack[Upkeep]) -> None:
        """`driver` tells `hook`, on the loop."""
        super().__init__(driver, **upkeep)
        self._hook = hook

    @property
    def lifted(self) -> bool:
        """Whether the handset is off its hook; False while that is not known."""
        return self._hook.lifted

    def on_hook(self, listener: HookListener) -> None:
        """Call `listener` at each change."""
        self._hook.on_hook(listener)

    async def start(self) -> None:
        """Begin to watch the hook."""
        await self._begin()

    def key(self, lifted: bool) -> None:
        """This hook is not a key."""
