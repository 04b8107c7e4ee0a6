"""A hook that is a key of the keyboard: up while the handset hangs, down while it is lifted."""

from __future__ import annotations

from collections.abc import Callable

from devices.handset.hook import Hook
from devices.handset.interface import HookListener
from devices.status import Capabilities, DeviceKind, DeviceState, DeviceStatus


class KeyHandset:
    """Nothing is known of it until its key comes for the first time: any booth has a keyboard."""

    kind = DeviceKind.HANDSET

    def __init__(self) -> None:
        self._hook = Hook()
        self._listeners: list[Callable[[DeviceStatus], None]] = []
        self._status = DeviceStatus()

    @property
    def status(self) -> DeviceStatus:
        """Online once the key was seen."""
        return self._status

    @property
    def capabilities(self) -> Capabilities:
        """How the hook is read."""
        return {"line": "key"}

    @property
    def lifted(self) -> bool:
        """Whether the handset is off its hook."""
        return self._hook.lifted

    def on_status(self, listener: Callable[[DeviceStatus], None]) -> None:
        """Call `listener` on the loop at each change of status."""
        self._listeners.append(listener)

    def on_hook(self, listener: HookListener) -> None:
        """Call `listener` at each change."""
        self._hook.on_hook(listener)

    async def found(self) -> tuple[str, ...]:
        """Its name, once the key was seen."""
        return ("key",) if self._status.state is DeviceState.ONLINE else ()

    def retry(self) -> None:
        """There is nothing to open."""

    async def start(self) -> None:
        """Nothing to open: the interface gives the key to `key`."""

    async def stop(self) -> None:
        """Nothing to close."""

    def key(self, lifted: bool) -> None:
        """The key went down, or up."""
        if self._status.state is not DeviceState.ONLINE:
            self._status = DeviceStatus(DeviceState.ONLINE, detail="a key")
            for listener in self._listeners:
                listener(self._status)
        self._hook.tell(lifted)
