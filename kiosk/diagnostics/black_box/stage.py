"""Makes simulated devices do what the recorded ones did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from devices.device import Device
from devices.dock import Dockable
from devices.status import DeviceKind, DeviceState
from kiosk.diagnostics.black_box.entries import AnyEntry, CallEntry, DeviceEntry, Supply

Step = tuple[str, str]
"""An action's name and its argument, empty where it takes none."""

#: What brings a simulated device back in order, as far as it has such an action.
_MEND: Final[tuple[Step, ...]] = (
    ("plug", ""),
    ("thaw", ""),
    ("refill", ""),
    ("unjam", ""),
    ("close", ""),
    ("resume", ""),
    ("toner", "full"),
)

_BY_STATE: Final[Mapping[DeviceState, Step]] = {
    DeviceState.NO_DEVICE: ("unplug", ""),
    DeviceState.OFFLINE: ("unplug", ""),
    DeviceState.POWER_OFF: ("unplug", ""),
    DeviceState.HARDWARE_ERROR: ("freeze", ""),
}

_BY_SUPPLY: Final[Mapping[Supply, Step]] = {
    Supply.MEDIA_EMPTY: ("empty", ""),
    Supply.MEDIA_JAM: ("jam", ""),
    Supply.DOOR_OPEN: ("open", ""),
    Supply.COVER_OPEN: ("open", ""),
    Supply.TONER_LOW: ("toner", "low"),
    Supply.TONER_EMPTY: ("toner", "empty"),
    Supply.PAUSED: ("pause", ""),
}


def steps_for(entry: DeviceEntry) -> tuple[Step, ...]:
    """Return what is done to a simulated device so that it comes into the recorded state.

    Nothing for a device that was closed or starting: what was the matter with it is not known.
    """
    supplies = tuple(_BY_SUPPLY[supply] for supply in entry.reasons if supply in _BY_SUPPLY)
    if entry.state in (DeviceState.ONLINE, DeviceState.DEVICE_BUSY):
        return (*_MEND, *supplies)
    if supplies or entry.state not in _BY_STATE:
        return supplies
    return (_BY_STATE[entry.state],)


class Stage:
    """The simulated devices of a replay."""

    def __init__(self, devices: Callable[[], Sequence[Device]]) -> None:
        """`devices` are those that can be moved, at any time."""
        self._devices = devices
        self._private = False

    def happened(self, entry: AnyEntry) -> None:
        """Move the devices that `entry` is about; on the loop."""
        match entry:
            case DeviceEntry():
                self._do(entry.kind, steps_for(entry))
            case CallEntry(private=private) if private != self._private:
                self._private = private
                self._do(DeviceKind.HANDSET, (("lift" if private else "hang_up", ""),))
            case _:
                pass

    def _do(self, kind: DeviceKind, steps: Sequence[Step]) -> None:
        for device in self._devices():
            if device.kind is kind and isinstance(device, Dockable):
                for name, argument in steps:
                    action = device.actions.get(name)
                    if action is not None and bool(action.takes) == bool(argument):
                        action.run(argument)
